// The command line.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <expected>
#include <optional>
#include <string>

#include "bench/clock.hpp"
#include "bench/pacing.hpp"
#include "net/endpoint.hpp"

namespace chat::bench {

struct FanoutOptions {
  net::HostPort server;
  std::uint32_t clients = 0;
  std::uint32_t senders = 0;  // 1 to clients
  Load load;
  Duration seconds{};  // of sending
  std::uint32_t text_bytes = 0;
  Duration patience{};  // how long to wait for a server that does nothing
  std::optional<pid_t> server_pid;
  bool json = false;
};

// Why there is nothing to run: help was asked for, or the line is wrong.
struct NoRun {
  int exit_status;   // 0 for help, 2 for a wrong line
  std::string text;  // for standard output or standard error, with the final newline
};

std::expected<FanoutOptions, NoRun> parse_command_line(int argc, const char* const* argv);

}  // namespace chat::bench
