// What is accepted for one room during one hub entry, put into the order in which it is published:
// joins merged before the messages, changes of state and then leaves merged after them, the
// others in place. Who joins and leaves again unheard leaves no trace, and neither does who leaves
// and comes back; but if it was under another name, that is a rename.
#pragma once

#include <vector>

#include "libchat/ledger.hpp"

namespace chat {

class RoomRound {
 public:
  void join(const Member& member);
  // `was_lost`: as the room was told, or is in this round.
  void leave(const Member& member, LeaveReason reason, bool was_lost = false);
  // The same, and it is said even of who has only just joined: a pair ends with it.
  void leave_told(const Member& member, LeaveReason reason, bool was_lost);
  void change_state(const Member& member, PresenceState state);
  void add(Accepted what);  // a message, a rename, that somebody types, or is away

  bool empty() const;

  // Hands over what was gathered and begins anew. Appends to `batch`.
  void move_to(Batch& batch, RoomId room, WallTime time);

 private:
  bool is_heard(UserId user) const;
  void take_back_loss(const Member& member);

  AcceptedJoins joins_;
  std::vector<Accepted> in_place_;
  AcceptedStates states_;
  AcceptedLeaves leaves_;
};

}  // namespace chat
