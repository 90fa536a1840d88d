// What of the hub outlives the process, beside messages: as a whole, for a start, and as the
// changes that lead from one such whole to the next. Plain values; any thread.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "libchat/connection_table.hpp"
#include "libchat/identity.hpp"
#include "libchat/ids.hpp"
#include "libchat/vocabulary.hpp"

namespace chat {

// Somebody, under the number that stays theirs for as long as they are known.
struct KnownUser {
  UserId user;
  IdentityId identity;  // all zero: none; known for its session alone
  SecretHash secret{};
  WallTime seen;  // when a session of theirs last began or ended
};

struct KnownRoom {
  RoomId room;
  RoomKind kind = RoomKind::open;
  std::string name{};  // of a pair that has ended: the nickname of who has left it
  UserId first{};      // of a pair: who began it, and the other one
  UserId second{};
  bool is_new = false;  // nothing was known of it before; not a part of what is kept
};

// One at most per user.
struct KnownSession {
  UserId user;
  SessionId session;  // under which its token names it
  std::string nickname{};
  bool is_new = false;  // nothing was known of its user before; not a part of what is kept
};

struct KnownMembership {
  UserId user;
  RoomId room;
  bool may_speak = true;  // otherwise a pair that the other one has left
  Sequence since;         // the first message that it may read
};

// Up to where somebody has seen a room; 0: that is not known any more.
struct ReadPosition {
  UserId user;
  RoomId room;
  Sequence sequence;
};

struct EndedMembership {
  UserId user;
  RoomId room;
};

// With all its memberships.
struct EndedSession {
  UserId user;
};

// With its messages.
struct ForgottenRoom {
  RoomId room;
};

// The user's pairs are forgotten with them.
struct ForgottenUser {
  UserId user;
};

// Something known takes the place of what was known of the same user, room, session or membership.
// What ends or is forgotten may be unknown.
using StateChange = std::variant<KnownUser, KnownRoom, KnownSession, KnownMembership, ReadPosition,
                                 EndedMembership, EndedSession, ForgottenRoom, ForgottenUser>;

struct DurableState {
  // A room with the number of its next message.
  struct Room {
    KnownRoom known;
    Sequence next{1};
  };

  std::vector<KnownUser> users;
  std::vector<Room> rooms;
  std::vector<KnownSession> sessions;
  std::vector<KnownMembership> memberships;
  std::vector<ReadPosition> reads;
  // No user or room above these has ever been told to anybody.
  UserId last_user;
  RoomId last_room;
};

}  // namespace chat
