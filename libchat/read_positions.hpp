// Up to where users have seen their rooms.
#pragma once

#include <absl/container/btree_map.h>
#include <absl/container/btree_set.h>
#include <absl/container/inlined_vector.h>

#include <cstddef>
#include <cstdint>
#include <utility>

#include "libchat/ids.hpp"

namespace chat {

// At least 1 each.
struct ReadLimits {
  std::size_t of_user = 2048;
  std::size_t in_all = 2'000'000;
};

// Somebody may enter ever more rooms, and somebody else may come as ever more people. So beyond the
// limits a new position takes the place of an old one: of the user's own that has not moved for
// longest or, where all are too many, of that one of whoever has most. Whoever makes positions
// without end loses their own.
//
// One thread at a time (in the server: under the hub's lock).
class ReadPositions {
 public:
  using Place = std::pair<UserId, RoomId>;
  using Places = absl::InlinedVector<Place, 2>;

  explicit ReadPositions(const ReadLimits& limits = {}) : limits_(limits) {}

  // 0: nothing is known of that.
  Sequence of(UserId user, RoomId room) const;
  // Whether there is a position of theirs.
  bool has(UserId user) const { return users_.contains(user); }

  // The places whose position has changed by it: none when it is not above what was known; itself,
  // and another one that is not known any more.
  Places advance(UserId user, RoomId room, Sequence sequence);

  void forget(UserId user, RoomId room);
  void forget(UserId user);

 private:
  struct Position {
    Sequence sequence;
    std::uint64_t moved;  // the higher, the later
  };
  using Rooms = absl::btree_map<RoomId, Position>;

  void make_room_for(UserId user, Places& changed);
  Place oldest_of(UserId user) const;
  void count(UserId user, std::size_t before, std::size_t after);

  ReadLimits limits_;
  absl::btree_map<UserId, Rooms> users_;                  // none without rooms
  absl::btree_set<std::pair<std::size_t, UserId>> most_;  // each of them, by how many they have
  std::size_t size_ = 0;
  std::uint64_t moves_ = 0;
};

}  // namespace chat
