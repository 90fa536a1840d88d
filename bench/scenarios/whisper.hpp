// The scenario "whisper": many pairs of clients in ping-pong.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "bench/load/crowd.hpp"
#include "bench/load/histogram.hpp"
#include "bench/load/process_stats.hpp"
#include "bench/load/progress.hpp"
#include "bench/load/waiting.hpp"
#include "bench/scenarios/ping_pong.hpp"
#include "bench/scenarios/whisper_options.hpp"

namespace chat::bench {

struct WhisperResult {
  Verdict verdict;
  Histogram latency;      // of every whisper, to the one it is for
  Histogram round_trip;   // from a whisper to its answer
  Duration connecting{};  // first connect to last welcome
  Duration whispering{};  // first whisper to last delivery
  Duration own_cpu{};     // of this process, while whispering
  ServerUse server;       // while whispering
  Troubles troubles;

  bool clean() const { return verdict.clean() && troubles.count() == 0; }
};

// One thread; runs once.
class Whisper final : private CrowdEvents {
 public:
  // The pool is for options.clients clients, two for each pair.
  Whisper(const WhisperOptions& options, ClientPool pool);
  Whisper(const Whisper&) = delete;
  Whisper& operator=(const Whisper&) = delete;

  // Gives a result, also a bad one, when all clients came in; else a sentence.
  std::expected<WhisperResult, std::string> run();

 private:
  void posted(ClientIndex, Sequence, std::string_view, Instant) override {}
  void whispered(ClientIndex client, Sequence sequence, std::string_view text, Instant at) override;
  void acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) override;

  Done play();
  Done keep_playing(Instant end);
  void whisper(ClientIndex from);
  void show_progress(Instant now, std::string_view doing);

  WhisperOptions options_;
  Crowd crowd_;
  PingPong ping_pong_;
  Progress progress_;
  bool answering_ = true;
  Instant last_delivery_{};
  WhisperResult result_;
};

Report report_of(const WhisperOptions& options, const WhisperResult& result);

}  // namespace chat::bench
