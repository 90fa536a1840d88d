// The scenario "idle": clients in one room of which nobody talks, and what they cost the server.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/load/crowd.hpp"
#include "bench/load/histogram.hpp"
#include "bench/load/oracle.hpp"
#include "bench/load/process_stats.hpp"
#include "bench/load/progress.hpp"
#include "bench/load/waiting.hpp"
#include "bench/scenarios/idle_options.hpp"

namespace chat::bench {

// While so many clients were there and nothing happened.
struct IdleStep {
  std::uint32_t clients = 0;
  Duration idle{};        // how long that was
  Duration server_cpu{};  // in that time
  // The same of its middle half: before it, all are told how many have come, and behind it the
  // server may ask the silent whether they are still there.
  Duration quiet{};
  Duration quiet_server_cpu{};
  std::uint64_t resident_bytes = 0;  // of the server, at its end
};

struct IdleResult {
  std::vector<IdleStep> steps;
  Verdict verdict;        // of the one message at the end
  Histogram latency;      // of its deliveries
  Duration connecting{};  // of all steps together
  Duration own_cpu{};     // of this process, while nothing happened
  Troubles troubles;

  bool clean() const { return verdict.clean() && troubles.count() == 0; }
  // Resident memory of the server, from the first step to the last. Nothing with one step.
  std::optional<double> bytes_per_connection() const;
};

// One thread; runs once.
class Idle final : private CrowdEvents {
 public:
  // The pool is for options.clients clients.
  Idle(const IdleOptions& options, ClientPool pool);
  Idle(const Idle&) = delete;
  Idle& operator=(const Idle&) = delete;

  // Gives a result, also a bad one, when all clients came in and the server lived on; else a
  // sentence.
  std::expected<IdleResult, std::string> run();

 private:
  void posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) override;
  void acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) override;

  Done let_in(std::uint32_t clients);
  Done measure(std::uint32_t clients);
  Done idle_until(Instant end, std::uint32_t clients);
  Done say_one_message();
  void show_progress(Instant now, std::uint32_t clients);

  IdleOptions options_;
  Crowd crowd_;
  Oracle oracle_;
  std::string room_;
  Progress progress_;
  IdleResult result_;
};

Report report_of(const IdleOptions& options, const IdleResult& result);

}  // namespace chat::bench
