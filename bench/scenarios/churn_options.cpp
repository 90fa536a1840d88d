#include "bench/scenarios/churn_options.hpp"

#include <CLI/CLI.hpp>

namespace chat::bench {

CLI::App& add_scenario(CLI::App& app, ChurnOptions& options) {
  CLI::App& churn = *app.add_subcommand(
      "churn", "Clients leave one room by turns, come back under their names, and say something");
  add_common_options(churn, options);
  churn.add_option("--rate", options.rate, "Visits per second, of all together")
      ->required()
      ->check(CLI::Range(0.001, 1e6));
  add_seconds_option(churn, "--seconds", options.seconds, "How long they come and go")->required();
  churn.add_option("--watchers", options.watchers, "Clients who stay, beside those who do not")
      ->check(CLI::Range(1U, 10'000U))
      ->capture_default_str();
  add_text_bytes_option(churn, options.text_bytes)->capture_default_str();
  return churn;
}

}  // namespace chat::bench
