// The command line.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "client/configuration.hpp"
#include "net/endpoint.hpp"

namespace chat::client {

// The exit status where the command line makes no sense, or makes none in this terminal.
inline constexpr int kUsageError = 2;

struct Options {
  net::HostPort server;
  std::optional<std::string> nickname;  // nothing: the user is to be asked
  std::string offered_nickname;         // then
  std::vector<std::string> rooms;       // to be entered at the start
  Configuration configuration;
  bool plain = false;  // lines in, lines out, without a screen
  bool times = false;  // the plain lines tell when
};

// How the program ends when it should not go on: what --help and --version print is out already,
// as is the sentence about a mistake.
struct ExitNow {
  int status;
};

std::expected<Options, ExitNow> parse_options(int argc, char** argv);

}  // namespace chat::client
