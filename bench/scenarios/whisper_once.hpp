// The scenario "whisper --once": many pairs that have whispered once, and what is kept of them.
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
#include "bench/scenarios/whisper_options.hpp"

namespace chat::bench {

struct WhisperOnceResult {
  Verdict verdict;
  Histogram latency;      // of every whisper, to the one it is for
  Duration connecting{};  // first connect to last welcome
  Duration own_cpu{};     // of this process, while whispering
  ServerUse server;       // from before the first whisper until all have settled
  Troubles troubles;

  bool clean() const { return verdict.clean() && troubles.count() == 0; }
};

// One thread; runs once.
class WhisperOnce final : private CrowdEvents {
 public:
  // The pool is for options.clients clients.
  WhisperOnce(const WhisperOptions& options, ClientPool pool);
  WhisperOnce(const WhisperOnce&) = delete;
  WhisperOnce& operator=(const WhisperOnce&) = delete;

  // Gives a result, also a bad one, when all clients came in; else a sentence.
  std::expected<WhisperOnceResult, std::string> run();

 private:
  // What came of a pair's whisper. A server may send it back to its sender.
  struct Pair {
    bool received = false;
    bool echoed = false;
    bool acknowledged = false;
  };

  void posted(ClientIndex, Sequence, std::string_view, Instant) override {}
  void whispered(ClientIndex client, Sequence sequence, std::string_view text, Instant at) override;
  void acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) override;

  Done whisper_all();
  void whisper_next();
  std::uint64_t outstanding() const;
  void judge();
  // Counts what comes once.
  void take(bool& came, std::uint64_t& count);
  void show_progress(Instant now);

  WhisperOptions options_;
  Crowd crowd_;
  Progress progress_;
  std::vector<Pair> pairs_;  // by number, those whose whisper was sent
  std::uint64_t received_ = 0;
  std::uint64_t echoed_ = 0;
  std::uint64_t acknowledged_ = 0;
  WhisperOnceResult result_;
};

Report report_of(const WhisperOptions& options, const WhisperOnceResult& result);

}  // namespace chat::bench
