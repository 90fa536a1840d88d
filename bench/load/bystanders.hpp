// Clients who talk in a room of their own while other things happen to the server.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "bench/load/crowd.hpp"
#include "bench/load/histogram.hpp"
#include "bench/load/oracle.hpp"
#include "bench/load/progress.hpp"
#include "bench/load/talk.hpp"

namespace chat::bench {

// What came of it.
struct BystandersResult {
  Verdict verdict;
  std::vector<Histogram> latency;  // of the deliveries in each phase
  Troubles troubles;
};

// They talk in a thread of their own, so that what else this process does delays them as little as
// it can. Used by one thread.
class Bystanders final : private CrowdEvents {
 public:
  // The pool is for as many clients, none of them connected yet.
  Bystanders(ClientPool pool, std::uint32_t clients, const TalkOptions& talk, Duration patience,
             std::size_t phases);
  Bystanders(const Bystanders&) = delete;
  Bystanders& operator=(const Bystanders&) = delete;

  // Brings them all into their room.
  Done enter();
  // They begin to talk, in phase 0. Precondition: entered.
  void start();
  // What is delivered from now on counts to this phase.
  void begin_phase(std::size_t phase) { phase_ = phase; }
  // They stop talking, and what is still to come is waited for. Precondition: started.
  std::expected<BystandersResult, std::string> stop();

 private:
  void posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) override;
  void acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) override;
  Done talk_until(const std::stop_token& stop);

  std::uint32_t clients_;
  TalkOptions talk_;
  Duration patience_;
  Crowd crowd_;    // the thread's, while it runs
  Oracle oracle_;  // the thread's, while it runs
  Progress silent_{false};
  BystandersResult result_;
  std::atomic<std::size_t> phase_ = 0;
  Done done_;
  std::jthread thread_;  // last: it uses the others
};

}  // namespace chat::bench
