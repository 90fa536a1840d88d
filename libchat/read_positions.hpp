// Up to where users have seen their rooms.
#pragma once

#include <absl/container/btree_map.h>

#include <cstddef>
#include <utility>

#include "libchat/ids.hpp"

namespace chat {

// One thread at a time (in the server: under the hub's lock).
class ReadPositions {
 public:
  // Beyond these, nothing more is remembered: somebody may enter ever more rooms, and somebody else
  // may come as ever more people.
  static constexpr std::size_t kMostOfUser = 2048;
  static constexpr std::size_t kMost = 2'000'000;

  // 0: nothing is known of that.
  Sequence of(UserId user, RoomId room) const;

  // False when it is not above what was known, or is not remembered.
  bool advance(UserId user, RoomId room, Sequence sequence);

  void forget(UserId user, RoomId room);
  void forget(UserId user);

 private:
  bool is_full_for(UserId user) const;

  absl::btree_map<std::pair<UserId, RoomId>, Sequence> positions_;
};

}  // namespace chat
