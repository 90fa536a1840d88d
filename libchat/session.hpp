#pragma once

#include <absl/container/inlined_vector.h>

#include <cstdint>

#include "libchat/connection_table.hpp"
#include "libchat/ids.hpp"
#include "libchat/name.hpp"
#include "libchat/vocabulary.hpp"

namespace chat {

struct Membership {
  enum class Kind : std::uint8_t {
    open,
    pair,
    ended_pair,  // the other one has left it: what stands in it may still be read, nothing is said
  };

  RoomId room;
  Kind kind;

  bool may_speak() const { return kind != Kind::ended_pair; }
};

// A user, and the connection through which the user is here. Its memberships are the accepted ones:
// they say where the user may speak.
struct Session {
  ConnectionId connection;
  UserId user;
  Nickname nickname;
  // Most people are in few rooms, which then take no memory of their own.
  absl::InlinedVector<Membership, 2> memberships;
  ReactorId reactor;
  // Pairs that it began and that still take memory. Only these count against its limit: whom
  // strangers whisper to has done nothing.
  std::uint16_t pairs_begun = 0;
};

}  // namespace chat
