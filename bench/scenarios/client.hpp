// The scenario "client": what the user of chat-client feels of a room with a long history, of a
// quiet one, and of one that is flooded while they type; and what the program takes for it.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "bench/load/dice.hpp"
#include "bench/load/histogram.hpp"
#include "bench/load/own_server.hpp"
#include "bench/load/pty_program.hpp"
#include "bench/load/run_folder.hpp"
#include "bench/load/troubles.hpp"
#include "bench/load/waiting.hpp"
#include "bench/scenarios/client_options.hpp"
#include "bench/scenarios/client_talkers.hpp"

namespace chat::bench {

// What the program did in some time.
struct ClientWork {
  Duration took{};
  Duration cpu{};
  Duration waiting{};        // ready to run, while no processor was free
  std::uint64_t bytes = 0;   // written to the terminal
  std::uint64_t frames = 0;  // pictures that were drawn
};

// Keys, each of which shows as a character in the input line.
struct ClientTyping {
  ClientWork work;
  Histogram echo;             // from the key to the character on the terminal
  std::uint64_t late = 0;     // later than kEchoBar
  std::uint64_t missed = 0;   // of these: also without the time in which there was no processor
  std::uint64_t unheard = 0;  // not within the patience

  bool is_within_bar() const { return echo.count() > 0 && missed == 0 && unheard == 0; }
};

// Of the program, in bytes, at some points of the run.
struct ClientMemory {
  std::uint64_t at_first = 0;            // with the first screen
  std::uint64_t quiet = 0;               // after the quiet room
  std::uint64_t flooded = 0;             // after the flood
  std::optional<std::uint64_t> half_up;  // after half of the pages, when there were so many
  std::uint64_t up = 0;                  // after all of them
};

struct ClientResult {
  Duration filling{};             // of the lobby
  Duration first_screen{};        // from its start until the newest message is shown
  std::uint64_t first_bytes = 0;  // written until then
  ClientWork quiet;
  std::uint64_t flooded = 0;  // messages of the flood
  Duration flooding{};
  ClientWork watching;      // the flood, while nobody types
  ClientTyping typing;      // as a person does
  ClientTyping hammering;   // a key as soon as the one before is shown
  Histogram paging;         // from the key to the first that is written
  std::uint64_t stuck = 0;  // pages for which nothing was written within a second
  bool is_at_top = false;   // the oldest message was shown, and there were no more pages
  ClientMemory memory;
  Troubles troubles;

  bool is_within_bar() const { return typing.is_within_bar() && hammering.is_within_bar(); }
  bool clean() const { return troubles.count() == 0 && is_within_bar(); }
};

// So soon every key is to be answered. What the program, or this tool, has waited for a processor
// meanwhile is no fault of the program's.
inline constexpr Duration kEchoBar = std::chrono::milliseconds(50);

// One thread, beside that of those who talk; runs once.
class ClientRun {
 public:
  // The pool is for options.senders clients. `home` is the program's home; server and home outlive
  // this.
  ClientRun(const ClientOptions& options, const OwnServer& server, const RunFolder& home,
            ClientPool pool);
  ClientRun(const ClientRun&) = delete;
  ClientRun& operator=(const ClientRun&) = delete;

  // Gives a result, also a bad one, when the program came so far that there is something to tell;
  // else a sentence.
  std::expected<ClientResult, std::string> run();

 private:
  // What the program had used and written at a time.
  struct Mark {
    Instant at;
    Duration cpu;
    Duration waiting;
    std::uint64_t bytes;
    std::uint64_t frames;
  };

  Done fill();
  Done start();
  Done watch_quiet_room();
  Done flood();
  Done scroll_up();
  Done end();

  void watch_flood();
  // `pause` is between a character that is shown and the next key; with none, nothing waits.
  void type_on(ClientTyping& typing, Duration shortest, Duration longest);
  // Types another character; false when the program does not answer at all.
  bool press_letter(ClientTyping& typing);
  void press_page_up();
  Duration waited_for_processor() const;

  Mark mark() const;
  ClientWork since(const Mark& before) const;
  std::uint64_t resident() const;
  // A sentence when the program has ended.
  Done still_runs();

  ClientOptions options_;
  const OwnServer& server_;
  const RunFolder& home_;
  ClientTalkers talkers_;
  std::optional<PtyProgram> program_;
  Dice dice_;
  std::size_t letter_ = 0;
  ClientResult result_;
};

Report report_of(const ClientOptions& options, const ClientResult& result);

}  // namespace chat::bench
