#pragma once

#include <chrono>
#include <cstdint>

#include "server/coarse_time.hpp"

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

  explicit Liveness(MonotonicTime now) : seen_(now), since_(now) {}

  void heard(MonotonicTime now) {
    seen_ = CoarseTime(now);
    if (phase_ == Phase::pinged)
      phase_ = Phase::open;
  }
  void took(MonotonicTime now) {
    heard(now);
    if (phase_ == Phase::open)
      since_ = CoarseTime(now);
  }
  // Output is pending from now on.
  void blocked(MonotonicTime now) {
    if (phase_ == Phase::open || phase_ == Phase::pinged)
      since_ = CoarseTime(now);
  }
  void said_hello(MonotonicTime now) {
    if (phase_ == Phase::unnamed)
      begin(Phase::open, now);
  }
  // Said after the ping was sent: that the kernel took the ping is no sign of life.
  void pinged(MonotonicTime now) { begin(Phase::pinged, now); }
  void ending(MonotonicTime now) { begin(Phase::ending, now); }

  // `pending`: output waits for the peer to take it.
  Verdict check(MonotonicTime now, bool pending, const Timeouts& timeouts) const {
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
        return since_.time() + timeouts.hello;
      case Phase::ending:
        return since_.time() + timeouts.ending;
      case Phase::open:
      case Phase::pinged:
        break;
    }
    if (pending)
      return since_.time() + timeouts.stalled;
    return phase_ == Phase::pinged ? since_.time() + timeouts.pong
                                   : seen_.time() + timeouts.silence;
  }

 private:
  enum class Phase : std::uint8_t { unnamed, open, pinged, ending };

  void begin(Phase phase, MonotonicTime now) {
    phase_ = phase;
    since_ = CoarseTime(now);
  }

  CoarseTime seen_;  // the last sign of life
  // When output was last taken or began to wait; before the hello, after a ping that nothing waited
  // behind, and at the end: when that phase began.
  CoarseTime since_;
  Phase phase_ = Phase::unnamed;
};

}  // namespace chat::server
