// The scenario "client" on the command line.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>

#include "bench/load/common_options.hpp"
#include "bench/load/own_server.hpp"
#include "bench/load/report.hpp"

namespace chat::bench {

struct ClientOptions : CommonOptions, OwnServerOptions {
  std::filesystem::path client_program;  // an executable
  std::uint64_t messages = 1'000'000;    // in the lobby before the client comes; at least 2
  std::uint32_t senders = 4;
  std::uint32_t text_bytes = 64;
  std::uint32_t quiet_messages = 50;            // one at a time
  double rate = 10'000;                         // messages per second of the flood
  Duration seconds = std::chrono::seconds(10);  // of each part of the flood
  std::uint32_t pages = 1000;                   // to scroll up
  std::uint16_t columns = 120;
  std::uint16_t rows = 40;
};

// As scenarios.hpp says.
CLI::App& add_scenario(CLI::App& app, ClientOptions& options);
std::expected<Report, std::string> run_scenario(const ClientOptions& options);

}  // namespace chat::bench
