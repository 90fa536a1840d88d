#include "libchat/room_round.hpp"

#include <algorithm>
#include <utility>

namespace chat {
namespace {

UserId actor_of(const Entry& entry) {
  if (const auto* message = std::get_if<AcceptedMessage>(&entry.what))
    return message->from.user;
  if (const auto* rename = std::get_if<AcceptedRename>(&entry.what))
    return rename->user;
  return {};
}

// Removes the first element that matches; false when there is none. Searched from the back, where
// what is undone in the same round mostly stands.
template <class T, class Matches>
bool remove_one(std::vector<T>& from, Matches matches) {
  const auto place = std::find_if(from.rbegin(), from.rend(), matches);
  if (place == from.rend())
    return false;
  from.erase(std::next(place).base());
  return true;
}

}  // namespace

void RoomRound::join(const Member& member) {
  const auto is_member = [&](const AcceptedLeaves::Leaver& l) {
    return l.member.user == member.user;
  };
  if (!remove_one(leaves_.leavers, is_member))
    joins_.members.push_back(member);
}

void RoomRound::leave(const Member& member, LeaveReason reason) {
  const auto is_member = [&](const Member& m) { return m.user == member.user; };
  if (!is_heard(member.user) && remove_one(joins_.members, is_member))
    return;
  leaves_.leavers.push_back({member, reason});
}

void RoomRound::add(Entry entry) {
  in_place_.push_back(std::move(entry));
}

bool RoomRound::empty() const {
  return joins_.members.empty() && in_place_.empty() && leaves_.leavers.empty();
}

bool RoomRound::is_heard(UserId user) const {
  return std::any_of(in_place_.begin(), in_place_.end(),
                     [&](const Entry& entry) { return actor_of(entry) == user; });
}

void RoomRound::move_to(Batch& batch, RoomId room, WallTime time) {
  if (!joins_.members.empty())
    batch.push_back({room, time, std::exchange(joins_, {})});
  batch.insert(batch.end(), std::make_move_iterator(in_place_.begin()),
               std::make_move_iterator(in_place_.end()));
  in_place_.clear();
  if (!leaves_.leavers.empty())
    batch.push_back({room, time, std::exchange(leaves_, {})});
}

}  // namespace chat
