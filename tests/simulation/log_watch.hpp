// The rooms' logs, held to the memory that they may take: what is above a limit is there only since
// readers may not have heard yet of what a round has added.
#pragma once

#include <cstddef>
#include <map>

#include "libchat/hub.hpp"
#include "libchat/room_log.hpp"
#include "tests/simulation/truth.hpp"

namespace chat::sim {

// One thread.
class LogWatch {
 public:
  LogWatch(std::size_t room_retention, std::size_t total_retention)
      : room_retention_(room_retention), total_retention_(total_retention) {}

  // After each entry into the hub. Throws Violation.
  void look(const Hub& hub, const Truth& truth);

 private:
  struct Seen {
    Position head;
    Position before_own;     // the head before the latest round that added to this log
    Position before_any;     // the head before the latest round that added to any
    Position end_of_oldest;  // of the oldest segment that it holds
    std::size_t bytes = 0;   // in segments
  };

  bool is_longer(const RoomLog& log) const;
  void see(const RoomLog& log, bool any_is_longer);
  void check(std::size_t log_bytes) const;

  std::size_t room_retention_;
  std::size_t total_retention_;
  std::map<RoomId, Seen> logs_;
};

}  // namespace chat::sim
