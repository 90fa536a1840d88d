// A room that the user is in.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "client/line.hpp"
#include "client/members.hpp"
#include "client/scrollback.hpp"
#include "client/speakers.hpp"
#include "libchat/ids.hpp"

namespace chat::client {

struct Room {
  explicit Room(std::string room_name) : name(std::move(room_name)) {}

  RoomId id;  // 0 until the server has opened it in this session
  std::string name;
  Scrollback scrollback;
  Members members;
  bool open = false;  // false while the connection is lost and until the server opens it again
  Sequence last;      // the last message that was shown or missed
  // What the numbers of messages here count in: 0 when they mean nothing any more.
  RoomId counted_as;
  Epoch counted_in;
  Sequence kept_from;  // the server has nothing older than this message; 0: that is not known
  bool is_read_anew = false;  // since the server lost messages; to be told when that has come
  WallTime last_news;         // the latest time of what was shown
  WallTime seen_until;        // news up to here was shown before the connection was lost
  // Own messages that are acknowledged and have not come through the room yet.
  std::map<Sequence, Line> acknowledged;
  Speakers speakers;
  std::size_t unread = 0;    // messages since the room was in front last
  std::size_t mentions = 0;  // those of them that should not be overlooked
};

}  // namespace chat::client
