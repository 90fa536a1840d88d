// The scenario "storm": very many come in as fast as they can, and vanish all at once,
// with a goodbye or without.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "bench/load/bystanders.hpp"
#include "bench/load/crowd.hpp"
#include "bench/load/process_stats.hpp"
#include "bench/load/progress.hpp"
#include "bench/load/waiting.hpp"
#include "bench/scenarios/member_view.hpp"
#include "bench/scenarios/storm_options.hpp"

namespace chat::bench {

enum class StormPhase : std::size_t { before, connecting, present, vanishing, after };
inline constexpr std::size_t kStormPhases = 5;

struct StormResult {
  std::uint32_t refused = 0;           // how many did not come in
  std::optional<Duration> connecting;  // first connect to the last one who is in, if all are
  std::optional<Duration> presence;    // from then until everybody knew who is there
  std::optional<Duration> gone;        // from the first close until that was known again
  bool listed = false;                 // names were announced, not counts
  std::uint32_t wrong_views = 0;       // who did not know rightly who is there
  std::uint32_t hurried_views = 0;     // who was told counts too often
  std::uint32_t members_before = 0;    // as seen by one who is there all the time
  std::uint32_t members_after = 0;
  ServerUse server;    // while connecting
  Duration own_cpu{};  // of this process, while connecting
  BystandersResult bystanders;
  Troubles troubles;  // of all but the bystanders

  bool clean() const;
};

// One thread, beside that of the bystanders; runs once.
class Storm final : private CrowdEvents {
 public:
  // The first pool is for options.clients clients and one who observes, the other one for the
  // bystanders.
  Storm(const StormOptions& options, ClientPool pool, ClientPool bystanders);
  Storm(const Storm&) = delete;
  Storm& operator=(const Storm&) = delete;

  // Gives a result, also a bad one, when the bystanders came in; else a sentence.
  std::expected<StormResult, std::string> run();

 private:
  void posted(ClientIndex, Sequence, std::string_view, Instant) override {}
  void acknowledged(ClientIndex, std::uint32_t, Sequence) override {}
  void presence(ClientIndex client, const Frame& frame, Instant at) override;

  Done prepare();
  Done be_quiet();
  Done come_in();
  Done see_who_is_there();
  Done vanish();
  void begin_phase(StormPhase phase);
  std::unordered_set<UserId> ours(ClientIndex last) const;
  bool is_right(const MemberView& view, const std::unordered_set<UserId>& ours) const;
  std::uint32_t count_wrong_views() const;

  StormOptions options_;
  Crowd crowd_;
  Bystanders bystanders_;
  Progress progress_;
  Instant start_{};                // of the phase
  std::vector<UserId> users_;      // by client; the first one observes
  std::vector<MemberView> views_;  // by client, of the lobby
  MemberView before_;              // the observer's
  StormResult result_;
};

Report report_of(const StormOptions& options, const StormResult& result);

}  // namespace chat::bench
