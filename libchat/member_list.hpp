// The members that a room's published log has announced, by ascending user id.
// One thread at a time (in the server: under the hub's lock).
#pragma once

#include <absl/container/inlined_vector.h>

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "libchat/ids.hpp"
#include "libchat/name.hpp"
#include "libchat/protocol.hpp"

namespace chat {

struct Member {
  UserId user;
  Nickname nickname;
};

class MemberList {
 public:
  // Users who are in the list already are not added again. The order of `members` is free.
  void add(std::span<const Member> members);

  // Users who are not in the list are passed over. The order of `users` is free.
  void remove(std::vector<UserId> users);

  void rename(UserId user, const Nickname& nickname);

  // Users who are not in the list are passed over.
  void set_state(UserId user, PresenceState state);
  void set_away(UserId user, bool is_away);

  std::size_t size() const { return members_.size(); }
  std::optional<Nickname> nickname_of(UserId user) const;
  bool is_away(UserId user) const { return condition_of(user).is_away; }

  // The page that begins behind `after`: as many members as fit one frame.
  protocol::MemberPage page(RequestId request, RoomId room, UserId after) const;

  // The whole list in pages, as a snapshot (request 0). At least one page.
  std::vector<protocol::MemberPage> snapshot(RoomId room) const;

 private:
  // How somebody is there, when not simply there.
  struct Condition {
    UserId user;
    bool is_lost = false;
    bool is_away = false;
  };

  bool contains(UserId user) const;
  Condition condition_of(UserId user) const;
  template <class Change>
  void change_condition(UserId user, Change change);

  absl::InlinedVector<Member, 2> members_;        // two: a pair
  absl::InlinedVector<Condition, 1> conditions_;  // of these, ascending; mostly there are none
};

}  // namespace chat
