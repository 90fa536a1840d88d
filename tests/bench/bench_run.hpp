// Runs of chat-bench.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace chat::test {

struct BenchOutcome {
  int exit_status = -1;
  nlohmann::json report;  // null when there was none
  std::string errors;     // what it wrote to standard error
};

// A run against a server at 127.0.0.1, with --json; `options` are separated by spaces. Fails the
// test when it does not end.
BenchOutcome run_bench(const std::string& scenario, std::uint16_t port, const std::string& options);
// The same of a scenario that starts a server itself. `environment` as of Program.
BenchOutcome run_bench(const std::string& scenario, const std::string& options,
                       const std::vector<std::string>& environment = {});

}  // namespace chat::test
