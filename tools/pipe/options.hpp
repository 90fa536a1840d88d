// The command line of chat-pipe, and how it ends.
#pragma once

#include <chrono>
#include <expected>
#include <string>

#include "libchat/name.hpp"
#include "net/endpoint.hpp"

namespace chat::pipe {

// Exit statuses; a signal n that ends the input, or everything at once, gives 128 + n.
enum Status : int {
  kAllAcknowledged = 0,
  kNotSent = 1,      // the server has refused something, or does not want this client
  kUsage = 2,        // the command line, or chat-client's configuration, makes no sense
  kNoAnswer = 3,     // the server was not reached, or did not acknowledge everything in time
  kOutputEnded = 4,  // nobody takes what happens
  kInputFailed = 5,  // the input cannot be read; what was read before is acknowledged
  kKilled = 128,
};

struct Options {
  net::HostPort server;
  Nickname nickname;
  RoomName room;
  std::chrono::milliseconds timeout;
  bool listen = false;
};

// How the program ends when it should not go on: what --help and --version print is out already,
// as is the sentence about a mistake.
struct ExitNow {
  int status;
};

std::expected<Options, ExitNow> parse_options(int argc, const char* const* argv);

}  // namespace chat::pipe
