// chat-bench: load tool and oracle.

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <variant>

#include "bench/options.hpp"

namespace {

using namespace chat;

int print(const bench::Report& report) {
  fmt::print("{}", report.text);
  if (!report.troubles.empty())
    fmt::print(stderr, "chat-bench: troubles{}\n", report.troubles);
  return report.clean ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

int main(int argc, char** argv) {
  const auto scenario = bench::parse_command_line(argc, argv);
  if (!scenario) {
    fmt::print(scenario.error().exit_status == 0 ? stdout : stderr, "{}", scenario.error().text);
    return scenario.error().exit_status;
  }
  const auto run = [](const auto& options) { return run_scenario(options); };
  const auto report = std::visit(run, *scenario);
  if (!report) {
    fmt::print(stderr, "chat-bench: {}\n", report.error());
    return EXIT_FAILURE;
  }
  return print(*report);
}
