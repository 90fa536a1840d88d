#include "libchat/room.hpp"

#include <cassert>
#include <type_traits>
#include <utility>

namespace chat {
namespace {

// How many people a presence frame may list: each takes at most 11 bytes and a name.
constexpr std::size_t kPeoplePerFrame = (kMaxFrameLength - 64) / (11 + kMaxNameBytes);

protocol::Person person_of(const Member& member) {
  return {member.user, std::string(member.nickname.shown())};
}

protocol::Departure departure_of(const AcceptedLeaves::Leaver& leaver) {
  return {leaver.member.user, std::string(leaver.member.nickname.shown()), leaver.reason};
}

}  // namespace

template <class Message>
void Room::append(const Message& message) {
  log_.append(protocol::encode(message), std::is_same_v<Message, protocol::Posted>);
}

void Room::publish(const Entry& entry, MonotonicTime now) {
  if (const auto* message = std::get_if<AcceptedMessage>(&entry.what))
    publish(*message, entry.time);
  else if (const auto* joins = std::get_if<AcceptedJoins>(&entry.what))
    publish(*joins, entry.time, now);
  else if (const auto* leaves = std::get_if<AcceptedLeaves>(&entry.what))
    publish(*leaves, entry.time);
  else if (const auto* rename = std::get_if<AcceptedRename>(&entry.what))
    publish(*rename, entry.time);
  else if (const auto* states = std::get_if<AcceptedStates>(&entry.what))
    publish(*states, entry.time);
  else if (const auto* typing = std::get_if<AcceptedTyping>(&entry.what))
    publish(*typing, entry.time);
  else if (const auto* away = std::get_if<AcceptedAway>(&entry.what))
    publish(*away, entry.time);
}

void Room::publish(const AcceptedMessage& message, WallTime time) {
  assert(message.sequence == log_.next());
  append(protocol::Posted{.room = id(),
                          .sequence = message.sequence,
                          .time = time,
                          .user = message.from.user,
                          .kind = message.kind,
                          .nickname = std::string(message.from.nickname.shown()),
                          .text = message.text});
}

void Room::publish(const AcceptedJoins& joins, WallTime time, MonotonicTime now) {
  announced_.add(joins.members);
  if (!listed_) {
    count_changed_ = true;
  } else if (announced_.size() > kMostListed) {
    listed_ = false;
    announce_count(now);
  } else {
    protocol::Joined frame{.room = id(), .time = time, .people = {}};
    for (const Member& member : joins.members) {
      frame.people.push_back(person_of(member));
      if (frame.people.size() == kPeoplePerFrame || &member == &joins.members.back())
        append(std::exchange(frame, {.room = id(), .time = time, .people = {}}));
    }
  }
}

void Room::publish(const AcceptedLeaves& leaves, WallTime time) {
  std::vector<UserId> users;
  for (const auto& leaver : leaves.leavers)
    users.push_back(leaver.member.user);
  announced_.remove(std::move(users));
  if (!listed_ && announced_.size() < kListedBelow) {
    listed_ = true;
    count_changed_ = false;
    for (const protocol::MemberPage& page : announced_.snapshot(id()))
      append(page);
  } else if (!listed_) {
    count_changed_ = true;
  } else {
    protocol::Left frame{.room = id(), .time = time, .people = {}};
    for (const auto& leaver : leaves.leavers) {
      frame.people.push_back(departure_of(leaver));
      if (frame.people.size() == kPeoplePerFrame || &leaver == &leaves.leavers.back())
        append(std::exchange(frame, {.room = id(), .time = time, .people = {}}));
    }
  }
}

void Room::publish(const AcceptedRename& rename, WallTime time) {
  announced_.rename(rename.user, rename.after);
  if (listed_)
    append(protocol::Renamed{.room = id(),
                             .time = time,
                             .user = rename.user,
                             .before = std::string(rename.before.shown()),
                             .after = std::string(rename.after.shown())});
}

void Room::publish(const AcceptedStates& states, WallTime time) {
  for (const auto& change : states.changes)
    announced_.set_state(change.member.user, change.state);
  if (!listed_)
    return;
  protocol::Presence frame{.room = id(), .time = time, .people = {}};
  for (const auto& change : states.changes) {
    frame.people.push_back(
        {change.member.user, std::string(change.member.nickname.shown()), change.state});
    if (frame.people.size() == kPeoplePerFrame || &change == &states.changes.back())
      append(std::exchange(frame, {.room = id(), .time = time, .people = {}}));
  }
}

void Room::publish(const AcceptedTyping& typing, WallTime time) {
  if (listed_)
    append(protocol::Typing{.room = id(),
                            .time = time,
                            .user = typing.member.user,
                            .nickname = std::string(typing.member.nickname.shown())});
}

void Room::publish(const AcceptedAway& away, WallTime time) {
  announced_.set_away(away.member.user, away.is_away);
  if (listed_)
    append(protocol::Away{.room = id(),
                          .time = time,
                          .user = away.member.user,
                          .nickname = std::string(away.member.nickname.shown()),
                          .is_away = away.is_away,
                          .sentence = away.sentence});
}

void Room::announce_count(MonotonicTime now) {
  append(protocol::MemberCount{id(), static_cast<std::uint32_t>(announced_.size())});
  last_count_ = now;
  count_changed_ = false;
}

void Room::begin_with(std::span<const Member> members) {
  announced_.add(members);
  listed_ = announced_.size() <= kMostListed;
}

std::optional<MonotonicTime> Room::count_due() const {
  if (!count_changed_)
    return std::nullopt;
  return last_count_ + kCountInterval;
}

void Room::announce_due_count(MonotonicTime now) {
  const auto due = count_due();
  if (due && *due <= now)
    announce_count(now);
}

}  // namespace chat
