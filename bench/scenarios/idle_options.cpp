#include "bench/scenarios/idle_options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>

namespace chat::bench {
namespace {

void check(IdleOptions& options) {
  if (!options.server_pid)
    throw CLI::ValidationError("idle needs --server-pid: what the server uses is all it measures");
  if (!std::ranges::is_sorted(options.steps, std::ranges::less_equal()))
    throw CLI::ValidationError("--clients of idle must ascend, as in 5000,15000");
  options.clients = options.steps.back();
}

}  // namespace

CLI::App& add_scenario(CLI::App& app, IdleOptions& options) {
  CLI::App& idle = *app.add_subcommand("idle", "Clients in one room, and nobody talks");
  add_server_options(idle, options);
  idle.add_option("--clients", options.steps, "How many there are at each step, as in 5000,15000")
      ->required()
      ->delimiter(',')
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->check(CLI::Range(1U, kMaxClients));
  add_seconds_option(idle, "--settle", options.settle,
                     "How long nothing happens at each step before it is measured");
  idle.callback([&] { check(options); });
  return idle;
}

}  // namespace chat::bench
