// The scenario "crash" on the command line.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "bench/load/common_options.hpp"
#include "bench/load/report.hpp"

namespace chat::bench {

struct CrashOptions : CommonOptions {
  CrashOptions() { clients = 50; }

  std::string server_program;               // empty: the chat-server that was built with this
  std::vector<std::string> server_options;  // more of them
  std::string data;                         // folder of the store; empty: a temporary one
  std::string durability = "power";
  std::uint32_t cycles = 10;
  Duration seconds_per_cycle = std::chrono::seconds(1);  // until the server is killed, at most
  double resets_per_second = 0;                          // of all clients together
  double client_kills_per_second = 0;
  std::uint32_t senders = 0;  // 1 to clients; 0: a fifth of them
  std::uint32_t rooms = 4;
  double rate = 500;          // of messages, per second
  std::uint32_t window = 16;  // messages of one sender that are not acknowledged
  Duration away = std::chrono::milliseconds(200);  // until a client is back, at most
  std::uint32_t text_bytes = 64;
  std::uint64_t seed = 1;
};

// As scenarios.hpp says.
CLI::App& add_scenario(CLI::App& app, CrashOptions& options);
std::expected<Report, std::string> run_scenario(const CrashOptions& options);

}  // namespace chat::bench
