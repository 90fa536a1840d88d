// Stands in for a chat-server under chat-bench: runs a real one with the same arguments behind a
// relay that does one thing wrong, which the environment variable EDGECHAT_TEST_FAULT names:
// "drop", "twice" or "swap"; or, for "forget", lets it keep nothing, whatever the arguments say.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>
#include <signal.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/relay.hpp"
#include "tests/support/process.hpp"

using namespace chat::test;

namespace {

std::string_view wanted() {
  const char* const name = std::getenv("EDGECHAT_TEST_FAULT");
  return name == nullptr ? "" : name;
}

Fault wanted_fault() {
  const std::string_view fault = wanted();
  return fault == "drop"    ? Fault::drop
         : fault == "twice" ? Fault::twice
         : fault == "swap"  ? Fault::swap
                            : Fault::none;
}

constexpr std::string_view kBeforePort = "listening on 127.0.0.1:";

std::uint16_t port_in(const std::string& line) {
  return static_cast<std::uint16_t>(
      std::stoi(line.substr(line.find(kBeforePort) + kBeforePort.size())));
}

// A server that is killed together with this program may still be about to let its store go when
// the next one is started.
std::optional<std::uint16_t> start(std::optional<Process>& server,
                                   const std::vector<std::string>& arguments) {
  for (const Deadline deadline; !deadline.passed();) {
    server.emplace(arguments);
    if (const auto line = server->wait_for_line(kBeforePort))
      return port_in(*line);
    std::fputs(server->standard_error().c_str(), stderr);
  }
  return std::nullopt;
}

}  // namespace

int main(int argc, char** argv) {
  // For what the relay requires.
  doctest::Context context;
  context.setAsDefaultForAssertsOutOfTestCases();
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGTERM);
  sigprocmask(SIG_BLOCK, &ending, nullptr);
  std::vector<std::string> arguments{CHAT_SERVER};
  arguments.insert(arguments.end(), argv + 1, argv + argc);
  const auto durability = std::ranges::find(arguments, "--durability");
  if (wanted() == "forget" && durability != arguments.end())
    *std::next(durability) = "none";
  std::optional<Process> server;
  const auto port = start(server, arguments);
  if (!port)
    return EXIT_FAILURE;
  // The third message that goes to whoever comes second.
  const Relay relay(*port, wanted_fault(), 3, 1);
  std::fprintf(stderr, "%s%u\n", kBeforePort.data(), unsigned{relay.port()});
  int signal = 0;
  sigwait(&ending, &signal);
  server->signal(SIGTERM);
  return server->wait_for_exit().value_or(EXIT_FAILURE);
}
