// The scenario "faults" on the command line.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

#include "bench/load/common_options.hpp"
#include "bench/load/report.hpp"

namespace chat::bench {

struct FaultsOptions : CommonOptions {
  double resets_per_second = 0;  // of all clients together
  Duration seconds{};
  std::uint32_t senders = 0;                // 1 to clients; 0: a fifth of them
  double rate = 200;                        // of messages, per second
  std::uint32_t window = 8;                 // messages of one sender that are not acknowledged
  Duration away = std::chrono::seconds(1);  // until a client is back, at most
  bool may_miss = false;                    // what falls out of the log meanwhile
  std::uint32_t text_bytes = 64;
  std::uint64_t seed = 1;  // of what is broken when
};

// As scenarios.hpp says.
CLI::App& add_scenario(CLI::App& app, FaultsOptions& options);
std::expected<Report, std::string> run_scenario(const FaultsOptions& options);

}  // namespace chat::bench
