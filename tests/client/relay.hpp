// A network between a client and its server that fails when a test says so.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "net/unique_fd.hpp"

namespace chat::test {

// Listens on a port of 127.0.0.1 that the kernel chose, and passes on what comes there to a
// server's port, and back, in a thread of its own. What is done to it has happened when the call
// returns. Its own functions are for one thread.
class Relay {
 public:
  explicit Relay(std::uint16_t server_port);
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

  // From now on what the server sends gets no further, up to the next cut().
  void hold_answers();
  // Resets all connections, at both ends, and refuses further ones.
  void cut();
  // Takes connections again, to this port of 127.0.0.1.
  void mend(std::uint16_t server_port);

 private:
  struct Link {
    net::UniqueFd client;
    net::UniqueFd server;
  };

  void run();
  void break_all();
  void accept();
  void pass_on();
  void wake() const;

  net::UniqueFd wake_;
  net::UniqueFd reserved_;  // keeps the port while nobody listens
  std::uint16_t port_ = 0;
  std::mutex mutex_;  // for what follows
  net::UniqueFd listener_;
  std::uint16_t server_port_;
  std::vector<Link> links_;
  bool holds_answers_ = false;
  bool cuts_ = false;
  bool ends_ = false;
  std::condition_variable cut_;
  std::thread thread_;
};

}  // namespace chat::test
