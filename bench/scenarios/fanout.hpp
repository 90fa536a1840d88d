// The scenario "fanout": all clients in one room, some of them talk, everybody must get everything.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "bench/load/crowd.hpp"
#include "bench/load/histogram.hpp"
#include "bench/load/oracle.hpp"
#include "bench/load/process_stats.hpp"
#include "bench/load/progress.hpp"
#include "bench/load/waiting.hpp"
#include "bench/scenarios/fanout_options.hpp"

namespace chat::bench {

struct FanoutResult {
  Verdict verdict;
  Histogram latency;        // of every delivery
  Histogram last_delivery;  // of every message: until the last client of all had it
  Duration connecting{};    // first connect to last welcome
  Duration delivering{};    // first message to last delivery
  Duration own_cpu{};       // of this process, while delivering
  ServerUse entering;       // of the server, while the clients came in
  ServerUse server;         // of the server, while delivering
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
  void posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) override;
  void acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) override;

  Done let_in();
  Done deliver();
  void show_progress(Instant now, std::string_view doing);

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
