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

// One thread at a time (in the server: under the hub's lock).
class IdentityBook {
 public:
  struct Known {
    UserId user;
    SecretHash secret{};
    SessionId session;  // names nothing while there is none
    WallTime seen;      // when its last session ended
  };

  // Without a session an identity is known for so long.
  explicit IdentityBook(std::chrono::seconds unseen) : unseen_(unseen) {}

  // Null when it is not known. Valid until the next change.
  const Known* find(const IdentityId& identity) const;

  // Precondition: not known.
  void add(const IdentityId& identity, const Known& known);
  // Preconditions: known; without a session, and with one.
  void begin_session(const IdentityId& identity, SessionId session);
  void end_session(const IdentityId& identity, WallTime now);
  // Precondition: known, with a session.
  void forget(const IdentityId& identity);

  // Forgets one that nobody has seen for so long, if there is one.
  std::optional<UserId> take_expired(WallTime now);

 private:
  std::chrono::seconds unseen_;
  absl::flat_hash_map<IdentityId, Known> known_;
  absl::btree_set<std::pair<WallTime, IdentityId>> away_;  // those without a session
};

}  // namespace chat
