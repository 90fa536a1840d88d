#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "libchat/ids.hpp"
#include "libchat/protocol.hpp"
#include "libchat/room_log.hpp"

namespace chat {

// What fits into the one frame of a history, beside its own fields.
inline constexpr std::size_t kHistoryBytes = kMaxFrameLength - 64;
inline constexpr std::size_t kMostHistory = 500;

struct LogHistory {
  std::vector<protocol::HistoryMessage> messages;  // ascending
  // Ends where the log ends: the messages below are no longer held.
  bool reached_tail = false;
};

// The messages of a log right below the number `before`, none below `oldest`, at most `count` and
// as many as fit into one history. Looks at some of the log only, and so may give fewer, but at
// least one if there is any. Under the hub's lock.
LogHistory history_of(const RoomLog& log, Sequence before, Sequence oldest, std::size_t count);

}  // namespace chat
