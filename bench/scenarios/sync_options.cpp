#include "bench/scenarios/sync_options.hpp"

#include <CLI/CLI.hpp>

namespace chat::bench {

CLI::App& add_scenario(CLI::App& app, SyncOptions& options) {
  CLI::App& sync = *app.add_subcommand("sync", "No server: writes to the disk and syncs it");
  sync.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  sync.add_option("--folder", options.folder, "Where to write; the file is gone at the end")
      ->required()
      ->type_name("DIR")
      ->check(CLI::ExistingDirectory.description(""));
  sync.add_option("--bytes", options.bytes, "Of each write")
      ->check(CLI::Range(1U, 1U << 24))
      ->capture_default_str();
  sync.add_option("--count", options.count, "How many writes, one after the other")
      ->check(CLI::Range(1U, 1'000'000U))
      ->capture_default_str();
  sync.add_flag("--json", options.json, "Report for machines on standard output");
  return sync;
}

}  // namespace chat::bench
