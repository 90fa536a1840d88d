// How long to wait before the next try to reach the server.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <utility>

namespace chat::client {

// Waits double from kFirst to kLongest. The second half of each is random, so that the clients of a
// server that was restarted do not all come back at the same moment. A plain value.
class Backoff {
 public:
  static constexpr std::chrono::milliseconds kFirst{500};
  static constexpr std::chrono::milliseconds kLongest{60'000};
  // After a connection that lasted for this long the waits begin anew; a server that takes one in
  // and drops one again and again is not stormed.
  static constexpr std::chrono::seconds kLasting{10};
  // A server that restarts is soon back: the waits are short for a while.
  static constexpr std::chrono::milliseconds kFirstOfRestart{200};
  static constexpr std::chrono::milliseconds kLongestOfRestart{1'000};
  static constexpr std::chrono::seconds kRestart{60};

  using Time = std::chrono::steady_clock::time_point;
  // Evenly distributed, from 0 to below 1.
  using Random = std::function<double()>;

  explicit Backoff(Random random) : random_(std::move(random)) {}

  // The wait before the next try, after one that failed or a connection that was lost.
  std::chrono::milliseconds next(Time now);
  // The server has said that it restarts.
  void restarts(Time now);
  // The server has taken us in; no effect when it has before on this connection.
  void reached(Time now);

 private:
  Random random_;
  std::chrono::milliseconds longest_ = kFirst;  // of the next wait
  std::optional<Time> reached_;                 // since when there is a connection that works
  std::optional<Time> restarted_until_;
};

}  // namespace chat::client
