// The scenario "slow": as fanout, but a part of the members does not read, until the server's log
// has passed them. Then they do, and must be told what they missed.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "bench/load/crowd.hpp"
#include "bench/load/histogram.hpp"
#include "bench/load/oracle.hpp"
#include "bench/load/process_stats.hpp"
#include "bench/load/progress.hpp"
#include "bench/load/waiting.hpp"
#include "bench/scenarios/slow_options.hpp"

namespace chat::bench {

struct SlowResult {
  Verdict verdict;                // of all; what the stuck ones were told is missing is not lost
  std::uint64_t missed = 0;       // so much that was
  std::uint32_t passed = 0;       // how many of the stuck ones missed something
  std::uint64_t deliveries = 0;   // to the healthy ones
  Histogram latency;              // of those
  Duration connecting{};          // first connect to last welcome
  Duration delivering{};          // first message to last delivery to a healthy one
  Duration own_cpu{};             // of this process, while delivering
  ServerUse server;               // from before the first connect to the last of these deliveries
  ServerUse talking;              // the same from the first message
  std::uint64_t tcp_before = 0;   // bytes in the kernel, before the first message
  std::uint64_t tcp_highest = 0;  // and while some were stuck
  Troubles troubles;

  bool clean() const { return verdict.clean() && troubles.count() == 0; }
};

// One thread; runs once.
class Slow final : private CrowdEvents {
 public:
  // The pool is for options.clients clients.
  Slow(const SlowOptions& options, ClientPool pool);
  Slow(const Slow&) = delete;
  Slow& operator=(const Slow&) = delete;

  // Gives a result, also a bad one, when all clients came in; else a sentence.
  std::expected<SlowResult, std::string> run();

 private:
  void posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) override;
  void acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) override;
  bool missed(ClientIndex client, Sequence from, Sequence to) override;

  Done let_in();
  Done talk();
  Done let_all_read();
  bool is_stuck(ClientIndex client) const { return client >= options_.healthy(); }
  std::uint64_t outstanding_for_healthy() const;
  // Looks at the kernel's memory, some times a second.
  void watch(Instant now, std::string_view doing);

  SlowOptions options_;
  Crowd crowd_;
  Oracle oracle_;
  Progress progress_;
  std::vector<bool> passed_;  // by client
  Instant last_delivery_{};
  Instant next_look_{};
  SlowResult result_;
};

Report report_of(const SlowOptions& options, const SlowResult& result);

}  // namespace chat::bench
