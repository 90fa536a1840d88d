#include "bench/scenarios/faults_options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace chat::bench {
namespace {

// A server knows again at least so many of a session's messages (PROTOCOL.md, "Sessions").
constexpr std::uint32_t kMostUnacknowledged = 256;
constexpr std::uint32_t kUsualShareOfSenders = 5;

}  // namespace

CLI::App& add_scenario(CLI::App& app, FaultsOptions& options) {
  CLI::App& faults = *app.add_subcommand(
      "faults", "Connections of clients in one room are reset at random points; they resume");
  add_common_options(faults, options);
  faults
      .add_option("--resets-per-second", options.resets_per_second,
                  "Connections that are reset, of all together")
      ->required()
      ->check(CLI::Range(0.001, 1e6));
  add_seconds_option(faults, "--seconds", options.seconds, "How long that goes on")->required();
  faults
      .add_option("--senders", options.senders,
                  "How many of them talk, in the room and by whispers (default: a fifth)")
      ->check(CLI::Range(1U, kMaxClients));
  faults
      .add_option("--rate", options.rate, "Messages per second, of all together; half are whispers")
      ->check(CLI::Range(0.001, 1e6))
      ->capture_default_str();
  faults
      .add_option("--window", options.window,
                  "Messages that one of them says before the first is acknowledged, at most")
      ->check(CLI::Range(1U, kMostUnacknowledged))
      ->capture_default_str();
  add_seconds_option(faults, "--away", options.away, "How long one is away, at most");
  faults.add_flag("--may-miss", options.may_miss,
                  "What falls out of the room's log while one is away is no fault");
  add_text_bytes_option(faults, options.text_bytes)->capture_default_str();
  faults.add_option("--seed", options.seed, "Of the chances by which connections are reset")
      ->capture_default_str();
  faults
      .add_option_function<std::string>(
          "--processes",
          [](const std::string&) {
            throw CLI::ValidationError("faults runs in one process: its clients share one oracle");
          })
      ->group("");
  faults.callback([&] {
    if (options.senders > options.clients)
      throw CLI::ValidationError("--senders is how many of the --clients talk; it cannot be more");
    if (options.senders == 0)
      options.senders = std::max(1U, options.clients / kUsualShareOfSenders);
  });
  return faults;
}

}  // namespace chat::bench
