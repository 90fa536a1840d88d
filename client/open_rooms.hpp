// The rooms and conversations that one is in, side by side, and which of them is in front.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/room.hpp"
#include "libchat/ids.hpp"

namespace chat::client {

// In the order in which they are shown; what adds or removes one moves the others. One thread.
class OpenRooms {
 public:
  std::span<const Room> all() const { return rooms_; }
  auto begin() { return rooms_.begin(); }
  auto begin() const { return rooms_.begin(); }
  auto end() { return rooms_.end(); }
  auto end() const { return rooms_.end(); }
  bool empty() const { return rooms_.empty(); }
  std::size_t size() const { return rooms_.size(); }
  // Precondition: there is one at this index.
  Room& operator[](std::size_t index) { return rooms_[index]; }

  // Null when there is none of this number.
  Room* find(RoomId room);
  // By its name, and never a conversation; null when there is none.
  Room* open_room(std::string_view name);
  const Room* open_room(std::string_view name) const;
  // Precondition: it is one of these.
  std::size_t index_of(const Room& room) const;
  std::optional<std::size_t> index_of_place(std::string_view place) const;
  // Of those that are meant, the one in which something has arrived last.
  std::optional<std::size_t> newest(const std::function<bool(const Room&)>& is_meant,
                                    Arrival Room::* arrival) const;

  Room& add(Room room);
  // Before the others. It goes on with what was shown while one was in none.
  Room& add_first(Room room);
  // Whoever was in front stays there, or its neighbour comes. Precondition: it is one of these.
  void remove(const Room& room);

  // Null when one is in no room.
  const Room* front() const { return rooms_.empty() ? nullptr : &rooms_[front_]; }
  // The same, or what holds the lines while one is in none.
  Room& current() { return rooms_.empty() ? outside_ : rooms_[front_]; }
  const Room& current() const { return rooms_.empty() ? outside_ : rooms_[front_]; }
  Room& outside() { return outside_; }
  std::size_t front_index() const { return front_; }
  // The one that was in front is the previous one then. Precondition: there is one at this index.
  void bring_to_front(std::size_t index);
  // Where the user was before, if that is still there.
  std::optional<std::size_t> previous() const { return index_of_place(previous_place_); }

 private:
  std::vector<Room> rooms_;
  std::size_t front_ = 0;  // index into rooms_, unless there is none
  std::string previous_place_;
  Room outside_{{}};
};

}  // namespace chat::client
