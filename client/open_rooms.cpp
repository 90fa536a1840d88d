#include "client/open_rooms.hpp"

#include <algorithm>
#include <utility>

namespace chat::client {

Room* OpenRooms::find(RoomId room) {
  const auto found = std::ranges::find(rooms_, room, &Room::id);
  return found == rooms_.end() ? nullptr : &*found;
}

const Room* OpenRooms::open_room(std::string_view name) const {
  const auto found = std::ranges::find_if(
      rooms_, [&](const Room& room) { return !room.is_pair() && room.name == name; });
  return found == rooms_.end() ? nullptr : &*found;
}

Room* OpenRooms::open_room(std::string_view name) {
  return const_cast<Room*>(std::as_const(*this).open_room(name));
}

std::size_t OpenRooms::index_of(const Room& room) const {
  return static_cast<std::size_t>(&room - rooms_.data());
}

std::optional<std::size_t> OpenRooms::index_of_place(std::string_view place) const {
  const auto found = std::ranges::find(rooms_, place, &Room::place);
  return found == rooms_.end() ? std::nullopt : std::optional(index_of(*found));
}

std::optional<std::size_t> OpenRooms::newest(const std::function<bool(const Room&)>& is_meant,
                                             Arrival Room::* arrival) const {
  std::optional<std::size_t> newest;
  for (std::size_t i = 0; i < rooms_.size(); ++i)
    if (is_meant(rooms_[i]) && (!newest || rooms_[i].*arrival > rooms_[*newest].*arrival))
      newest = i;
  return newest;
}

Room& OpenRooms::add(Room room) {
  return rooms_.emplace_back(std::move(room));
}

Room& OpenRooms::add_first(Room room) {
  Room& first = *rooms_.insert(rooms_.begin(), std::move(room));
  std::swap(first.scrollback, outside_.scrollback);
  if (rooms_.size() > 1)
    ++front_;
  return first;
}

void OpenRooms::remove(const Room& room) {
  const std::size_t index = index_of(room);
  rooms_.erase(rooms_.begin() + static_cast<std::ptrdiff_t>(index));
  if (front_ > index || front_ == rooms_.size())
    front_ -= front_ > 0 ? 1 : 0;
}

void OpenRooms::bring_to_front(std::size_t index) {
  if (index != front_ && front_ < rooms_.size())
    previous_place_ = rooms_[front_].place;
  front_ = index;
}

}  // namespace chat::client
