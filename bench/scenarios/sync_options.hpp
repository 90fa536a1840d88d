// The scenario "sync" on the command line: no server, only the disk that one would write to.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>

#include "bench/load/common_options.hpp"
#include "bench/load/report.hpp"

namespace chat::bench {

struct SyncOptions : CommonOptions {
  std::filesystem::path folder;
  std::uint32_t bytes = 4096;
  std::uint32_t count = 1000;
};

// As scenarios.hpp says.
CLI::App& add_scenario(CLI::App& app, SyncOptions& options);
std::expected<Report, std::string> run_scenario(const SyncOptions& options);

}  // namespace chat::bench
