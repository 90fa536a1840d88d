#include "bench/scenarios/fanout_options.hpp"

#include <CLI/CLI.hpp>

namespace chat::bench {

CLI::App& add_scenario(CLI::App& app, FanoutOptions& options) {
  CLI::App& fanout = *app.add_subcommand("fanout", "All clients in one room; some of them talk");
  add_options_of_rooms(fanout, options);
  return fanout;
}

}  // namespace chat::bench
