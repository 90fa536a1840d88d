// What the command lines of several scenarios have in common.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>

#include "bench/load/clock.hpp"
#include "bench/load/pacing.hpp"
#include "libchat/vocabulary.hpp"
#include "net/endpoint.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace chat::bench {

inline constexpr std::uint32_t kMaxClients = 1'000'000;

// Of every scenario.
struct CommonOptions {
  net::HostPort server{"127.0.0.1", kDefaultPort};
  std::uint32_t clients = 0;
  Duration patience = std::chrono::seconds(10);  // how long to wait for a server that does nothing
  std::optional<pid_t> server_pid;
  bool json = false;
};

// Of those in which some clients talk.
struct TalkOptions {
  std::uint32_t senders = 0;  // 1 to clients
  Load load;
  Duration seconds{};  // of sending
  std::uint32_t text_bytes = 0;
};

// These give the scenario's subcommand options that fill in what is handed over, which outlives the
// app. Of an option that is given twice the last one counts, so that a script's own options can be
// overruled behind them.

// Of CommonOptions, what has to do with neither clients nor a server that runs already; to be
// called first.
void add_run_options(CLI::App& scenario, CommonOptions& options);
// All of CommonOptions but how many clients there are; to be called first.
void add_server_options(CLI::App& scenario, CommonOptions& options);
CLI::Option* add_clients_option(CLI::App& scenario, CommonOptions& options);
void add_common_options(CLI::App& scenario, CommonOptions& options);
// At least one millisecond and at most a day; what is there already stands in the help.
CLI::Option* add_seconds_option(CLI::App& scenario, const std::string& name, Duration& seconds,
                                const std::string& about);
// Texts that a mark fits into and that a server takes.
CLI::Option* add_text_bytes_option(CLI::App& scenario, std::uint32_t& text_bytes);
void add_talk_options(CLI::App& scenario, TalkOptions& options);

// What can only be checked when the line has been read: for the scenario's CLI callback. Throws
// CLI::ValidationError with a sentence, as CLI11 wants it.
void check_talk_options(const CLI::App& scenario, std::uint32_t clients,
                        const TalkOptions& options);

}  // namespace chat::bench
