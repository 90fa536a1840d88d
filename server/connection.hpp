// A connection's state. Touched by the reactor that accepted it, and by nobody else.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "libchat/bytes.hpp"
#include "libchat/connection_table.hpp"
#include "libchat/frame.hpp"
#include "libchat/vocabulary.hpp"
#include "net/unique_fd.hpp"
#include "server/cursor_queue.hpp"
#include "server/liveness.hpp"
#include "server/room_view.hpp"

namespace chat::server {

// The write side. What is sent stands in this order: `queue`, then the rooms in `cursors`' turn.
struct Output {
  // Frames for this connection alone, and before them the rest of a frame of a log that the peer
  // took only a part of. Holds no memory when it is empty. Beyond kPrivateLimit bytes no more
  // requests are taken from the peer, so that it can only stall itself.
  Bytes queue;
  std::size_t queue_sent = 0;  // bytes of `queue` that the peer has
  // Cursors with something to send; one that was not sent to its end goes to the back.
  CursorQueue cursors;
  // The socket took less than was offered; an edge will tell when it takes more.
  bool blocked = false;

  static constexpr std::size_t kPrivateLimit = 64 * 1024;

  std::size_t queued() const { return queue.size() - queue_sent; }
  bool pending() const { return queued() > 0 || !cursors.empty(); }
};

// Whether a peer that ends for this reason is still owed what its rooms have published.
constexpr bool keeps_reading(CloseReason reason) {
  return reason == CloseReason::quit || reason == CloseReason::end_of_input ||
         reason == CloseReason::shutting_down;
}

struct Connection {
  enum class State : std::uint8_t {
    open,       // requests are taken
    ending,     // none are taken any more; the heads known after this round are its last
    draining,   // what is owed is sent, then goodbye
    lingering,  // all was sent and our side is closed; the peer's side is awaited
    closed,     // to be destroyed at the end of the round
  };

  Connection(net::UniqueFd socket_fd, MonotonicTime now)
      : socket(std::move(socket_fd)), liveness(now) {}

  net::UniqueFd socket;
  State state = State::open;
  CloseReason reason = CloseReason::quit;  // once it is not open
  bool readable = false;     // the socket may have input: no EAGAIN since the last edge
  bool peer_ended = false;   // the peer has closed its side, or is about to: read to the end
  bool input_ended = false;  // read to the end
  bool has_kept = false;     // the decoder stopped before a complete frame
  bool in_input_queue = false;
  bool in_flush_list = false;
  bool goodbye_queued = false;
  bool has_limited = false;    // of its cursors, some read only up to a limit
  std::uint32_t refusals = 0;  // requests that were answered with an error
  FrameDecoder decoder;
  Output output;
  std::vector<std::unique_ptr<Cursor>> cursors;  // one per room that it reads
  Liveness liveness;
  MonotonicTime reminder{};  // the earliest that is set

  bool takes_requests() const { return state == State::open; }
};

}  // namespace chat::server
