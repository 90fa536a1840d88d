#include "libchat/room_round.hpp"

#include <algorithm>
#include <utility>

namespace chat {
namespace {

UserId actor_of(const Accepted& what) {
  if (const auto* message = std::get_if<AcceptedMessage>(&what))
    return message->from.user;
  if (const auto* rename = std::get_if<AcceptedRename>(&what))
    return rename->user;
  if (const auto* typing = std::get_if<AcceptedTyping>(&what))
    return typing->member.user;
  if (const auto* away = std::get_if<AcceptedAway>(&what))
    return away->member.user;
  return {};
}

// Searched from the back, where what is undone in the same round mostly stands.
template <class T, class Matches>
std::vector<T>::iterator find_last(std::vector<T>& in, Matches matches) {
  const auto place = std::find_if(in.rbegin(), in.rend(), matches);
  return place == in.rend() ? in.end() : std::prev(place.base());
}

}  // namespace

void RoomRound::join(const Member& member) {
  auto& leavers = leaves_.leavers;
  const auto left =
      find_last(leavers, [&](const auto& leaver) { return leaver.member.user == member.user; });
  if (left == leavers.end()) {
    joins_.members.push_back(member);
    return;
  }
  const auto before = left->member.nickname;
  const bool was_lost = left->was_lost;
  leavers.erase(left);
  if (before.shown() != member.nickname.shown())
    add(AcceptedRename{member.user, before, member.nickname});
  if (was_lost)
    take_back_loss(member);
}

// The same user under a new session has not left in the eyes of the others.
void RoomRound::take_back_loss(const Member& member) {
  auto& changes = states_.changes;
  const auto lost =
      find_last(changes, [&](const auto& change) { return change.member.user == member.user; });
  if (lost != changes.end())
    changes.erase(lost);
  else
    change_state(member, PresenceState::here);
}

void RoomRound::leave(const Member& member, LeaveReason reason, bool was_lost) {
  auto& members = joins_.members;
  const auto joined = find_last(members, [&](const Member& m) { return m.user == member.user; });
  if (joined != members.end() && !is_heard(member.user))
    members.erase(joined);
  else
    leave_told(member, reason, was_lost);
}

void RoomRound::leave_told(const Member& member, LeaveReason reason, bool was_lost) {
  leaves_.leavers.push_back({member, reason, was_lost});
}

void RoomRound::change_state(const Member& member, PresenceState state) {
  states_.changes.push_back({member, state});
}

void RoomRound::add(Accepted what) {
  in_place_.push_back(std::move(what));
}

bool RoomRound::empty() const {
  return joins_.members.empty() && in_place_.empty() && states_.changes.empty() &&
         leaves_.leavers.empty();
}

bool RoomRound::is_heard(UserId user) const {
  return std::any_of(in_place_.begin(), in_place_.end(),
                     [&](const Accepted& what) { return actor_of(what) == user; });
}

void RoomRound::move_to(Batch& batch, RoomId room, WallTime time) {
  const auto put = [&](Accepted what) { batch.emplace_back(room, time, std::move(what)); };
  if (!joins_.members.empty())
    put(std::exchange(joins_, {}));
  for (Accepted& what : std::exchange(in_place_, {}))
    put(std::move(what));
  if (!states_.changes.empty())
    put(std::exchange(states_, {}));
  if (!leaves_.leavers.empty())
    put(std::exchange(leaves_, {}));
}

}  // namespace chat
