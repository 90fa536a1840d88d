// The scenario "storm" on the command line.
#pragma once

#include <expected>
#include <string>

#include "bench/load/common_options.hpp"
#include "bench/load/report.hpp"

namespace chat::bench {

struct StormOptions : CommonOptions {
  std::uint32_t at_once = 1024;              // so many are on their way in at a time
  Duration quiet = std::chrono::seconds(2);  // before the storm, and after it
  std::uint32_t bystanders = 10;
  double rate = 200;             // messages per second of the bystanders
  bool without_goodbye = false;  // they vanish
};

// As scenarios.hpp says.
CLI::App& add_scenario(CLI::App& app, StormOptions& options);
std::expected<Report, std::string> run_scenario(const StormOptions& options);

}  // namespace chat::bench
