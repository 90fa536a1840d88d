#pragma once

#include <chrono>
#include <cstdint>

#include "server/timer_wheel.hpp"

namespace chat::server {

struct Timeouts {
  std::chrono::milliseconds hello{10'000};     // from connecting to the first hello
  std::chrono::milliseconds silence{60'000};   // without a sign of life, until a ping
  std::chrono::milliseconds pong{30'000};      // from the ping, without one, until the end
  std::chrono::milliseconds stalled{300'000};  // output pending and none taken
  std::chrono::milliseconds ending{2'000};     // to take what is owed, and then to close
};

// Whether a peer is alive: it is when a byte came from it or a byte was taken by it. Decides what
// is to be done, and does nothing itself. Owned by one reactor.
class Liveness {
 public:
  enum class Verdict { alive, silent, hello_timeout, ping_timeout, stalled, ended };

  explicit Liveness(MonotonicTime now) : seen_(now), taken_(now), phase_began_(now) {}

  void heard(MonotonicTime now) { seen_ = now; }
  void took(MonotonicTime now) { seen_ = taken_ = now; }
  // Output is pending from now on.
  void blocked(MonotonicTime now) { taken_ = now; }
  void said_hello(MonotonicTime now) {
    if (phase_ == Phase::unnamed)
      begin(Phase::open, now);
  }
  void pinged(MonotonicTime now) { begin(Phase::pinged, now); }
  void ending(MonotonicTime now) { begin(Phase::ending, now); }

  // `pending`: output waits for the peer to take it.
  Verdict check(MonotonicTime now, bool pending, const Timeouts& timeouts) {
    answer_ping();
    if (now < deadline(pending, timeouts))
      return Verdict::alive;
    switch (phase_) {
      case Phase::unnamed:
        return Verdict::hello_timeout;
      case Phase::ending:
        return Verdict::ended;
      case Phase::open:
        return pending ? Verdict::stalled : Verdict::silent;
      case Phase::pinged:
        return pending ? Verdict::stalled : Verdict::ping_timeout;
    }
    return Verdict::alive;
  }

  // When to check again.
  MonotonicTime deadline(bool pending, const Timeouts& timeouts) const {
    switch (phase_) {
      case Phase::unnamed:
        return phase_began_ + timeouts.hello;
      case Phase::ending:
        return phase_began_ + timeouts.ending;
      case Phase::open:
      case Phase::pinged:
        break;
    }
    if (pending)
      return taken_ + timeouts.stalled;
    return phase_ == Phase::pinged ? phase_began_ + timeouts.pong : seen_ + timeouts.silence;
  }

 private:
  enum class Phase : std::uint8_t { unnamed, open, pinged, ending };

  void begin(Phase phase, MonotonicTime now) {
    phase_ = phase;
    phase_began_ = now;
  }

  void answer_ping() {
    if (phase_ == Phase::pinged && seen_ > phase_began_)
      phase_ = Phase::open;
  }

  MonotonicTime seen_;   // the last sign of life
  MonotonicTime taken_;  // when output was last taken, or began to wait
  MonotonicTime phase_began_;
  Phase phase_ = Phase::unnamed;
};

}  // namespace chat::server
