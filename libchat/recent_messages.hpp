// The messages that a session said lately, so that one which is repeated is not published again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "libchat/connection_table.hpp"
#include "libchat/ids.hpp"

namespace chat {

// One thread at a time (in the server: under the hub's lock).
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

  // Null when it is not known. Valid until the next call.
  const Known* find(const MessageId& id) const;

  // At least `fewest` of the latest stay known; those still with the ledger all do. Precondition:
  // not known.
  void accept(const MessageId& id, std::uint64_t body, RoomId room, std::size_t fewest = kFewest);

  // Someone waits for the acknowledgement of a message that was said again before it was published.
  struct Repeat {
    ReactorId reactor;
    ConnectionId connection;
    RequestId request;
    MessageId id;
  };
  void repeat(const Repeat& repeat) { repeats_.push_back(repeat); }
  std::size_t repeats() const { return repeats_.size(); }
  // Those of a message, in order; they are handed over.
  std::vector<Repeat> take_repeats(const MessageId& id);

  // It stands there now, or has long stood there. Preconditions: accepted, and not published.
  void publish(const MessageId& id, RoomId room, Sequence sequence, WallTime time);
  // It could not be stored, so it may be said again. Preconditions as above.
  void forget(const MessageId& id);

 private:
  std::size_t place_of(const MessageId& id) const;

  // A ring: the oldest stands at oldest_, and what is said next takes its place. Most people never
  // say much, so it begins empty. The ids stand by themselves, at the same places, since each
  // message is looked up among them under the hub's lock.
  std::vector<MessageId> ids_;
  std::vector<Known> known_;
  std::size_t oldest_ = 0;
  std::vector<Repeat> repeats_;
};

}  // namespace chat
