// The scenario "commit" on the command line.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

#include "bench/load/common_options.hpp"
#include "bench/load/crowd.hpp"
#include "bench/load/report.hpp"
#include "bench/load/sync_times.hpp"
#include "bench/protocols/keeping.hpp"

namespace chat::bench {

// Senders and readers are dealt out to the rooms by turns.
struct CommitOptions : CommonOptions, DiskOptions {
  Keeper protocol = Keeper::edgechat;
  std::uint32_t senders = 0;
  std::uint32_t readers = 0;  // who do not send
  std::uint32_t rooms = 1;    // 1 to senders
  std::uint32_t window = 0;   // messages of each sender that are under way
  Duration seconds{};
  std::uint32_t text_bytes = 0;
  std::uint32_t at_once = CrowdOptions().at_once;
};

// As scenarios.hpp says.
CLI::App& add_scenario(CLI::App& app, CommitOptions& options);
std::expected<Report, std::string> run_scenario(const CommitOptions& options);

}  // namespace chat::bench
