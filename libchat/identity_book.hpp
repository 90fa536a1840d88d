// The identities that are known, and whose number each is.
#pragma once

#include <absl/container/btree_set.h>
#include <absl/container/flat_hash_map.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <utility>

#include "libchat/connection_table.hpp"
#include "libchat/identity.hpp"
#include "libchat/ids.hpp"

namespace chat {

// How long, and how many, identities without a session are known. The bounds are there so that
// whoever makes up new ones without end cannot fill the memory.
struct IdentityLimits {
  std::chrono::seconds unseen = std::chrono::days(30);
  std::size_t most = 262'144;
};

// One thread at a time (in the server: under the hub's lock).
class IdentityBook {
 public:
  struct Known {
    UserId user;
    SecretHash secret{};
    SessionId session;  // names nothing while there is none
    WallTime seen;      // when its last session ended
  };

  explicit IdentityBook(const IdentityLimits& limits) : limits_(limits) {}

  // Null when it is not known. Valid until the next change.
  const Known* find(const IdentityId& identity) const;

  // Precondition: not known.
  void add(const IdentityId& identity, const Known& known);
  // Preconditions: known; without a session, and with one.
  void begin_session(const IdentityId& identity, SessionId session);
  void end_session(const IdentityId& identity, WallTime now);
  // Precondition: known, with a session.
  void forget(const IdentityId& identity);

  // Forgets one that is due: nobody has seen it for long, or there are too many.
  std::optional<UserId> take_surplus(WallTime now);

 private:
  IdentityLimits limits_;
  absl::flat_hash_map<IdentityId, Known> known_;
  absl::btree_set<std::pair<WallTime, IdentityId>> away_;  // those without a session
};

}  // namespace chat
