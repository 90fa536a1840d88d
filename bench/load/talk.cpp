#include "bench/load/talk.hpp"

#include <algorithm>

#include "bench/load/message_text.hpp"

namespace chat::bench {

Done Talk::send_until(Instant end, const Waiting& waiting) {
  for (Instant now = Clock::now(); now < end && crowd_.connected() > 0; now = Clock::now()) {
    send_due(now, end);
    const Duration longest = std::min<Duration>(kLongestPoll, end - now);
    if (auto polled = crowd_.poll(pacing_.pause(now, oracle_.sent(), longest)); !polled)
      return polled;
    waiting(now);
  }
  if (crowd_.connected() > 0)
    send_due(end, end);
  return {};
}

void Talk::send_due(Instant now, Instant end) {
  while (const auto due = pacing_.due(now, oracle_.sent(), oracle_.seen(watcher_))) {
    if (*due >= end)
      return;
    const auto sender = static_cast<ClientIndex>(oracle_.sent() % options_.senders);
    const std::uint32_t number = oracle_.send(sender);
    crowd_.say(sender, number, compose_text({sender, number, *due}, options_.text_bytes));
  }
}

}  // namespace chat::bench
