// A relay between clients and a server, which passes everything on, and does one fault to what goes
// to one of the clients.
#pragma once

#include <poll.h>

#include <cstddef>
#include <cstdint>
#include <list>
#include <thread>
#include <vector>

#include "net/unique_fd.hpp"
#include "tests/bench/frame_fault.hpp"

namespace chat::test {

// For a server at 127.0.0.1. Listens on another port there, in a thread of its own until it goes
// out of scope.
class Relay {
 public:
  // The fault is done to message `which`, from 1, of those that go through connection `victim`,
  // from 0: not the first one, since a client that comes first may be special.
  Relay(std::uint16_t server_port, Fault fault, std::uint32_t which = 10, std::size_t victim = 1);
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  std::uint16_t port() const { return port_; }

 private:
  struct Link {
    net::UniqueFd client;
    net::UniqueFd server;
    FrameFault to_client;
  };

  void run();
  void accept_client();
  bool pass_on(Link& link, bool from_client, bool from_server);

  std::uint16_t server_port_;
  Fault fault_;
  std::uint32_t which_;
  std::size_t victim_;
  net::UniqueFd listener_;
  std::uint16_t port_ = 0;
  net::UniqueFd stop_;        // an eventfd
  std::list<Link> links_;     // the thread's
  std::size_t accepted_ = 0;  // the thread's
  std::thread thread_;        // last: it uses the others
};

}  // namespace chat::test
