#include "libchat/member_list.hpp"

#include <algorithm>

namespace chat {
namespace {

bool by_user(const Member& a, const Member& b) {
  return a.user < b.user;
}
bool same_user(const Member& a, const Member& b) {
  return a.user == b.user;
}

// Of a frame, for people; the rest is for the fields before them.
constexpr std::size_t kPageBytes = kMaxFrameLength - 64;
constexpr std::size_t kPersonBytesBesideName = 10;

}  // namespace

void MemberList::add(std::span<const Member> members) {
  const auto old_end = static_cast<std::ptrdiff_t>(members_.size());
  members_.insert(members_.end(), members.begin(), members.end());
  // User ids go up, so who joins mostly belongs at the end and nothing needs to move.
  std::sort(members_.begin() + old_end, members_.end(), by_user);
  std::inplace_merge(members_.begin(), members_.begin() + old_end, members_.end(), by_user);
  members_.erase(std::unique(members_.begin(), members_.end(), same_user), members_.end());
}

void MemberList::remove(std::vector<UserId> users) {
  std::sort(users.begin(), users.end());
  std::erase_if(members_, [&](const Member& member) {
    return std::binary_search(users.begin(), users.end(), member.user);
  });
}

void MemberList::rename(UserId user, const std::shared_ptr<const Nickname>& nickname) {
  const auto place = std::lower_bound(members_.begin(), members_.end(), Member{user, {}}, by_user);
  if (place != members_.end() && place->user == user)
    place->nickname = nickname;
}

protocol::MemberPage MemberList::page(RequestId request, RoomId room, UserId after) const {
  protocol::MemberPage page{.request = request,
                            .room = room,
                            .total = static_cast<std::uint32_t>(members_.size()),
                            .first = after == UserId{},
                            .last = true,
                            .people = {}};
  std::size_t bytes = 0;
  auto place = std::upper_bound(members_.begin(), members_.end(), Member{after, {}}, by_user);
  for (; place != members_.end(); ++place) {
    bytes += kPersonBytesBesideName + place->nickname->shown().size();
    if (bytes > kPageBytes)
      break;
    page.people.push_back({place->user, place->nickname->shown()});
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
