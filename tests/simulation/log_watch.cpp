#include "tests/simulation/log_watch.hpp"

#include <algorithm>
#include <vector>

#include "tests/simulation/violation.hpp"

namespace chat::sim {

void LogWatch::look(const Hub& hub, const Truth& truth) {
  std::vector<const RoomLog*> logs;
  for (const auto& [id, room] : truth.rooms()) {
    if (const RoomLog* const log = hub.log(id))
      logs.push_back(log);
    else
      logs_.erase(id);
  }
  const bool any_is_longer =
      std::ranges::any_of(logs, [this](const RoomLog* log) { return is_longer(*log); });
  for (const RoomLog* log : logs)
    see(*log, any_is_longer);
  check(hub.log_bytes());
}

bool LogWatch::is_longer(const RoomLog& log) const {
  // A log that goes on does not begin at 0.
  const auto place = logs_.find(log.room());
  return place == logs_.end() ? log.tail() < log.head() : log.head() != place->second.head;
}

void LogWatch::see(const RoomLog& log, bool any_is_longer) {
  Seen& seen = logs_[log.room()];
  if (any_is_longer)
    seen.before_any = seen.head;
  if (seen.head != log.head())
    seen.before_own = seen.head;
  seen.head = log.head();
  const auto segments = log.segments_holding(log.tail());
  seen.end_of_oldest = segments.size() > 1 ? segments[1]->begin() : log.head();
  seen.bytes = 0;
  for (const auto& segment : segments)
    seen.bytes += segment->capacity();
}

void LogWatch::check(std::size_t log_bytes) const {
  std::size_t sum = 0;
  bool may_drop = false;
  for (const auto& [id, seen] : logs_) {
    sum += seen.bytes;
    may_drop = may_drop || (seen.bytes > 0 && seen.end_of_oldest <= seen.before_any);
    require(seen.bytes <= room_retention_ || seen.end_of_oldest > seen.before_own,
            "a room's log holds more than it may");
  }
  require(sum == log_bytes, "the rooms' logs do not hold what they are said to");
  require(sum <= total_retention_ || !may_drop, "the rooms' logs hold more than they may");
}

}  // namespace chat::sim
