#pragma once

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
};

}  // namespace chat
