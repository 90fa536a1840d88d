// What the hub tells a reactor, in order. Each reactor has an outbox of its own; the hub fills it
// under its lock, and the reactor takes it at its next entry and carries it out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "libchat/bytes.hpp"
#include "libchat/connection_table.hpp"
#include "libchat/ids.hpp"
#include "libchat/segment.hpp"
#include "libchat/vocabulary.hpp"

namespace chat::outbox {

// The connection reads the room from here on.
struct Attach {
  ConnectionId connection;
  RoomId room;
  LogPlace place;  // the head at this moment; or where a session is taken up again, perhaps below
                   // what the log still holds
  LogPlace held;   // the same, or the lowest place that the log still holds
  UserId except;   // whose messages it is not sent: in a pair its own user's; 0 for none
};

// The room's log may be read up to here. The bytes below never change.
struct Head {
  RoomId room;
  Position position;
  Sequence next;
  std::vector<std::shared_ptr<const Segment>> fresh;  // those that were not handed over before
};

// The room's log no longer holds what is below.
struct Tail {
  RoomId room;
  Position position;
  Sequence next;
};

// Nothing more of the room may be sent to the connection.
struct Detach {
  ConnectionId connection;
  RoomId room;
};

// The room has ended: the connection still reads up to the head that is known now.
struct Finish {
  ConnectionId connection;
  RoomId room;
};

// The room goes on after all: the connection reads without that limit, if it has not read up to it.
struct GoOn {
  ConnectionId connection;
  RoomId room;
};

// Whether senders are not to be read, because what they said before waits to be committed.
struct HoldBack {
  bool senders;
};

// The connection needs to hear who is in the room, and asks for it (SnapshotWanted) when its
// private queue has room.
struct SnapshotDue {
  ConnectionId connection;
  RoomId room;
};

// The connection asks for messages that may be in the store alone: those right below `before`, none
// below `oldest`, at most `count`. It may read them.
struct ReadHistory {
  ConnectionId connection;
  RequestId request;
  RoomId room;
  Sequence before;
  Sequence oldest;
  std::size_t count;
};

// The connection searches the store: the open rooms that it is in, and its user's pairs.
struct Search {
  ConnectionId connection;
  RequestId request;
  std::string text;
  std::vector<RoomId> rooms;
  UserId user;
  std::uint64_t before;
  std::size_t count;
};

// Frames for one connection alone, whole and already encoded.
struct Private {
  ConnectionId connection;
  Bytes frames;
  bool may_wait;  // for something else to be sent, which they then travel with
};

struct Close {
  ConnectionId connection;
  CloseReason reason;
};

// What happened to a connection's user, for the log. Never the text of a message.
struct Notice {
  enum class What { named, resumed, renamed, joined, left, refused };
  What what;
  ConnectionId connection;
  UserId user;
  std::string nickname;
  std::string detail;  // the room, the name before, or the error's name
};

using Event = std::variant<Attach, Head, Tail, Detach, Finish, GoOn, HoldBack, SnapshotDue,
                           ReadHistory, Search, Private, Close, Notice>;

}  // namespace chat::outbox

namespace chat {
using Outbox = std::vector<outbox::Event>;
}
