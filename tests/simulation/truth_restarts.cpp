// What one process leaves behind and the next one takes up.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "tests/simulation/truth.hpp"
#include "tests/simulation/violation.hpp"

namespace chat::sim {

void Truth::restart(const test::KeptStore& found, bool is_whole, bool has_lost) {
  static const test::KeptStore::Messages kNone;
  for (const auto& [id, room] : found.rooms())
    rooms_[id];
  for (auto& [id, room] : rooms_) {
    const auto stored = found.messages().find(id);
    take_stored(id, stored == found.messages().end() ? kNone : stored->second, has_lost);
  }
  take_people(found, is_whole);
  take_users(found, is_whole);
  lost_.clear();
  places_.clear();
  for (const auto& [id, room] : rooms_)
    for (Sequence sequence{1}; sequence < room.next(); sequence = sequence + 1) {
      const RoomTruth::Message& message = room.message(sequence);
      const bool is_first = places_.try_emplace({message.user, message.id}, id, sequence).second;
      require(is_first, "a message is stored twice");
    }
}

void Truth::take_stored(RoomId id, const test::KeptStore::Messages& stored, bool has_lost) {
  RoomTruth& room = rooms_[id];
  require(stored.size() + 1 >= room.next().value || has_lost,
          fmt::format("messages of room {} were published and are not stored", id.value));
  room.lose_behind(Sequence{stored.size()});
  for (const auto& [sequence, kept] : stored) {
    if (!room.has(sequence)) {
      statistics_.add(Seen::stored_untold);
      require(sequence == room.next(), "a stored message has not the next number");
      room.publish_stored(kept);
      continue;
    }
    const RoomTruth::Message& message = room.message(sequence);
    require(message.id == kept.message.id && message.user == kept.message.from.user &&
                message.text == kept.message.text && message.time == kept.time,
            "another message is stored than was published");
  }
}

// Who is in a room of two is not announced.
void Truth::take_people(const test::KeptStore& found, bool is_whole) {
  std::map<RoomId, Roster> people;
  for (const auto& [key, membership] : found.memberships())
    if (const auto session = found.sessions().find(key.first); session != found.sessions().end())
      people[key.second].put(key.first, session->second.nickname);
  for (auto& [id, room] : rooms_) {
    const Roster& now = people[id];
    const auto known = found.rooms().find(id);
    const bool is_open = known != found.rooms().end() && known->second.kind == RoomKind::open;
    require(!is_whole || !is_open || room.roster().has_the_people_of(now),
            fmt::format("room {}: its members are not kept as they were announced", id.value));
    room.restart(now);
  }
}

// Whether the user has to be known without a session, too.
bool Truth::leaves_something(UserId user) const {
  const auto said = places_.lower_bound({user, MessageId{}});
  return (said != places_.end() && said->first.first == user) ||
         std::ranges::any_of(pairs_, [&](const auto& pair) {
           return pair.second.contains(user) && room(pair.first).has(Sequence{1});
         });
}

// Who was welcome and is not stored is somebody else when it comes again.
void Truth::take_users(const test::KeptStore& found, bool is_whole) {
  std::erase_if(identities_, [&](const auto& known) {
    const bool is_kept = found.users().contains(known.second.user);
    require(is_kept || !is_whole || !leaves_something(known.second.user),
            "an identity is not kept");
    return !is_kept;
  });
}

void Truth::check_user(std::uint8_t identity, std::uint8_t secret, UserId user) {
  const auto [used, is_new] = users_.try_emplace(user, identity);
  if (!is_durable_ || identity == 0)
    return require(is_new, "a new session has the user of an old one");
  require(used->second == identity, "somebody has the number of somebody else");
  const auto known = identities_.try_emplace(identity, IdentityTruth{user, secret}).first;
  if (user < known->second.user)  // of before, and heard of only now
    return require(is_new, "an identity has the number of before again");
  if (known->second.user != user) {
    require(is_new && !leaves_something(known->second.user),
            "an identity has another number than before");
    known->second = {user, secret};
  }
  require(known->second.secret == secret, "an identity is proven with another secret");
}

void Truth::check(const protocol::History& history, Sequence end) const {
  Sequence next;
  for (const protocol::HistoryMessage& message : history.messages) {
    check(protocol::Posted{.room = history.room,
                           .sequence = message.sequence,
                           .time = message.time,
                           .user = message.user,
                           .kind = message.kind,
                           .nickname = message.nickname,
                           .text = message.text});
    require(next == Sequence{} || message.sequence == next, "a history with a hole");
    next = message.sequence + 1;
  }
  // In memory it reaches back as far as the log does.
  if (!is_durable_ && history.messages.empty())
    return;
  require(next >= end || (next == Sequence{} && end == Sequence{1}),
          "a history that ends too early");
  const bool is_all = history.messages.empty() || history.messages.front().sequence == Sequence{1};
  require(!is_durable_ || history.more != is_all, "a history that does not say what else there is");
}

}  // namespace chat::sim
