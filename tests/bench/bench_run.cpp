#include "tests/bench/bench_run.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "tests/support/process.hpp"

namespace chat::test {

BenchOutcome run_bench(const std::string& scenario, std::uint16_t port,
                       const std::string& options) {
  return run_bench(scenario, "--server 127.0.0.1:" + std::to_string(port) + " " + options);
}

BenchOutcome run_bench(const std::string& scenario, const std::string& options,
                       const std::vector<std::string>& environment) {
  std::vector<std::string> arguments{CHAT_BENCH, scenario, "--json"};
  std::istringstream words(options);
  for (std::string word; words >> word;)
    arguments.push_back(word);
  Process bench(arguments, {}, environment);
  const auto status = bench.wait_for_exit();
  REQUIRE_MESSAGE(status.has_value(), bench.standard_error());
  const std::string report = bench.standard_output();
  return {*status, report.empty() ? nlohmann::json() : nlohmann::json::parse(report),
          bench.standard_error()};
}

}  // namespace chat::test
