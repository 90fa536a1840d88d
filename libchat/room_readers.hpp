// Which reactors have readers of a room, and how far each was told that it may read.
// One thread at a time (in the server: under the hub's lock).
#pragma once

#include <absl/container/inlined_vector.h>

#include <cstdint>
#include <span>

#include "libchat/outbox.hpp"
#include "libchat/room_log.hpp"

namespace chat {

class RoomReaders {
 public:
  // Puts the connection at a place in the log. It is not sent the messages of `except`, if not 0.
  void attach(const RoomLog& log, LogPlace place, ReactorId reactor, ConnectionId connection,
              UserId except, Outbox& outbox);

  // Precondition: one of the reactor's connections was attached and has not been released. What the
  // reactor is to do with it is for the caller to say.
  void release(ReactorId reactor);

  // Tells every reactor with readers how far the log has grown. `outboxes` by reactor.
  void hand_out_head(const RoomLog& log, std::span<Outbox> outboxes);

  // Tells them what the log no longer holds.
  void hand_out_tail(const RoomLog& log, std::span<Outbox> outboxes) const;

 private:
  struct Share {
    ReactorId reactor{};
    std::uint32_t readers = 0;
    Position head{};            // handed out so far
    bool has_segments = false;  // the reactor holds the segment that the head stands in
  };

  Share& share_of(ReactorId reactor);

  absl::InlinedVector<Share, 1> shares_;
};

}  // namespace chat
