// What a connection is owed, as one system call takes it: its private queue, then what its rooms
// have published. Knows no socket.
#pragma once

#include <sys/uio.h>

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "libchat/ids.hpp"
#include "server/cursor_queue.hpp"
#include "server/private_queue.hpp"
#include "server/room_view.hpp"

namespace chat::server {

// The write side. What is sent stands in this order: `queue`, then the rooms in `cursors`' turn.
struct Output {
  // Frames for this connection alone, and before them the rest of a frame of a log that the peer
  // took only a part of. Beyond kPrivateLimit bytes no more requests are taken from the peer, so
  // that it can only stall itself.
  PrivateQueue queue;
  // Cursors with something to send; one that was not sent to its end goes to the back.
  CursorQueue cursors;

  static constexpr std::size_t kPrivateLimit = 64 * 1024;

  bool pending() const { return !queue.empty() || !cursors.empty(); }
};

// Bytes of room logs that one connection is sent in one round; what is left waits for the next.
inline constexpr std::size_t kSendBudget = 256 * 1024;

// What becomes of a reader whose next messages are no longer in memory.
enum class Behind {
  is_told,  // with a gap, and goes on with what there is
  is_fed,   // from the store
};

// Valid until the output or one of its rooms is next changed.
class Offer {
 public:
  // Of what there is now. `behind` receives the rooms whose messages were dropped before the
  // connection could read them. Where it is told, that is done, and the peer needs a snapshot;
  // otherwise the cursor is out of the turn until it was fed.
  Offer(Output& output, std::vector<RoomId>& behind, Behind policy = Behind::is_told);

  std::size_t bytes() const { return bytes_; }
  // In the order in which they are sent.
  std::span<const iovec> pieces() const { return {piece_.data(), parts_}; }

  // The peer took so many of the bytes, at least one: the output goes on behind them.
  void take(Output& output, std::size_t taken) const;

 private:
  static constexpr std::size_t kMostParts = 16;

  struct Part {
    Cursor* cursor;  // null: the queue
    RoomView::Run run;
  };

  bool full() const { return parts_ == kMostParts || bytes_ >= kSendBudget; }
  void add(Cursor* cursor, const RoomView::Run& run);
  void add_room(Cursor& cursor);
  void pass(Output& output, std::size_t taken) const;

  std::array<Part, kMostParts> part_;
  std::array<iovec, kMostParts> piece_;
  std::size_t parts_ = 0;
  std::size_t bytes_ = 0;
};

// Puts a cursor that has something to send into its connection's turn. Whether it has.
bool queue_cursor(Output& output, Cursor& cursor);

// Whether the cursor has something to send.
bool has_unread(const Cursor& cursor);

}  // namespace chat::server
