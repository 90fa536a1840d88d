#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "libchat/connection_table.hpp"
#include "libchat/ids.hpp"
#include "libchat/name.hpp"
#include "libchat/vocabulary.hpp"

namespace chat {

struct Membership {
  RoomId room;
  RoomKind kind;
};

// A user, and the connection through which the user is here. Its memberships are the accepted ones:
// they say where the user may speak.
struct Session {
  ReactorId reactor;
  ConnectionId connection;
  UserId user;
  std::shared_ptr<const Nickname> nickname;
  std::vector<Membership> memberships;
  // Pairs that it began and that still take memory. Only these count against its limit: whom
  // strangers whisper to has done nothing.
  std::uint16_t pairs_begun = 0;
  // Pairs that the other one has ended, and that the connection has not read to their end yet.
  std::vector<RoomId> unread_pairs;
};

}  // namespace chat
