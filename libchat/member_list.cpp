#include "libchat/member_list.hpp"

#include <algorithm>

namespace chat {
namespace {

// Of a frame, for people; the rest is for the fields before them.
constexpr std::size_t kPageBytes = kMaxFrameLength - 64;
constexpr std::size_t kPersonBytesBesideName = 10;

}  // namespace

void MemberList::add(std::span<const Member> members) {
  const auto old_end = static_cast<std::ptrdiff_t>(members_.size());
  members_.insert(members_.end(), members.begin(), members.end());
  // User ids go up, so who joins mostly belongs at the end and nothing needs to move.
  const auto fresh = members_.begin() + old_end;
  std::ranges::sort(fresh, members_.end(), {}, &Member::user);
  std::ranges::inplace_merge(members_, fresh, {}, &Member::user);
  const auto repeated = std::ranges::unique(members_, {}, &Member::user);
  members_.erase(repeated.begin(), repeated.end());
}

void MemberList::remove(std::vector<UserId> users) {
  std::sort(users.begin(), users.end());
  const auto gone = std::ranges::remove_if(members_, [&](const Member& member) {
    return std::ranges::binary_search(users, member.user);
  });
  members_.erase(gone.begin(), gone.end());
  const auto void_conditions = std::ranges::remove_if(conditions_, [&](const Condition& one) {
    return std::ranges::binary_search(users, one.user);
  });
  conditions_.erase(void_conditions.begin(), void_conditions.end());
}

void MemberList::rename(UserId user, const Nickname& nickname) {
  const auto place = std::ranges::lower_bound(members_, user, {}, &Member::user);
  if (place != members_.end() && place->user == user)
    place->nickname = nickname;
}

void MemberList::set_state(UserId user, PresenceState state) {
  change_condition(user, [&](Condition& one) { one.is_lost = state == PresenceState::lost; });
}

void MemberList::set_away(UserId user, bool is_away) {
  change_condition(user, [&](Condition& one) { one.is_away = is_away; });
}

template <class Change>
void MemberList::change_condition(UserId user, Change change) {
  if (!contains(user))
    return;
  const auto place = std::ranges::lower_bound(conditions_, user, {}, &Condition::user);
  const bool is_known = place != conditions_.end() && place->user == user;
  Condition condition = is_known ? *place : Condition{.user = user};
  change(condition);
  const bool is_simply_there = !condition.is_lost && !condition.is_away;
  if (is_known && is_simply_there)
    conditions_.erase(place);
  else if (is_known)
    *place = condition;
  else if (!is_simply_there)
    conditions_.insert(place, condition);
}

std::optional<Nickname> MemberList::nickname_of(UserId user) const {
  const auto place = std::ranges::lower_bound(members_, user, {}, &Member::user);
  return place != members_.end() && place->user == user ? std::optional(place->nickname)
                                                        : std::nullopt;
}

bool MemberList::contains(UserId user) const {
  return std::ranges::binary_search(members_, user, {}, &Member::user);
}

MemberList::Condition MemberList::condition_of(UserId user) const {
  const auto place = std::ranges::lower_bound(conditions_, user, {}, &Condition::user);
  return place != conditions_.end() && place->user == user ? *place : Condition{.user = user};
}

protocol::MemberPage MemberList::page(RequestId request, RoomId room, UserId after) const {
  protocol::MemberPage page{.request = request,
                            .room = room,
                            .total = static_cast<std::uint32_t>(members_.size()),
                            .first = after == UserId{},
                            .last = true,
                            .people = {},
                            .lost = {},
                            .away = {}};
  std::size_t bytes = 0;
  auto place = std::ranges::upper_bound(members_, after, {}, &Member::user);
  for (; place != members_.end(); ++place) {
    const Condition condition = condition_of(place->user);
    bytes += kPersonBytesBesideName + place->nickname.shown().size();
    bytes += (condition.is_lost ? sizeof(UserId) : 0) + (condition.is_away ? sizeof(UserId) : 0);
    if (bytes > kPageBytes)
      break;
    page.people.push_back({place->user, std::string(place->nickname.shown())});
    if (condition.is_lost)
      page.lost.push_back(place->user);
    if (condition.is_away)
      page.away.push_back(place->user);
  }
  page.last = place == members_.end();
  return page;
}

std::vector<protocol::MemberPage> MemberList::snapshot(RoomId room) const {
  std::vector<protocol::MemberPage> pages;
  UserId after;
  do {
    pages.push_back(page(RequestId{}, room, after));
    if (!pages.back().people.empty())
      after = pages.back().people.back().user;
  } while (!pages.back().last);
  return pages;
}

}  // namespace chat
