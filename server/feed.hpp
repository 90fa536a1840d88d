// How a reader that has fallen behind what is in memory goes on from the store: piece by piece, as
// its peer takes them, until all that is missing is in memory. Knows no store and no socket.
#pragma once

#include <optional>

#include "libchat/bytes.hpp"
#include "libchat/connection_table.hpp"
#include "libchat/ids.hpp"
#include "libchat/protocol.hpp"
#include "server/offer.hpp"
#include "server/room_view.hpp"

namespace chat::server {

// The messages from `from` up to `to`, which is not among them.
struct FeedQuestion {
  ConnectionId connection;
  RoomId room;
  Sequence from;
  Sequence to;
  UserId except;  // whose messages are left out; 0: nobody's
};

struct FeedAnswer {
  ConnectionId connection;
  RoomId room;
  Sequence from;
  Sequence next;  // of the first message that is not among the frames
  Bytes frames;   // posted; and gap where the store has nothing
};

// The frames of a piece that begins where the question does: where a number is missing, there is a
// gap instead. The question outlives it.
class FeedFrames {
 public:
  explicit FeedFrames(const FeedQuestion& question) : question_(question), next_(question.from) {}

  // By ascending number.
  void add(const protocol::HistoryMessage& message);
  // Nothing below `to` is to come any more.
  void pass_to(Sequence to);
  FeedAnswer finish();

 private:
  const FeedQuestion& question_;
  Sequence next_;
  Bytes frames_;
};

// What to ask the store next for a cursor that is fed; nothing when all that is missing is in
// memory, and the feeding is to be ended.
std::optional<FeedQuestion> next_question(ConnectionId connection, const Cursor& cursor);

// Appends an answer to what its connection is owed. `cursor`: where the connection reads the room,
// or null. An answer to what it asked before it left the room, and perhaps entered it again, is
// passed over.
void take_piece(Output& output, Cursor* cursor, const FeedAnswer& answer);

// The cursor goes on in memory. What happened besides messages is not in the store: the peer is
// told so, and whether it needs a snapshot that tells what came of it.
bool end_feeding(Output& output, Cursor& cursor);

}  // namespace chat::server
