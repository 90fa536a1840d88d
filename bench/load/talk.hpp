// What the clients of a crowd say in their room, and when.
#pragma once

#include "bench/load/common_options.hpp"
#include "bench/load/crowd.hpp"
#include "bench/load/oracle.hpp"
#include "bench/load/pacing.hpp"
#include "bench/load/waiting.hpp"

namespace chat::bench {

// The first clients of the crowd talk by turns, as the load of the options says. The oracle learns
// what is sent here, and from the scenario what comes. One thread.
class Talk {
 public:
  // Begins at `start`. Crowd and oracle outlive it. What the client `watcher` has seen counts for
  // a closed loop.
  Talk(Crowd& crowd, Oracle& oracle, const TalkOptions& options, ClientIndex watcher, Instant start)
      : crowd_(crowd),
        oracle_(oracle),
        options_(options),
        watcher_(watcher),
        pacing_(options.load, start) {}

  // Sends what is due before `end`, however late it is, and polls meanwhile.
  Done send_until(Instant end, const Waiting& waiting);

 private:
  void send_due(Instant now, Instant end);

  Crowd& crowd_;
  Oracle& oracle_;
  TalkOptions options_;
  ClientIndex watcher_;
  Pacing pacing_;
};

}  // namespace chat::bench
