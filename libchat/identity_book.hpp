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
    // Nothing is kept of it but up to where it has read. That is known as long as the process
    // lives.
    bool is_reader = false;
  };

  // Without a session an identity is known for so long, and of readers no more than so many: these
  // cost whoever makes them up next to nothing.
  IdentityBook(std::chrono::seconds unseen, std::size_t most_readers)
      : unseen_(unseen), most_readers_(most_readers) {}

  // Null when it is not known. Valid until the next change.
  const Known* find(const IdentityId& identity) const;

  // Precondition: not known.
  void add(const IdentityId& identity, const Known& known);
  // Preconditions: known; without a session, and with one.
  void begin_session(const IdentityId& identity, SessionId session);
  void end_session(const IdentityId& identity, WallTime now, bool is_reader = false);
  // Precondition: known, with a session.
  void forget(const IdentityId& identity);

  // Forgets one that nobody has seen for so long, if there is one, or of too many readers the one
  // that nobody has seen for longest.
  std::optional<UserId> take_expired(WallTime now);

 private:
  using Absent = absl::btree_set<std::pair<WallTime, IdentityId>>;

  std::chrono::seconds unseen_;
  std::size_t most_readers_;
  absl::flat_hash_map<IdentityId, Known> known_;
  Absent away_;          // those without a session
  Absent away_readers_;  // of them
};

}  // namespace chat
