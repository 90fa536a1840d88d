// The command line.
#pragma once

#include <expected>
#include <string>

#include "bench/scenarios/scenarios.hpp"

namespace chat::bench {

// Why there is nothing to run: help was asked for, or the line is wrong.
struct NoRun {
  int exit_status;   // 0 for help, 2 for a wrong line
  std::string text;  // for standard output or standard error, with the final newline
};

std::expected<ScenarioOptions, NoRun> parse_command_line(int argc, const char* const* argv);

}  // namespace chat::bench
