// The scenario "faults": clients lose their connections at random points of the stream, and take
// their sessions up again; nothing may be lost, come twice, or come in another order by that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "bench/load/away.hpp"
#include "bench/load/connection_breaker.hpp"
#include "bench/load/crowd.hpp"
#include "bench/load/dice.hpp"
#include "bench/load/histogram.hpp"
#include "bench/load/oracle.hpp"
#include "bench/load/pacing.hpp"
#include "bench/load/pair_oracle.hpp"
#include "bench/load/process_stats.hpp"
#include "bench/load/progress.hpp"
#include "bench/load/sender_turns.hpp"
#include "bench/load/waiting.hpp"
#include "bench/protocols/resuming.hpp"
#include "bench/scenarios/faults_options.hpp"

namespace chat::bench {

struct FaultsResult {
  Verdict verdict;             // of room and pairs; what a gap told of is neither expected nor lost
  std::uint64_t whispers = 0;  // of those sent
  std::uint64_t resets = 0;    // connections that were reset
  std::uint64_t resumed = 0;   // sessions that were taken up again
  std::uint64_t interrupted = 0;  // resets before the welcome to a connection had come
  std::uint64_t repeated = 0;     // messages said again, since they were not acknowledged
  std::uint64_t fresh = 0;        // new sessions where one was to be taken up again
  std::uint64_t gaps = 0;         // told to clients
  std::uint64_t missed = 0;       // messages in them
  Histogram resuming;             // from the begin of connecting to the welcome
  Histogram catching_up;          // from there to all that anybody had got when the welcome came
  Histogram latency;              // of deliveries; those to clients who were away count, too
  Duration connecting{};          // first connect to last welcome, before the first reset
  Duration own_cpu{};             // of this process, from then on
  ServerUse server;               // the same of the server
  Troubles troubles;

  // `may_miss`: what falls out of a log while a client is away is no fault.
  bool clean(bool may_miss) const {
    return verdict.clean() && fresh == 0 && (may_miss || gaps == 0) && troubles.count() == 0;
  }
};

// The first clients talk: by chance to the room, or to their partner in a pair; meanwhile their
// connections break. One thread; runs once.
class Faults final : private CrowdEvents, private ResumeEvents, private BreakerEvents {
 public:
  // The pool is for options.clients clients.
  Faults(const FaultsOptions& options, ClientPool pool);
  Faults(const Faults&) = delete;
  Faults& operator=(const Faults&) = delete;

  // Gives a result, also a bad one, when all clients came in; else a sentence.
  std::expected<FaultsResult, std::string> run();

 private:
  struct Member {
    Instant connected{};          // when it last began to
    bool is_here = true;          // welcome through the connection that it has
    bool is_catching_up = false;  // to `behind`
    std::uint64_t behind = 0;
  };

  void posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) override;
  void whispered(ClientIndex client, Sequence sequence, std::string_view text, Instant at) override;
  void acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) override;
  bool missed(ClientIndex client, Sequence from, Sequence to) override;
  void greeting(ClientIndex client) override { breaker_.greeting(client); }
  void was_reset(ClientIndex client) override { broke(client); }
  void say_much(ClientIndex client, Dice& dice) override;
  void broke(ClientIndex client) override;
  void resumed(ClientIndex client, Instant at, std::size_t repeated) override;
  void lost_session(ClientIndex client) override;

  Done let_in();
  Done break_and_talk();
  Done let_all_catch_up();

  void talk(Instant now);
  void say(ClientIndex sender, Instant due);
  bool has_partner(ClientIndex sender) const;

  void bring_back(Instant now);

  void check_caught_up(ClientIndex client, Instant at);
  Duration pause(Instant now) const;
  std::uint64_t outstanding() const;
  void judge();
  void show_progress(Instant now, std::string_view doing);

  FaultsOptions options_;
  Crowd crowd_;
  ConnectionBreaker breaker_;
  Oracle oracle_;                         // of the room
  std::vector<PairOracle> pair_oracles_;  // of clients 0 and 1, 2 and 3, ...
  Progress progress_;
  Dice talk_dice_;
  std::vector<Member> members_;
  Away away_;
  SenderTurns turns_;
  Pacing talk_pacing_;
  bool breaking_ = false;
  std::uint64_t furthest_ = 0;  // message of the room that anybody has got
  std::string failure_;         // of the system
  FaultsResult result_;
};

Report report_of(const FaultsOptions& options, const FaultsResult& result);

}  // namespace chat::bench
