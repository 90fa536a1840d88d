// Clients without a connection, and when each of them comes back.
#pragma once

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "bench/load/client_index.hpp"
#include "bench/load/clock.hpp"

namespace chat::bench {

// One thread.
class Away {
 public:
  // Precondition: the client is not away already.
  void add(ClientIndex client, Instant until) { by_time_.emplace(until, client); }

  // Somebody whose time has come, and who is no longer away.
  std::optional<ClientIndex> take_due(Instant now) {
    if (by_time_.empty() || by_time_.begin()->first > now)
      return std::nullopt;
    return by_time_.extract(by_time_.begin()).value().second;
  }

  bool empty() const { return by_time_.empty(); }
  // How long it is until the next one is due, at most `longest`.
  Duration pause(Instant now, Duration longest) const {
    if (by_time_.empty())
      return longest;
    return std::clamp<Duration>(by_time_.begin()->first - now, Duration::zero(), longest);
  }

 private:
  std::set<std::pair<Instant, ClientIndex>> by_time_;
};

}  // namespace chat::bench
