// How others are there, and how the user is: who types, for now.

#include <cstdint>

#include "client/model.hpp"

namespace chat::client {

namespace {

constexpr std::chrono::milliseconds kBetweenTyping = std::chrono::seconds(3);
constexpr std::chrono::milliseconds kOldTyping = std::chrono::seconds(10);

// What a server says about time is a claim, and any two of them have a difference.
std::uint64_t difference(WallTime later, WallTime earlier) {
  return static_cast<std::uint64_t>(later.milliseconds) -
         static_cast<std::uint64_t>(earlier.milliseconds);
}

}  // namespace

// --- who types ----------------------------------------------------------------------------------

void Model::user_types(WallTime now) {
  now_ = now;
  const Room* const room = front();
  if (!tells_typing_ || phase_ != Phase::chatting || version_ < kPresenceVersion ||
      room == nullptr || !room->open || !(room->is_pair() || room->members.listed()))
    return;
  // Also when the clock was put back.
  if (difference(now, told_typing_) < static_cast<std::uint64_t>(kBetweenTyping.count()))
    return;
  told_typing_ = now;
  outgoing_.emplace_back(protocol::TellTyping{.request = kUnanswered, .room = room->id});
}

void Model::set_clock_by(const protocol::Welcome& welcome) {
  server_ahead_ = difference(welcome.time, now_);
}

// In a log that is read from further back, it was over long ago.
void Model::on(const protocol::Typing& typing) {
  Room* const room = find(typing.room);
  const auto age = static_cast<std::int64_t>(difference(now_, typing.time) + server_ahead_);
  if (room != nullptr && typing.user != me_ && age < kOldTyping.count())
    room->typists.types(typing.user, typing.nickname, now_);
}

void Model::pass_time(WallTime now) {
  now_ = now;
  current().typists.pass_over(now);
}

std::optional<std::chrono::milliseconds> Model::next_change(WallTime now) const {
  return front() ? front()->typists.left(now) : std::nullopt;
}

}  // namespace chat::client
