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
  const auto no_longer_lost = std::ranges::remove_if(
      lost_, [&](UserId user) { return std::ranges::binary_search(users, user); });
  lost_.erase(no_longer_lost.begin(), no_longer_lost.end());
}

void MemberList::rename(UserId user, const Nickname& nickname) {
  const auto place = std::ranges::lower_bound(members_, user, {}, &Member::user);
  if (place != members_.end() && place->user == user)
    place->nickname = nickname;
}

void MemberList::set_state(UserId user, PresenceState state) {
  const auto place = std::ranges::lower_bound(lost_, user);
  const bool was_lost = place != lost_.end() && *place == user;
  if (state == PresenceState::lost && !was_lost && contains(user))
    lost_.insert(place, user);
  else if (state == PresenceState::here && was_lost)
    lost_.erase(place);
}

std::optional<Nickname> MemberList::nickname_of(UserId user) const {
  const auto place = std::ranges::lower_bound(members_, user, {}, &Member::user);
  return place != members_.end() && place->user == user ? std::optional(place->nickname)
                                                        : std::nullopt;
}

bool MemberList::contains(UserId user) const {
  return std::ranges::binary_search(members_, user, {}, &Member::user);
}

bool MemberList::is_lost(UserId user) const {
  return std::ranges::binary_search(lost_, user);
}

protocol::MemberPage MemberList::page(RequestId request, RoomId room, UserId after) const {
  protocol::MemberPage page{.request = request,
                            .room = room,
                            .total = static_cast<std::uint32_t>(members_.size()),
                            .first = after == UserId{},
                            .last = true,
                            .people = {},
                            .lost = {}};
  std::size_t bytes = 0;
  auto place = std::ranges::upper_bound(members_, after, {}, &Member::user);
  for (; place != members_.end(); ++place) {
    const bool lost = is_lost(place->user);
    bytes += kPersonBytesBesideName + place->nickname.shown().size();
    bytes += lost ? sizeof(UserId) : 0;
    if (bytes > kPageBytes)
      break;
    page.people.push_back({place->user, std::string(place->nickname.shown())});
    if (lost)
      page.lost.push_back(place->user);
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
