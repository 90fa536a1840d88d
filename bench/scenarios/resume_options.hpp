// The scenario "resume" on the command line.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

#include "bench/load/common_options.hpp"
#include "bench/load/own_server.hpp"
#include "bench/load/report.hpp"
#include "bench/load/sync_times.hpp"

namespace chat::bench {

struct ResumeOptions : CommonOptions, OwnServerOptions, DiskOptions {
  std::uint32_t missed = 0;  // messages that each of the clients misses
  bool restart = false;      // the server, before they come back
  std::uint32_t text_bytes = 64;
  double bystanders_rate = 200;              // messages per second of the two bystanders
  Duration quiet = std::chrono::seconds(2);  // in which only they do something
};

// As scenarios.hpp says.
CLI::App& add_scenario(CLI::App& app, ResumeOptions& options);
std::expected<Report, std::string> run_scenario(const ResumeOptions& options);

}  // namespace chat::bench
