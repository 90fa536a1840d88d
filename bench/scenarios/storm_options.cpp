#include "bench/scenarios/storm_options.hpp"

#include <CLI/CLI.hpp>

namespace chat::bench {

CLI::App& add_scenario(CLI::App& app, StormOptions& options) {
  CLI::App& storm = *app.add_subcommand(
      "storm", "All clients come into the lobby as fast as they can, and vanish together");
  add_common_options(storm, options);
  storm
      .add_option("--at-once", options.at_once,
                  "So many are on their way in at a time; more than the server's listening queue "
                  "holds (net.core.somaxconn at most) come a second later")
      ->check(CLI::Range(1U, kMaxClients))
      ->capture_default_str();
  storm.add_flag("--without-goodbye", options.without_goodbye,
                 "They vanish without a word, so their sessions wait for the server's "
                 "--resume-seconds; have more --patience than that");
  add_seconds_option(storm, "--quiet", options.quiet, "How long it is quiet before and after");
  storm
      .add_option("--bystanders", options.bystanders, "Clients who talk in another room meanwhile")
      ->check(CLI::Range(1U, 1000U))
      ->capture_default_str();
  storm.add_option("--rate", options.rate, "Messages per second of the bystanders")
      ->check(CLI::Range(0.001, 1e6))
      ->capture_default_str();
  return storm;
}

}  // namespace chat::bench
