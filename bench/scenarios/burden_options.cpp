#include "bench/scenarios/burden_options.hpp"

#include <CLI/CLI.hpp>

namespace chat::bench {
namespace {

void add_turns(CLI::App& burden, BurdenOptions& options) {
  burden.add_option("--turns", options.turns, "How often the burden comes and goes")
      ->check(CLI::Range(1U, 1000U))
      ->capture_default_str();
  add_seconds_option(burden, "--turn-seconds", options.turn,
                     "How long each turn takes, with the burden or without");
  add_seconds_option(burden, "--fill-seconds", options.fill,
                     "How long they talk as fast as it goes, before it all, so that there is "
                     "something to search and to copy");
}

}  // namespace

CLI::App& add_scenario(CLI::App& app, BurdenOptions& options) {
  CLI::App& burden = *app.add_subcommand(
      "burden",
      "Starts a server; some talk in one room, by turns with and without searches and "
      "backups beside it");
  add_run_options(burden, options);
  add_clients_option(burden, options)->required();
  burden.add_option("--senders", options.senders, "How many of them send")
      ->check(CLI::Range(1U, kMaxClients))
      ->capture_default_str();
  burden.add_option("--rate", options.rate, "Messages per second, of all together")
      ->required()
      ->check(CLI::Range(0.001, 1e7));
  add_text_bytes_option(burden, options.text_bytes)->capture_default_str();
  burden
      .add_option("--searchers", options.searchers,
                  "Clients in the same room that search, and again as soon as they are answered")
      ->check(CLI::Range(1U, 1000U))
      ->capture_default_str();
  add_turns(burden, options);
  add_own_server_options(burden, options);
  add_disk_option(burden, options);
  burden.callback([&options] {
    if (options.senders > options.clients)
      throw CLI::ValidationError("--senders is how many of the --clients send; it cannot be more");
  });
  return burden;
}

}  // namespace chat::bench
