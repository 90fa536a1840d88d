// The scenario "crash": a server is killed and started again on its store, again and again, while
// clients talk; what was acknowledged, or seen by anyone, must be there afterwards, once and in
// order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/load/away.hpp"
#include "bench/load/connection_breaker.hpp"
#include "bench/load/crowd.hpp"
#include "bench/load/dice.hpp"
#include "bench/load/histogram.hpp"
#include "bench/load/pacing.hpp"
#include "bench/load/progress.hpp"
#include "bench/load/sender_turns.hpp"
#include "bench/load/server_program.hpp"
#include "bench/load/waiting.hpp"
#include "bench/protocols/returning.hpp"
#include "bench/scenarios/conversations.hpp"
#include "bench/scenarios/crash_options.hpp"

namespace chat::bench {

struct CrashResult {
  Verdict verdict;                 // of rooms and pairs
  std::uint64_t whispers = 0;      // of those sent
  std::uint64_t crashes = 0;       // of the server
  std::uint64_t resets = 0;        // connections that were reset
  std::uint64_t killed = 0;        // clients whose place another one took
  std::uint64_t resumed = 0;       // sessions that were taken up again
  std::uint64_t fresh = 0;         // new sessions of those who had one before
  std::uint64_t too_early = 0;     // came while the server still had an earlier connection
  std::uint64_t repeated = 0;      // messages said again, since they were not acknowledged
  std::uint64_t gaps = 0;          // told to clients
  std::uint64_t other_epochs = 0;  // welcomes to another epoch than the first one
  Histogram all_back;              // from the start of the server to everybody in their rooms
  std::uint64_t all_back_not = 0;  // starts after which the next crash came before that
  Duration duration{};             // of all
  Troubles troubles;

  bool clean() const {
    return verdict.clean() && verdict.sent > 0 && gaps == 0 && other_epochs == 0 &&
           troubles.count() == 0;
  }
};

// One thread; runs once.
class Crash final : private CrowdEvents, private ReturningEvents, private BreakerEvents {
 public:
  // The command line that starts the server, and the first one that it has started, which listens
  // where the pool's options.clients clients will connect.
  Crash(const CrashOptions& options, std::vector<std::string> server_command, ServerProgram server,
        ClientPool pool);
  Crash(const Crash&) = delete;
  Crash& operator=(const Crash&) = delete;

  // Gives a result, also a bad one, when the server only ended as it was ended; else a sentence.
  std::expected<CrashResult, std::string> run();

 private:
  struct Member {
    std::uint64_t server = 1;  // number of the one to which it has last connected
    std::uint64_t back = 1;    // and of the one on which it was last back
    bool is_here = true;       // in its rooms, through the connection that it has
  };

  // Of MessageEvents; this dialect tells by ReturningEvents.
  void posted(ClientIndex, Sequence, std::string_view, Instant) override {}
  void acknowledged(ClientIndex, std::uint32_t, Sequence) override {}

  void greeting(ClientIndex client) override { breaker_.greeting(client); }
  void was_reset(ClientIndex client) override { broke(client); }
  void say_much(ClientIndex client, Dice& dice) override;
  void broke(ClientIndex client) override;
  bool has_lost_connection(ClientIndex client) override;
  void back(ClientIndex client, const Return& how) override;
  void came_too_early(ClientIndex client) override;
  void heard(ClientIndex client, Place place, Sequence sequence, std::string_view text) override;
  void recalled(ClientIndex client, Sequence sequence, std::string_view text) override;
  void acknowledged(ClientIndex client, Place place, std::uint32_t number,
                    Sequence sequence) override;
  void missed(ClientIndex client, Place place, Sequence from, Sequence to) override;

  Done let_in();
  Done crash_again_and_again();
  Done let_all_catch_up();
  Done end_server();

  // Everything goes on until then, while the server should run.
  Done live_until(Instant end);
  // One turn of that, for at most so long.
  Done live(Duration longest);
  Done kill_server();
  Done start_server();
  Done check_server();

  void talk(Instant now);
  void say(ClientIndex sender, const Conversations::Line& line);
  void say_last_words();

  void kill_clients_due(Instant now);
  void replace(ClientIndex client);
  // It has no connection any more, and comes back in so long.
  void note_away(ClientIndex client, Duration away);
  void bring_back(Instant now);

  Duration pause(Instant now, Duration longest) const;
  std::uint64_t outstanding() const;
  void judge();
  void show_progress(Instant now, std::string_view doing);

  CrashOptions options_;
  std::vector<std::string> server_command_;
  ServerProgram server_;
  Conversations conversations_;
  ReturningDialect* dialect_ = nullptr;  // the crowd's
  Crowd crowd_;
  ConnectionBreaker breaker_;
  Progress progress_;
  Dice dice_;
  Dice talk_dice_;
  std::vector<Member> members_;
  Away away_;
  SenderTurns turns_;
  std::optional<Pacing> talk_pacing_;  // with the next one: while they talk and are killed
  std::optional<Pacing> kill_pacing_;
  std::uint64_t servers_ = 1;   // that were started
  std::uint32_t are_back_ = 0;  // clients, on the last one
  bool is_serving_ = true;
  std::string failure_;  // of the system
  CrashResult result_;
};

Report report_of(const CrashOptions& options, const CrashResult& result);

}  // namespace chat::bench
