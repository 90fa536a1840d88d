// The messages that a session said lately, so that one which is repeated is not published again.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "libchat/connection_table.hpp"
#include "libchat/ids.hpp"

namespace chat {

// One thread at a time (in the server: under the hub's lock). Nothing here takes longer when more
// messages are with the ledger.
class RecentMessages {
 public:
  static constexpr std::size_t kFewest = 256;

  struct Known {
    std::uint64_t body;  // its hash: the same id with another body is a mistake
    RoomId room;
    Sequence sequence;  // 0 until it is published
    WallTime time;

    bool is_published() const { return sequence != Sequence{}; }
  };

  bool empty() const { return known_.empty(); }

  // Null when it is not known. Valid until the next call.
  const Known* find(const MessageId& id) const;

  // It is with the ledger now. Precondition: not known.
  void accept(const MessageId& id, std::uint64_t body, RoomId room);

  // Someone waits for the acknowledgement of a message that was said again before it was published.
  struct Repeat {
    ReactorId reactor;
    ConnectionId connection;
    RequestId request;
    MessageId id;
  };
  void repeat(const Repeat& repeat);
  std::size_t repeats() const { return repeat_count_; }
  // Those of a message, in order; they are handed over.
  std::vector<Repeat> take_repeats(const MessageId& id);

  // It stands there now, or has long stood there. Of those that are published the latest `fewest`
  // stay known. Preconditions: accepted, and not published.
  void publish(const MessageId& id, RoomId room, Sequence sequence, WallTime time,
               std::size_t fewest = kFewest);
  // It could not be stored, so it may be said again. Preconditions: as above.
  void forget(const MessageId& id);

 private:
  absl::flat_hash_map<MessageId, Known> known_;
  // A ring of those that are published: the oldest stands at oldest_, and the next takes its place.
  // Most people never say much, so it begins empty.
  std::vector<MessageId> published_;
  std::size_t oldest_ = 0;
  absl::flat_hash_map<MessageId, std::vector<Repeat>> repeats_;
  std::size_t repeat_count_ = 0;
};

}  // namespace chat
