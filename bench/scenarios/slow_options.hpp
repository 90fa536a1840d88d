// The scenario "slow" on the command line.
#pragma once

#include <expected>
#include <string>

#include "bench/load/common_options.hpp"
#include "bench/load/report.hpp"

namespace chat::bench {

struct SlowOptions : CommonOptions, TalkOptions {
  double stuck_share = 0.1;        // of the clients: 0 or more, below 1
  std::uint32_t room_log_mib = 4;  // what the server keeps of a room's log

  std::uint32_t stuck() const;
  std::uint32_t healthy() const { return clients - stuck(); }
};

// As scenarios.hpp says.
CLI::App& add_scenario(CLI::App& app, SlowOptions& options);
std::expected<Report, std::string> run_scenario(const SlowOptions& options);

}  // namespace chat::bench
