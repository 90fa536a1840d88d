// Breaks clients' connections at random points of what goes through them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "bench/load/clock.hpp"
#include "bench/load/crowd.hpp"
#include "bench/load/dice.hpp"
#include "bench/load/pacing.hpp"

namespace chat::bench {

class BreakerEvents {
 public:
  // The client is about to lose its connection amid what it sends: it should say something, by
  // these chances.
  virtual void say_much(ClientIndex client, Dice& dice) = 0;
  // A client's connection has been broken just now.
  virtual void broke(ClientIndex client) = 0;

 protected:
  ~BreakerEvents() = default;
};

// A connection breaks at once, after some more bytes came in, or in the middle of messages that are
// just being sent; now and then the next one breaks during its greeting. Chances are the same for
// the same seed. One thread. Crowd and events outlive it.
class ConnectionBreaker {
 public:
  ConnectionBreaker(Crowd& crowd, std::uint32_t clients, std::uint64_t seed, BreakerEvents& events)
      : crowd_(crowd), events_(events), dice_(seed), is_doomed_(clients) {}

  // From here on so many break per second, of all clients together; 0: none.
  void begin(double per_second, Instant start);
  // From here on none, nor those that were going to.
  void stop();

  // Breaks those whose time has come. For some, the crowd tells later that they were reset.
  void break_due(Instant now);
  // To be told who says hello.
  void greeting(ClientIndex client);
  // To be told that a connection has ended, however that was.
  void ended(ClientIndex client) { is_doomed_[client] = false; }

  // How long it is until the next one is due, at most `longest`.
  Duration pause(Instant now, Duration longest) const;
  // How long to stay away after that: half of them come back at once.
  Duration time_away(Duration longest);

 private:
  void break_one(ClientIndex client);
  void reset(ClientIndex client, std::size_t still_sent);
  void reset_after(ClientIndex client, std::size_t received);

  Crowd& crowd_;
  BreakerEvents& events_;
  Dice dice_;
  std::optional<Pacing> pacing_;  // while some break
  std::uint64_t broken_ = 0;      // that were chosen
  std::vector<bool> is_doomed_;   // by client: its connection breaks when some more bytes have come
};

}  // namespace chat::bench
