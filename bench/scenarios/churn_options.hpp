// The scenario "churn" on the command line.
#pragma once

#include <expected>
#include <string>

#include "bench/load/common_options.hpp"
#include "bench/load/report.hpp"

namespace chat::bench {

struct ChurnOptions : CommonOptions {
  double rate = 0;  // of visits, per second
  Duration seconds{};
  std::uint32_t watchers = 2;  // who stay, beside the clients
  std::uint32_t text_bytes = 64;
};

// As scenarios.hpp says.
CLI::App& add_scenario(CLI::App& app, ChurnOptions& options);
std::expected<Report, std::string> run_scenario(const ChurnOptions& options);

}  // namespace chat::bench
