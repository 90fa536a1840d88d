#pragma once

#include <absl/container/inlined_vector.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "libchat/arrival.hpp"
#include "libchat/connection_table.hpp"
#include "libchat/detached_sessions.hpp"
#include "libchat/identity.hpp"
#include "libchat/ids.hpp"
#include "libchat/monotonic_time.hpp"
#include "libchat/name.hpp"
#include "libchat/recent_messages.hpp"
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
  Sequence since;  // the first message that it may read

  bool may_speak() const { return kind != Kind::ended_pair; }
};

// What only some sessions have; most are idle, and anonymous.
struct SessionDetails {
  IdentityId identity;  // all zero: none
  SecretHash secret{};
  RecentMessages recent;
  bool was_known = false;                // its user before the session began, not for reading alone
  bool has_pairs = false;                // or had, perhaps
  DetachedSessions::Place detached = 0;  // where it waits to be taken up again; 0: it does not
  Arrival arrival;                       // of the connection that it was last taken up through
  MonotonicTime typed{};                 // when a room was last told that it types
  std::optional<std::string> away;       // what it says about being away, if it is
};

// A user, who is here through a connection, or for a while without one after it broke. Its
// memberships are the accepted ones: they say where the user may speak.
struct Session {
  ConnectionId connection;  // names nothing while it is detached
  UserId user;
  Nickname nickname;
  // Most people are in one room, which then takes no memory of its own.
  absl::InlinedVector<Membership, 1> memberships;
  std::unique_ptr<SessionDetails> details;
  ReactorId reactor;  // of its connection
  // Pairs that it began and that still take memory. Only these count against its limit: whom
  // strangers whisper to has done nothing.
  std::uint16_t pairs_begun = 0;
  AddressKey address;

  bool is_detached() const { return !connection; }
  bool is_away() const { return details && details->away; }
  SessionDetails& make_details() {
    if (!details)
      details = std::make_unique<SessionDetails>();
    return *details;
  }
};

}  // namespace chat
