// floor: the least that can be done for a message.

#include <sys/signalfd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <string>
#include <system_error>

#include "bench/floor/broadcast.hpp"
#include "bench/floor/loop.hpp"
#include "bench/floor/options.hpp"
#include "bench/floor/pair_relay.hpp"
#include "net/file_limit.hpp"
#include "server/listener.hpp"

namespace {

using namespace chat;

void say(const std::string& sentence) {
  std::fputs(("floor: " + sentence + "\n").c_str(), stderr);
}

// Readable when the program is asked to end.
net::UniqueFd block_ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  net::UniqueFd descriptor(::signalfd(-1, &signals, SFD_CLOEXEC));
  if (!descriptor)
    throw std::system_error(errno, std::generic_category(), "creating a signalfd");
  return descriptor;
}

// The server's own listener, so that the sockets have the same options as the server's.
std::expected<server::Listener, net::Failure> listen(const net::HostPort& where) {
  const auto addresses = net::resolve(where, true);
  if (!addresses)
    return std::unexpected(addresses.error());
  return server::listen_on(addresses->front());
}

std::unique_ptr<floor::Exchange> exchange_for(floor::Mode mode) {
  switch (mode) {
    case floor::Mode::batched:
      return std::make_unique<floor::Broadcast>(floor::Sends::one_per_round);
    case floor::Mode::naive:
      return std::make_unique<floor::Broadcast>(floor::Sends::one_per_message);
    case floor::Mode::relay:
      break;
  }
  return std::make_unique<floor::PairRelay>();
}

int serve(const floor::Options& options) {
  const net::UniqueFd stop = block_ending_signals();
  if (const auto files = net::raise_file_limit(); !files) {
    say(describe(files.error()));
    return EXIT_FAILURE;
  }
  const auto listener = listen(options.listen);
  if (!listener) {
    say(describe(listener.error()));
    return 2;
  }
  const auto exchange = exchange_for(options.mode);
  floor::Loop loop(*listener, stop, *exchange);
  say("listening on " + to_string(listener->address));
  loop.run();
  return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
  const auto options = floor::parse_command_line(argc, argv);
  if (!options) {
    std::fputs(options.error().text.c_str(), options.error().exit_status == 0 ? stdout : stderr);
    return options.error().exit_status;
  }
  try {
    return serve(*options);
  } catch (const std::exception& failure) {
    say(failure.what());
    return EXIT_FAILURE;
  }
}
