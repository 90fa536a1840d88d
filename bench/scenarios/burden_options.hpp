// The scenario "burden" on the command line.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

#include "bench/load/common_options.hpp"
#include "bench/load/own_server.hpp"
#include "bench/load/report.hpp"
#include "bench/load/sync_times.hpp"

namespace chat::bench {

struct BurdenOptions : CommonOptions, OwnServerOptions, DiskOptions {
  std::uint32_t senders = 20;  // 1 to clients
  double rate = 0;             // messages per second, of all together
  std::uint32_t text_bytes = 64;
  std::uint32_t searchers = 2;
  std::uint32_t turns = 5;                  // of each kind
  Duration turn = std::chrono::seconds(4);  // the length of one
  Duration fill = std::chrono::seconds(3);  // of talking as fast as it goes, before
};

// As scenarios.hpp says.
CLI::App& add_scenario(CLI::App& app, BurdenOptions& options);
std::expected<Report, std::string> run_scenario(const BurdenOptions& options);

}  // namespace chat::bench
