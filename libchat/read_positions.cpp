#include "libchat/read_positions.hpp"

#include <iterator>
#include <limits>

namespace chat {
namespace {

constexpr RoomId kLastRoom{std::numeric_limits<RoomId::rep>::max()};

}  // namespace

Sequence ReadPositions::of(UserId user, RoomId room) const {
  const auto place = positions_.find({user, room});
  return place == positions_.end() ? Sequence{} : place->second;
}

bool ReadPositions::advance(UserId user, RoomId room, Sequence sequence) {
  const auto place = positions_.find({user, room});
  if (place != positions_.end()) {
    if (sequence <= place->second)
      return false;
    place->second = sequence;
    return true;
  }
  if (sequence == Sequence{} || is_full_for(user))
    return false;
  positions_.emplace(std::pair(user, room), sequence);
  return true;
}

void ReadPositions::forget(UserId user, RoomId room) {
  positions_.erase({user, room});
}

void ReadPositions::forget(UserId user) {
  positions_.erase(positions_.lower_bound({user, RoomId{}}),
                   positions_.upper_bound({user, kLastRoom}));
}

bool ReadPositions::is_full_for(UserId user) const {
  const auto begin = positions_.lower_bound({user, RoomId{}});
  const auto end = positions_.upper_bound({user, kLastRoom});
  return positions_.size() >= kMost ||
         static_cast<std::size_t>(std::distance(begin, end)) >= kMostOfUser;
}

}  // namespace chat
