// The scenario "churn": clients leave a room and come back, at a rate; others watch all the time.
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
#include "bench/load/pacing.hpp"
#include "bench/load/process_stats.hpp"
#include "bench/load/progress.hpp"
#include "bench/load/waiting.hpp"
#include "bench/scenarios/churn_options.hpp"
#include "bench/scenarios/visitor.hpp"

namespace chat::bench {

struct ChurnResult {
  Verdict verdict;           // of the watchers; what visitors lost or got twice is in it, too
  std::uint64_t visits = 0;  // that came to their end
  Histogram latency;         // of the deliveries to watchers
  Histogram joining;         // from connecting to being in the room
  Histogram visiting;        // from when a visit was due to its end
  Duration connecting{};     // first connect to last welcome, before the first visit
  Duration churning{};       // first visit due to the end of the last
  Duration own_cpu{};        // of this process, while churning
  ServerUse server;          // the same of the server
  Troubles troubles;

  bool clean() const { return verdict.clean() && troubles.count() == 0; }
};

// The watchers are the first clients of the crowd. One thread; runs once.
class Churn final : private CrowdEvents {
 public:
  // The pool is for options.clients visitors and the watchers.
  Churn(const ChurnOptions& options, ClientPool pool);
  Churn(const Churn&) = delete;
  Churn& operator=(const Churn&) = delete;

  // Gives a result, also a bad one, when all clients came in; else a sentence.
  std::expected<ChurnResult, std::string> run();

 private:
  void posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) override;
  void acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) override;
  void presence(ClientIndex client, const Frame& frame, Instant at) override;
  void gone(ClientIndex client) override { coming_.push_back(client); }
  void back(ClientIndex client, Sequence next) override;

  Done let_in();
  Done come_and_go();
  // Begins the visits that are due, each visitor's when all others had theirs, and connects those
  // who have gone.
  void send_them_round(Instant now);
  std::optional<Instant> next_due(Instant now) const;
  Duration pause(Instant now) const;
  void finish(const Visitor& visitor, Instant at);
  std::uint64_t outstanding() const;

  bool is_watcher(ClientIndex client) const { return client < options_.watchers; }
  Visitor& visitor_of(ClientIndex client) { return visitors_[client - options_.watchers]; }

  ChurnOptions options_;
  Crowd crowd_;
  Oracle oracle_;
  Progress progress_;
  std::vector<Visitor> visitors_;
  std::vector<ClientIndex> coming_;  // have gone, and are to connect again
  std::uint64_t begun_ = 0;          // visits
  Pacing pacing_;                    // of the visits
  Instant end_{};                    // of those that are due
  Instant last_visit_{};             // when it was over
  std::string failure_;              // of the system
  Verdict seen_by_visitors_;
  ChurnResult result_;
};

Report report_of(const ChurnOptions& options, const ChurnResult& result);

}  // namespace chat::bench
