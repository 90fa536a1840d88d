// The scenario "idle" on the command line.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "bench/load/common_options.hpp"
#include "bench/load/report.hpp"

namespace chat::bench {

struct IdleOptions : CommonOptions {
  std::vector<std::uint32_t> steps;  // how many clients there are at each, ascending; not empty
  Duration settle = std::chrono::seconds(60);  // at each step, before it is measured
};

// As scenarios.hpp says.
CLI::App& add_scenario(CLI::App& app, IdleOptions& options);
std::expected<Report, std::string> run_scenario(const IdleOptions& options);

}  // namespace chat::bench
