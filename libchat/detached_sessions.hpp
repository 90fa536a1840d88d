// Sessions whose connection has broken: they wait to be taken up again, for a while.
#pragma once

#include <absl/container/btree_map.h>
#include <absl/container/btree_set.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "libchat/connection_table.hpp"
#include "libchat/ids.hpp"
#include "libchat/monotonic_time.hpp"

namespace chat {

// How long sessions wait, and how many may. The bounds are there so that whoever connects and drops
// the connection, again and again, can hold on to some names and rooms only.
struct DetachedLimits {
  std::chrono::milliseconds grace{120'000};     // until they end; 0: none waits at all
  std::chrono::milliseconds unnoticed{10'000};  // until the others are told
  std::size_t most = 16'384;
  std::size_t most_per_address = 1'024;
  // Of all that wait together, as they were when their connections broke.
  std::size_t most_memberships = 262'144;
  std::size_t most_memberships_per_address = 16'384;
};

// One thread at a time (in the server: under the hub's lock).
class DetachedSessions {
 public:
  // Where a session stands in the order of age.
  using Place = std::uint64_t;

  explicit DetachedSessions(const DetachedLimits& limits) : limits_(limits) {}

  std::size_t size() const { return by_age_.size(); }

  // Precondition: the session is not in it.
  Place add(SessionId session, AddressKey address, std::size_t memberships, MonotonicTime now);
  // One that an earlier process had: no bound on their number concerns it. Preconditions: as above,
  // and none was added otherwise before.
  Place add_restored(SessionId session, MonotonicTime now);
  // It was taken up again, or has ended. Precondition: it stands there.
  void remove(Place place);
  // Whether the others were told; see take_unannounced(). Precondition: it stands there.
  bool is_announced(Place place) const { return place < first_unannounced_; }

  // One that has to go because there are too many, if there are: the oldest, of its address where
  // that has too many. Must be removed before the next call.
  std::optional<SessionId> surplus(AddressKey latest) const;

  // The oldest of whom the others are to be told now, and were not; each once.
  std::optional<SessionId> take_unannounced(MonotonicTime now);
  // The oldest whose time is over. Must be removed before the next call.
  std::optional<SessionId> expired(MonotonicTime now) const;

  // When there will be one of either.
  std::optional<MonotonicTime> next() const;

 private:
  struct Detached {
    SessionId session;
    AddressKey address;
    std::size_t memberships;
    MonotonicTime since;
    bool is_restored;
  };
  struct OfAddress {
    absl::btree_set<Place> places;
    std::size_t memberships = 0;
  };

  DetachedLimits limits_;
  Place last_ = 0;
  Place first_unannounced_ = 1;
  absl::btree_map<Place, Detached> by_age_;
  absl::btree_map<AddressKey, OfAddress> by_address_;
  std::size_t memberships_ = 0;
  Place last_restored_ = 0;
  std::size_t restored_ = 0;  // of those that are left
};

}  // namespace chat
