// A room that the user is in, or a conversation with somebody.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "client/line.hpp"
#include "client/members.hpp"
#include "client/scrollback.hpp"
#include "client/speakers.hpp"
#include "client/typists.hpp"
#include "libchat/ids.hpp"
#include "libchat/vocabulary.hpp"

namespace chat::client {

// When a message came that the user may not have seen; the later one is greater.
struct Arrival {
  WallTime said;            // to the server
  std::uint64_t order = 0;  // in which it came here, for those of the same time
  auto operator<=>(const Arrival&) const = default;
};

struct Room {
  explicit Room(std::string room_name, RoomKind room_kind = RoomKind::open) : kind(room_kind) {
    rename(std::move(room_name));
    place = shown_name();
  }

  void rename(std::string to);

  // A conversation: a room of two, made by whispering. It stays when the pair has ended.
  bool is_pair() const { return kind == RoomKind::pair; }
  // What the user calls it: "lobby", or "@Lisa".
  std::string shown_name() const { return is_pair() ? "@" + name : name; }

  RoomKind kind;
  RoomId id;           // 0 until the server has opened it in this session, or epoch for a pair
  std::string name;    // of a pair: the other one's nickname
  std::string folded;  // the name as names compare; one that cannot be valid, as it is
  std::string place;   // stays the same, and no other room has it: for what belongs to the room
  UserId other;        // of a pair: who that is; 0: not known, or not any more
  Scrollback scrollback;
  Members members;
  bool open = false;   // false while the connection is lost and until the server opens it again
  bool ended = false;  // of a pair: there is none on the server until somebody whispers again
  Sequence last;       // the last message that was shown or missed
  // What the numbers of messages here count in: 0 when they mean nothing any more.
  RoomId counted_as;
  Epoch counted_in;
  // Of a pair: nothing was said in it under this identity that this client does not know of.
  bool is_whole = true;
  Sequence kept_from;  // the server has nothing older than this message; 0: that is not known
  bool is_read_anew = false;  // since the server lost messages; to be told when that has come
  WallTime last_news;         // the latest time of what was shown
  WallTime seen_until;        // news up to here was shown before the connection was lost
  // Own messages that are acknowledged and have no place among the others yet.
  std::map<Sequence, Line> acknowledged;
  std::optional<std::string> told_absence;  // why the other one is away, as the user was told
  Speakers speakers;
  Typists typists;
  Sequence told_read;        // up to where the server knows that it is read
  WallTime told_at;          // when it was told last
  Sequence read_up_to;       // the last message that the user has seen; 0: that is not known
  std::size_t unread = 0;    // messages of others behind that one
  std::size_t mentions = 0;  // those of them that should not be overlooked
  // Of all messages of others that have come, and of those that should not be overlooked.
  Arrival newest;
  Arrival newest_mention;
};

}  // namespace chat::client
