// Reaches the server while the user goes on typing.
#pragma once

#include <expected>
#include <memory>
#include <optional>

#include "client/connection.hpp"
#include "net/endpoint.hpp"
#include "net/failure.hpp"

namespace chat::client {

// One try at a time, in a thread of its own, because looking up a name blocks (getaddrinfo(3)) and
// cannot be cut short: a try that is no longer wanted is left to itself. All functions are for one
// thread.
class Connector {
 public:
  // Begins a try; see Connection::open(). One that is under way is given up.
  void begin(const net::HostPort& where);
  void give_up() { attempt_.reset(); }
  bool is_trying() const { return attempt_ != nullptr; }

  // To poll for input while a try is under way; -1 otherwise.
  int fd() const;
  // How the try went, once it is over; it is handed over.
  std::optional<std::expected<Connection, net::Failure>> take();

 private:
  struct Attempt;
  std::shared_ptr<Attempt> attempt_;
};

}  // namespace chat::client
