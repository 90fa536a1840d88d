// The scenario "fanout": all clients in one room, some of them talk, everybody must get everything.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "bench/load/crowd.hpp"
#include "bench/load/histogram.hpp"
#include "bench/load/oracle.hpp"
#include "bench/load/pacing.hpp"
#include "bench/load/process_stats.hpp"
#include "bench/load/progress.hpp"
#include "bench/scenarios/fanout_options.hpp"

namespace chat::bench {

// What the server used.
struct ServerCost {
  Duration cpu{};                   // from the first message to the last delivery
  std::int64_t resident_bytes = 0;  // growth while the clients came in
};

struct FanoutResult {
  Verdict verdict;
  Histogram latency;      // of every delivery
  Duration connecting{};  // first connect to last welcome
  Duration delivering{};  // first message to last delivery
  Duration own_cpu{};     // of this process, while delivering
  std::optional<ServerCost> server;
  Troubles troubles;

  bool clean() const { return verdict.clean() && troubles.count() == 0; }
};

// One thread; runs once.
class Fanout final : private CrowdEvents {
 public:
  // The pool is for options.clients clients.
  Fanout(const FanoutOptions& options, ClientPool pool);
  Fanout(const Fanout&) = delete;
  Fanout& operator=(const Fanout&) = delete;

  // Gives a result, also a bad one, when all clients came in; else a sentence.
  std::expected<FanoutResult, std::string> run();

 private:
  using Done = std::expected<void, std::string>;

  void posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) override;
  void acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) override;

  Done let_in();
  Done deliver();
  Done send_for_the_time(const Pacing& pacing, Instant end);
  Done wait_for_the_rest();
  Done listen_for_more();

  // Sends all that is due before the end.
  void send_due(const Pacing& pacing, Instant now, Instant end);
  void show_progress(Instant now, std::string_view doing);
  std::expected<ProcessStats, std::string> server_stats() const;

  FanoutOptions options_;
  ClientIndex watcher_;
  Crowd crowd_;
  Oracle oracle_;
  Progress progress_;
  Instant last_delivery_{};
  FanoutResult result_;
};

Report report_of(const FanoutOptions& options, const FanoutResult& result);

}  // namespace chat::bench
