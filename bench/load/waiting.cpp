#include "bench/load/waiting.hpp"

#include <algorithm>
#include <utility>

namespace chat::bench {

Done wait_for_the_rest(Crowd& crowd, Duration patience, const Outstanding& outstanding,
                       const Waiting& waiting) {
  Instant last_progress = Clock::now();
  std::uint64_t before = outstanding();
  while (before > 0 && crowd.connected() > 0) {
    if (auto polled = crowd.poll(kLongestPoll); !polled)
      return polled;
    const Instant now = Clock::now();
    const std::uint64_t after = outstanding();
    if (std::exchange(before, after) != after)
      last_progress = now;
    if (now - last_progress > patience)
      break;
    waiting(now);
  }
  return {};
}

Done poll_for(Crowd& crowd, Duration duration) {
  const Instant end = Clock::now() + duration;
  for (Instant now = Clock::now(); now < end; now = Clock::now())
    if (auto polled = crowd.poll(std::min<Duration>(end - now, kLongestPoll)); !polled)
      return polled;
  return {};
}

Done listen_for_more(Crowd& crowd) {
  return poll_for(crowd, std::chrono::milliseconds(100));
}

}  // namespace chat::bench
