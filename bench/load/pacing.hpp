// When the next message is due.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "bench/load/clock.hpp"

namespace chat::bench {

// Messages at fixed times, whatever the server does. Latency counts from the time a message was
// due, not from when the tool came to send it: otherwise a server that stalls would be asked less
// often just while it is slow, and look better than it is ("coordinated omission").
struct OpenLoop {
  double per_second = 0;  // above 0
};

// As many messages as the server takes, with at most this many of them not yet seen by a watching
// client. A message is only due when the server has delivered an earlier one, so by nature the
// percentiles suffer from coordinated omission: a stall shows in at most `window` messages, however
// long it is. They compare servers under full load; for latencies as people meet them, use
// OpenLoop.
struct ClosedLoop {
  std::uint64_t window = 0;  // above 0
};

using Load = std::variant<OpenLoop, ClosedLoop>;

// A value; any thread.
class Pacing {
 public:
  Pacing(const Load& load, Instant start) : load_(load), start_(start) {}

  // From when on the next message counts, if it may be sent now. `sent` messages went out before,
  // and `seen` of them have been seen by the watching client.
  std::optional<Instant> due(Instant now, std::uint64_t sent, std::uint64_t seen) const;

  // How long it is until the next message is due by the clock, at most `longest`.
  Duration pause(Instant now, std::uint64_t sent, Duration longest) const;

 private:
  Instant due_at(const OpenLoop& load, std::uint64_t sent) const;

  Load load_;
  Instant start_;
};

}  // namespace chat::bench
