// A room whose members are shared by several processes, as one of these sees it.
#pragma once

#include <atomic>
#include <cstdint>
#include <numeric>
#include <span>

#include "bench/load/client_index.hpp"
#include "bench/load/message_text.hpp"

namespace chat::bench {

// How many messages a sender has sent so far. In memory that the processes share.
using SentCount = std::atomic<std::uint32_t>;
static_assert(SentCount::is_always_lock_free);

// The first members of a room are its senders. The processes have its members by turns; those of
// this process are called listeners here, and counted from 0.
struct RoomShare {
  std::uint32_t members = 0;
  std::uint32_t first_sender = 0;  // by which the room's first sender calls itself in texts
  std::span<SentCount> sent;       // by sender of the room
  std::uint32_t process = 0;       // from 0
  std::uint32_t processes = 1;

  std::uint32_t listeners() const {
    return process < members ? (members - process - 1) / processes + 1 : 0;
  }
  // Which member of the room a listener is.
  std::uint32_t member(ClientIndex listener) const { return process + listener * processes; }

  bool has_sender(std::uint32_t sender) const { return sender % processes == process; }
  std::uint64_t sent_in_all() const {
    const auto count = [](std::uint64_t sum, const SentCount& one) { return sum + one.load(); };
    return std::accumulate(sent.begin(), sent.end(), std::uint64_t{0}, count);
  }
  // Has a sender of this room sent it? Whatever the mark claims.
  bool was_sent(const MessageMark& mark) const {
    const std::uint32_t sender = mark.sender - first_sender;
    return sender < sent.size() && mark.number < sent[sender].load();
  }
};

}  // namespace chat::bench
