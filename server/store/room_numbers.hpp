// The number of the last message of each room, as it is committed, and as it will be when the
// transaction under way is.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <cassert>

#include "libchat/ids.hpp"

namespace chat::store {

// One thread at a time.
class RoomNumbers {
 public:
  void know(RoomId room, Sequence last = {}) {
    if (!committed_.contains(room))
      pending_.try_emplace(room, Pending{last, false});
  }
  // Its numbers go on until the end of the transaction.
  void forget(RoomId room) { pending_of(room).is_forgotten = true; }

  struct Pending {
    Sequence last;
    bool is_forgotten;
  };
  // Of a room that is known, or was forgotten in this transaction. Valid until the next call.
  Pending& pending_of(RoomId room) {
    const auto known = committed_.find(room);
    return pending_.try_emplace(room, known == committed_.end() ? Sequence{} : known->second, false)
        .first->second;
  }
  bool knows(RoomId room) const { return committed_.contains(room) || pending_.contains(room); }

  // What has changed in this transaction.
  const auto& pending() const { return pending_; }

  void keep() {
    for (const auto& [room, pending] : pending_) {
      if (pending.is_forgotten)
        committed_.erase(room);
      else
        committed_[room] = pending.last;
    }
    pending_.clear();
  }
  void take_back() { pending_.clear(); }

 private:
  absl::flat_hash_map<RoomId, Sequence> committed_;
  absl::flat_hash_map<RoomId, Pending> pending_;
};

}  // namespace chat::store
