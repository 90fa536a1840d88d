// Rooms that nobody is in and whose messages are kept: they go on where they were left.
#pragma once

#include <absl/container/btree_map.h>

#include <cstddef>
#include <optional>
#include <unordered_map>
#include <utility>

#include "libchat/ids.hpp"
#include "libchat/name.hpp"

namespace chat {

// Two users, the lower one first.
using PairKey = std::pair<UserId, UserId>;

// One thread at a time (in the server: under the hub's lock).
class DormantRooms {
 public:
  struct Room {
    RoomId room;
    Sequence next{1};  // of the next message
    // Where its log goes on. In one process that is behind all that there was of it: connections
    // that end may still read what was there before.
    Position begin{1};
  };

  std::size_t size() const { return keys_.size(); }
  bool contains(RoomId room) const { return keys_.contains(room); }
  // The number of the pair's next message; 0 when there is no such pair.
  Sequence next_of_pair(RoomId room) const;
  // Whether it is a pair of the user's.
  bool is_pair_of(RoomId room, UserId user) const;

  // False when there is one of that number, that name or of the two already.
  bool add(const RoomName& name, const Room& room);
  bool add(const PairKey& pair, const Room& room);

  struct Named {
    RoomName name;  // as it was written before
    Room room;
  };

  // Not there any more: somebody enters it. Nothing when there is none.
  std::optional<Named> take(const RoomName& name);
  std::optional<Room> take(const PairKey& pair);

 private:
  absl::btree_map<RoomId, std::optional<PairKey>> keys_;  // nothing: an open room
  std::unordered_map<RoomName, Room> open_;
  absl::btree_map<PairKey, Room> pairs_;
};

}  // namespace chat
