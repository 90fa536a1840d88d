// A room that the user is in.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "client/members.hpp"
#include "client/scrollback.hpp"
#include "libchat/ids.hpp"

namespace chat::client {

struct Room {
  Room(RoomId room, std::string room_name) : id(room), name(std::move(room_name)) {}

  RoomId id;
  std::string name;
  Scrollback scrollback;
  Members members;
  std::size_t unread = 0;  // messages since the room was in front last
};

}  // namespace chat::client
