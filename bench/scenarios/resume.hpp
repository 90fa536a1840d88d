// The scenario "resume": many clients who have missed much come back at once. How long it takes
// until the last one has everything, and what others feel of it meanwhile.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/load/bystanders.hpp"
#include "bench/load/crowd.hpp"
#include "bench/load/histogram.hpp"
#include "bench/load/oracle.hpp"
#include "bench/load/own_server.hpp"
#include "bench/load/progress.hpp"
#include "bench/load/waiting.hpp"
#include "bench/protocols/resuming.hpp"
#include "bench/scenarios/resume_options.hpp"

namespace chat::bench {

enum class ResumePhase : std::size_t { before, during, after };
inline constexpr std::size_t kResumePhases = 3;

struct ResumeResult {
  Verdict verdict;
  std::uint64_t gaps = 0;   // told to clients
  std::uint64_t fresh = 0;  // new sessions where one was to be taken up again
  std::uint64_t resumed = 0;
  Duration all_back{};    // first connect to the last delivery of what was missed
  Histogram resuming;     // from there to each client's welcome
  Histogram catching_up;  // from there until each one had everything
  Histogram syncs;        // of the disk, before it all
  BystandersResult bystanders;
  Troubles troubles;  // of all but the bystanders

  bool clean() const;
};

// One client talks; the others are away while it does. One thread, beside that of the bystanders;
// runs once.
class Resume final : private CrowdEvents, private ResumeEvents {
 public:
  // The first pool is for options.clients clients and the one who talks, the other one for the
  // bystanders. The server outlives this.
  Resume(const ResumeOptions& options, OwnServer& server, ClientPool pool, ClientPool bystanders);
  Resume(const Resume&) = delete;
  Resume& operator=(const Resume&) = delete;

  // Gives a result, also a bad one, when all came in; else a sentence.
  std::expected<ResumeResult, std::string> run();

  static constexpr std::uint32_t kBystanders = 2;

 private:
  void posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) override;
  void acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) override;
  bool missed(ClientIndex client, Sequence from, Sequence to) override;
  void resumed(ClientIndex client, Instant at, std::size_t repeated) override;
  void lost_session(ClientIndex client) override;

  Done let_in();
  // So that everybody knows a message of the room.
  Done say_the_first();
  Done go_away();
  Done say_what_is_missed();
  Done restart();
  Done let_bystanders_talk();
  Done come_back();
  Done let_bystanders_stop();

  void say();
  std::uint64_t outstanding_for_talker() const;
  std::uint64_t outstanding() const;
  void show_progress(Instant now, std::string_view doing);

  ResumeOptions options_;
  OwnServer& server_;
  Crowd crowd_;
  Bystanders bystanders_;
  Oracle oracle_;
  Progress progress_;
  std::uint64_t acknowledged_ = 0;
  Instant start_{};  // of coming back
  std::uint32_t away_ = 0;
  ResumeResult result_;
};

Report report_of(const ResumeOptions& options, const ResumeResult& result);

}  // namespace chat::bench
