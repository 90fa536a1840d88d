#include "libchat/dormant_rooms.hpp"

namespace chat {
bool DormantRooms::is_pair_of(RoomId room, UserId user) const {
  const auto place = keys_.find(room);
  if (place == keys_.end() || !place->second)
    return false;
  return place->second->first == user || place->second->second == user;
}

Sequence DormantRooms::next_of_pair(RoomId room) const {
  const auto place = keys_.find(room);
  return place == keys_.end() || !place->second ? Sequence{} : pairs_.at(*place->second).next;
}

bool DormantRooms::add(const RoomName& name, const Room& room) {
  return !keys_.contains(room.room) && open_.emplace(name, room).second &&
         keys_.emplace(room.room, std::nullopt).second;
}

bool DormantRooms::add(const PairKey& pair, const Room& room) {
  return !keys_.contains(room.room) && pairs_.emplace(pair, room).second &&
         keys_.emplace(room.room, pair).second;
}

std::optional<DormantRooms::Named> DormantRooms::take(const RoomName& name) {
  auto taken = open_.extract(name);
  if (!taken)
    return std::nullopt;
  keys_.erase(taken.mapped().room);
  return Named{taken.key(), taken.mapped()};
}

std::optional<DormantRooms::Room> DormantRooms::take(const PairKey& pair) {
  const auto place = pairs_.find(pair);
  if (place == pairs_.end())
    return std::nullopt;
  const Room room = place->second;
  pairs_.erase(place);
  keys_.erase(room.room);
  return room;
}

}  // namespace chat
