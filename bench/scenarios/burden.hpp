// The scenario "burden": what a room feels of searches and backups.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "bench/load/backups.hpp"
#include "bench/load/crowd.hpp"
#include "bench/load/histogram.hpp"
#include "bench/load/oracle.hpp"
#include "bench/load/own_server.hpp"
#include "bench/load/progress.hpp"
#include "bench/load/searchers.hpp"
#include "bench/load/waiting.hpp"
#include "bench/scenarios/burden_options.hpp"

namespace chat::bench {

struct BurdenResult {
  Verdict verdict;
  Histogram syncs;                   // of the disk, before it all
  std::uint64_t filled = 0;          // messages that were said before the first turn
  std::array<Histogram, 2> latency;  // of deliveries, without the burden and with it
  Histogram backups;                 // how long each took
  SearchersResult searchers;
  Troubles troubles;  // of all but the searchers

  bool clean() const {
    return verdict.clean() && troubles.count() == 0 && searchers.troubles.count() == 0 &&
           searchers.found > 0 && backups.count() > 0;
  }
};

// One thread, beside that of those who search; runs once.
class Burden final : private CrowdEvents {
 public:
  // The first pool is for options.clients clients, the other one for those who search.
  Burden(const BurdenOptions& options, const OwnServer& server, ClientPool pool,
         ClientPool searchers);
  Burden(const Burden&) = delete;
  Burden& operator=(const Burden&) = delete;

  // Gives a result, also a bad one, when all clients came in; else a sentence.
  std::expected<BurdenResult, std::string> run();

 private:
  // A time in which messages are due that count.
  struct Turn {
    Instant start;
    Instant end;
    bool burdened = false;
  };

  void posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) override;
  void acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) override;

  Done let_in();
  Done fill();
  Done take_turns();
  Done wait_for_all();
  // Null when what was due then does not count.
  const Turn* turn_of(Instant due) const;
  void show_progress(Instant now, std::string_view doing);

  BurdenOptions options_;
  Crowd crowd_;
  Searchers searchers_;
  Backups backups_;
  Oracle oracle_;
  Progress progress_;
  std::vector<Turn> turns_;
  std::string failure_;  // of a backup
  BurdenResult result_;
};

Report report_of(const BurdenOptions& options, const BurdenResult& result);

}  // namespace chat::bench
