#include "tests/simulation/truth.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "libchat/room.hpp"
#include "tests/simulation/violation.hpp"

namespace chat::sim {
namespace {

using Kind = RoomTruth::Item::Kind;

std::string shown(const Nickname& nickname) {
  return std::string(nickname.shown());
}

}  // namespace

std::string folded(std::string name) {
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return name;
}

void RoomTruth::add(Item item) {
  items_.push_back(std::move(item));
  states_.push_back({messages_.size(), roster_.digest(), roster_.size(), listed_});
}

void RoomTruth::publish(const Entry& entry) {
  std::visit([&](const auto& what) { publish(what, entry.time); }, entry.what);
}

void RoomTruth::publish(const AcceptedMessage& m, WallTime time) {
  messages_.push_back({m.id, m.from.user, shown(m.from.nickname), m.kind, m.text, time});
  add({.kind = Kind::message, .user = m.from.user, .name = {}, .time = time});
  behind_.push_back(end());
}

void RoomTruth::publish_stored(const test::KeptMessage& kept) {
  publish(kept.message, kept.time);
}

void RoomTruth::lose_behind(Sequence last) {
  if (last.value >= messages_.size())
    return;
  messages_.resize(last.value);
  behind_.resize(last.value);
}

void RoomTruth::restart(const Roster& people) {
  roster_ = is_pair_ ? Roster{} : people;
  listed_ = people.size() <= Room::kMostListed;
  begin_log(people.size() == 1);
  tail_ = next();
}

bool RoomTruth::rest() {
  const bool is_at_rest = end() == 0 || (!log_begins_.empty() && log_begins_.back() == end() &&
                                         !items_.back().ends_pair);
  if (is_at_rest)
    return false;
  begin_log(false);
  return true;
}

void RoomTruth::begin_log(bool has_one_of_two) {
  had_ended_ = had_ended_ || has_one_of_two;
  add({.kind = Kind::restart, .user = {}, .name = {}, .time = {}, .ends_pair = has_one_of_two});
  log_begins_.push_back(end());
}

std::set<std::size_t> RoomTruth::places_behind(Sequence last) const {
  std::set<std::size_t> places{behind(last)};
  for (const std::size_t begin : log_begins_)
    if (states_[begin].messages == last.value)
      places.insert(begin);
  return places;
}

void RoomTruth::publish(const AcceptedJoins& joins, WallTime time) {
  if (listed_ && roster_.size() + joins.members.size() <= Room::kMostListed) {
    for (const Member& member : joins.members) {
      if (!is_pair_)
        roster_.put(member.user, member.nickname.shown());
      add({.kind = Kind::joined,
           .user = member.user,
           .name = shown(member.nickname),
           .time = time});
    }
    return;
  }
  for (const Member& member : joins.members)
    roster_.put(member.user, member.nickname.shown());
  const bool begins = std::exchange(listed_, false);
  add({.kind = begins ? Kind::counting : Kind::silent, .user = {}, .name = {}, .time = time});
}

void RoomTruth::publish(const AcceptedLeaves& leaves, WallTime time) {
  had_ended_ = true;
  for (const auto& leaver : leaves.leavers) {
    roster_.remove(leaver.member.user);
    if (listed_)
      add({.kind = Kind::left,
           .user = leaver.member.user,
           .name = shown(leaver.member.nickname),
           .time = time,
           .reason = leaver.reason,
           .ends_pair = true});
  }
  if (listed_)
    return;
  listed_ = roster_.size() < Room::kListedBelow;
  add({.kind = listed_ ? Kind::relisted : Kind::silent, .user = {}, .name = {}, .time = time});
}

void RoomTruth::publish(const AcceptedRename& rename, WallTime time) {
  roster_.rename(rename.user, rename.after.shown());
  add({.kind = listed_ ? Kind::renamed : Kind::silent,
       .user = rename.user,
       .name = shown(rename.after),
       .time = time,
       .before = shown(rename.before)});
}

void RoomTruth::publish(const AcceptedStates& states, WallTime time) {
  for (const auto& change : states.changes) {
    roster_.set_lost(change.member.user, change.state == PresenceState::lost);
    add({.kind = listed_ ? Kind::state : Kind::silent,
         .user = change.member.user,
         .name = shown(change.member.nickname),
         .time = time,
         .state = change.state});
  }
}

void RoomTruth::publish(const AcceptedTyping& typing, WallTime time) {
  add({.kind = listed_ ? Kind::typing : Kind::silent,
       .user = typing.member.user,
       .name = shown(typing.member.nickname),
       .time = time});
}

void RoomTruth::publish(const AcceptedAway& away, WallTime time) {
  roster_.set_away(away.member.user, away.is_away);
  add({.kind = listed_ ? Kind::away : Kind::silent,
       .user = away.member.user,
       .name = shown(away.member.nickname),
       .time = time,
       .is_away = away.is_away});
}

void Truth::check_read(UserId user, RoomId room, Sequence read) const {
  const auto highest = marked_.find({user, room});
  require(read == Sequence{} || (highest != marked_.end() && read <= highest->second),
          "somebody has seen what they never marked");
}

void Truth::submitted(const Batch& batch) {
  const auto before = accepted_;
  std::vector<Said> said;
  for (const Entry& entry : batch)
    if (const auto* message = std::get_if<AcceptedMessage>(&entry.what)) {
      ++accepted_[message->sender];
      said.emplace_back(message->sender, message->id);
    }
  for (const Said& one : said) {
    const auto place = before.find(one.first);
    submitted_[one] = {place == before.end() ? 0 : place->second, accepted_[one.first]};
  }
}

void Truth::published(const Entry& entry) {
  const auto* const message = std::get_if<AcceptedMessage>(&entry.what);
  if (message != nullptr && message->said_before)
    return check_said_before(*message);
  if (message != nullptr)
    check_number(entry, *message);
  if (const auto* states = std::get_if<AcceptedStates>(&entry.what))
    check_states(entry.room, *states);
  if (const auto* leaves = std::get_if<AcceptedLeaves>(&entry.what))
    for (const auto& leaver : leaves->leavers) {
      lost_.erase({entry.room, leaver.member.user});
      statistics_.add(Seen::waited_in_vain, leaver.reason == LeaveReason::lost ? 1 : 0);
    }
  RoomTruth& room = rooms_[entry.room];
  statistics_.add(Seen::rooms_woken, room.is_woken() ? 1 : 0);
  const bool was_listed = room.state(room.end()).listed;
  room.publish(entry);
  if (!was_listed && room.state(room.end()).listed)
    statistics_.add(Seen::relisted);
  touched_.insert(entry.room);
}

// That somebody is lost is told once, and that somebody is back of those who are.
void Truth::check_states(RoomId room, const AcceptedStates& states) {
  for (const auto& [member, state] : states.changes) {
    const bool is_lost = state == PresenceState::lost;
    const bool is_news =
        is_lost ? lost_.emplace(room, member.user).second : lost_.erase({room, member.user}) > 0;
    // A pair that goes on tells in any case.
    const bool may_repeat = is_durable_ && pairs_.contains(room);
    require(is_news || may_repeat, "a state is announced that was announced before");
    statistics_.add(is_lost ? Seen::lost : Seen::back);
  }
}

void Truth::check_number(const Entry& entry, const AcceptedMessage& message) {
  require(message.sequence == rooms_[entry.room].next(),
          "a message is published under a number that is not the next one");
  statistics_.add(message.text.starts_with('w') ? Seen::whispers : Seen::messages);
  if (is_durable_) {
    const bool is_first =
        places_.try_emplace({message.from.user, message.id}, entry.room, message.sequence).second;
    return require(is_first, "a message is published twice");
  }
  check_first(message);
}

void Truth::check_first(const AcceptedMessage& message) {
  const Said said(message.sender, message.id);
  const Accepted& now = submitted_[said];
  if (const auto [place, is_first] = ids_.try_emplace(said, now); !is_first) {
    require(now.with - place->second.before >= remembered_ + 2, "a message is published twice");
    statistics_.add(Seen::said_twice);
    forgotten_.insert(message.id);
    place->second = now;
  }
}

void Truth::check_said_before(const AcceptedMessage& message) const {
  statistics_.add(Seen::said_before);
  const auto first = places_.find({message.from.user, message.id});
  require(first != places_.end() && first->second.first == message.said_before->room &&
              first->second.second == message.said_before->sequence,
          "a message is known from before that was never published");
}

void Truth::batch_published() {
  for (const RoomId id : std::exchange(touched_, {})) {
    std::set<std::string> names;
    // Rooms of two are begun with their members, which are not published.
    for (const auto& [user, person] : rooms_[id].roster().people())
      require(names.insert(folded(person.nickname)).second,
              fmt::format("two members of room {} are called {}", id.value, person.nickname));
  }
}

void Truth::see_logs(const Hub& hub) {
  for (auto& [id, room] : rooms_) {
    if (const RoomLog* const log = hub.log(id))
      room.see(*log);
    else if (room.rest())
      std::erase_if(lost_, [&](const auto& lost) { return lost.first == id; });
  }
}

const RoomTruth& Truth::room(RoomId room) const {
  static const RoomTruth kEmpty;
  const auto place = rooms_.find(room);
  return place == rooms_.end() ? kEmpty : place->second;
}

void Truth::check(const protocol::Posted& m) const {
  require(room(m.room).has(m.sequence), fmt::format("message #{} of room {} was never published",
                                                    m.sequence.value, m.room.value));
  const RoomTruth::Message& truth = room(m.room).message(m.sequence);
  require(m.user == truth.user && m.nickname == truth.nickname && m.kind == truth.kind &&
              m.text == truth.text && m.time == truth.time,
          fmt::format("message #{} of room {} is not what was published", m.sequence.value,
                      m.room.value));
}

void Truth::check(const protocol::Acknowledged& m, UserId sender, MessageKind kind,
                  const std::string& text) const {
  require(room(m.room).has(m.sequence), "an acknowledgement of what was not published");
  const RoomTruth::Message& truth = room(m.room).message(m.sequence);
  require(m.id == truth.id && truth.user == sender && m.time == truth.time,
          "an acknowledgement names another message's number");
  require(truth.text == text && truth.kind == kind, "an acknowledgement is for another text");
}

void Truth::opened_pair(RoomId room, UserId user) {
  std::set<UserId>& users = pairs_[room];
  users.insert(user);
  require(users.size() <= 2, "a room of two is opened to a third");
}

void Truth::check_name(RoomId room, const std::string& name) {
  RoomTruth& truth = rooms_[room];
  require(!name.empty() && (truth.name().empty() || truth.name() == name),
          "a room has another name than before");
  truth.set_name(name);
  check_goes_on(rooms_by_name_, folded(name), room);
}

std::vector<RoomId> Truth::rooms_of(UserId user) const {
  std::vector<RoomId> of_user;
  for (const auto& [id, room] : rooms_)
    if (room.roster().contains(user))
      of_user.push_back(id);
  return of_user;
}

void Truth::is_pair(RoomId room, UserId first, UserId second) {
  rooms_[room].is_pair();
  const std::set<UserId> users{first, second};
  require(pairs_.try_emplace(room, users).first->second == users, "a room of two is of two others");
  check_goes_on(rooms_by_pair_, users, room);
}

template <class Key>
void Truth::check_goes_on(std::map<Key, RoomId>& known, const Key& key, RoomId room) {
  RoomId& before = known.try_emplace(key, room).first->second;
  const auto has_nothing = [this](RoomId one) { return this->room(one).next() == Sequence{1}; };
  require(!is_durable_ || before == room || has_nothing(before) || has_nothing(room),
          fmt::format("room {} begins again as room {}", before.value, room.value));
  if (before < room || !has_nothing(room))  // else it is heard of late
    before = room;
}

bool Truth::is_pair_of(RoomId room, UserId user) const {
  const auto place = pairs_.find(room);
  return place != pairs_.end() && place->second.contains(user);
}

bool Truth::nobody_is_left() const {
  return std::ranges::all_of(rooms_,
                             [](const auto& room) { return room.second.roster().size() == 0; });
}

void Truth::check_whispered(RoomId pair, Sequence sequence, UserId to) const {
  const auto meant = meant_for_.find(id_of(pair, sequence));
  require(meant == meant_for_.end() || meant->second == to,
          "a whisper reaches another one than it was meant for");
}

}  // namespace chat::sim
