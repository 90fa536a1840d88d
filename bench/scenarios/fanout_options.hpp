// The scenario "fanout" on the command line.
#pragma once

#include <expected>
#include <string>

#include "bench/load/common_options.hpp"
#include "bench/load/report.hpp"

namespace chat::bench {

struct FanoutOptions : CommonOptions, TalkOptions {};

// As scenarios.hpp says.
CLI::App& add_scenario(CLI::App& app, FanoutOptions& options);
std::expected<Report, std::string> run_scenario(const FanoutOptions& options);

}  // namespace chat::bench
