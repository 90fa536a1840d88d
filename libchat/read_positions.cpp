#include "libchat/read_positions.hpp"

#include <algorithm>

namespace chat {

Sequence ReadPositions::of(UserId user, RoomId room) const {
  const auto rooms = users_.find(user);
  if (rooms == users_.end())
    return {};
  const auto place = rooms->second.find(room);
  return place == rooms->second.end() ? Sequence{} : place->second.sequence;
}

ReadPositions::Places ReadPositions::advance(UserId user, RoomId room, Sequence sequence) {
  const Sequence before = of(user, room);
  if (sequence <= before)
    return {};
  Places changed{{user, room}};
  const bool is_new = before == Sequence{};
  if (is_new)
    make_room_for(user, changed);
  Rooms& rooms = users_[user];
  rooms[room] = {sequence, ++moves_};
  if (is_new)
    count(user, rooms.size() - 1, rooms.size());
  return changed;
}

void ReadPositions::make_room_for(UserId user, Places& changed) {
  const auto rooms = users_.find(user);
  if (rooms != users_.end() && rooms->second.size() >= limits_.of_user)
    changed.push_back(oldest_of(user));
  else if (size_ >= limits_.in_all)
    changed.push_back(oldest_of(most_.rbegin()->second));
  else
    return;
  forget(changed.back().first, changed.back().second);
}

ReadPositions::Place ReadPositions::oldest_of(UserId user) const {
  const Rooms& rooms = users_.find(user)->second;
  const auto oldest = std::min_element(
      rooms.begin(), rooms.end(),
      [](const auto& a, const auto& b) { return a.second.moved < b.second.moved; });
  return {user, oldest->first};
}

void ReadPositions::forget(UserId user, RoomId room) {
  const auto rooms = users_.find(user);
  if (rooms == users_.end() || rooms->second.erase(room) == 0)
    return;
  const std::size_t left = rooms->second.size();
  count(user, left + 1, left);
  if (left == 0)
    users_.erase(rooms);
}

void ReadPositions::forget(UserId user) {
  const auto rooms = users_.find(user);
  if (rooms == users_.end())
    return;
  count(user, rooms->second.size(), 0);
  users_.erase(rooms);
}

void ReadPositions::count(UserId user, std::size_t before, std::size_t after) {
  most_.erase({before, user});
  if (after > 0)
    most_.insert({after, user});
  size_ += after;
  size_ -= before;
}

}  // namespace chat
