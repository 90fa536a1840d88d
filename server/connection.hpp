// A connection's state. Touched by the reactor that it was given to, and by nobody else.
#pragma once

#include <cstdint>

#include "libchat/connection_table.hpp"
#include "libchat/frame.hpp"
#include "libchat/vocabulary.hpp"
#include "net/unique_fd.hpp"
#include "server/cursor_list.hpp"
#include "server/liveness.hpp"
#include "server/offer.hpp"
#include "server/room_view.hpp"

namespace chat::server {

// Whether a peer that ends for this reason is still owed what its rooms have published.
constexpr bool keeps_reading(CloseReason reason) {
  return reason == CloseReason::quit || reason == CloseReason::end_of_input ||
         reason == CloseReason::shutting_down || reason == CloseReason::restarting;
}

// Whether what a client sends adds to what the ledger has to commit.
constexpr bool waits_for_ledger(MessageType type) {
  return type == MessageType::say || type == MessageType::whisper || type == MessageType::join ||
         type == MessageType::leave || type == MessageType::rename || type == MessageType::set_away;
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
  CloseReason reason = CloseReason::quit;  // once it is not open
  State state : 3 = State::open;
  bool readable : 1 = false;     // the socket may have input: no EAGAIN since the last edge
  bool peer_ended : 1 = false;   // the peer has closed its side, or is about to: read to the end
  bool input_ended : 1 = false;  // read to the end
  bool has_kept : 1 = false;     // the decoder stopped before a complete frame
  bool in_input_queue : 1 = false;
  bool in_flush_list : 1 = false;
  bool in_crowd : 1 = false;  // in the CrowdQueue; one may be in both
  bool goodbye_queued : 1 = false;
  bool has_limited : 1 = false;    // of its cursors, some read only up to a limit
  bool held_back : 1 = false;      // its next requests wait until the ledger has come further
  bool is_fed : 1 = false;         // see Reactor::fed_
  bool is_asked_for : 1 = false;   // an answer for the first of these rooms is on its way
  bool snapshots_due : 1 = false;  // see Reactor::snapshots_due_
  bool speaks_3 : 1 = false;       // version 3 of the protocol or a later one
  std::uint8_t reads : 3 = 0;      // answers from the store that it waits for
  bool blocked : 1 = false;        // the socket took less than was offered; an edge will tell
  // The two lie in what would be padding otherwise.
  [[no_unique_address]] Liveness liveness;
  std::uint16_t refusals = 0;  // requests that were answered with an error, up to kMostCounted
  CoarseTime reminder{};       // the earliest that is set
  FrameDecoder decoder;
  Output output;
  CursorList cursors;  // one per room that it reads

  static constexpr std::uint16_t kMostCounted = 0xFFFF;

  bool takes_requests() const { return state == State::open; }
};

}  // namespace chat::server
