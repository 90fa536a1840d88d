#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "libchat/detached_sessions.hpp"
#include "net/endpoint.hpp"
#include "server/liveness.hpp"
#include "server/store/store_options.hpp"

namespace chat::server {

struct Options {
  std::vector<net::HostPort> listen;
  std::string log_level;
  std::optional<std::size_t> max_connections;  // without: as many as there are descriptors for
  std::size_t reactors = 1;
  std::size_t room_log_bytes = 0;
  std::size_t all_logs_bytes = 0;
  Timeouts timeouts;
  DetachedLimits detached;
  std::optional<store::StoreOptions> store;  // without: messages are kept in memory alone
  std::uint16_t history = 100;
  // Instead of serving: looks at the store, or copies it into a file.
  bool check = false;
  std::optional<std::filesystem::path> backup;
};

// What the command line asks for: to serve, or to end at once with an exit code (after --help, or
// after a sentence on standard error about what is wrong).
struct ParsedOptions {
  std::optional<Options> options;
  int exit_code = 0;
};
ParsedOptions parse_options(int argc, const char* const* argv);

}  // namespace chat::server
