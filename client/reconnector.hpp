// When the server is tried again, and how that goes.
#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <utility>

#include "client/backoff.hpp"
#include "client/connection.hpp"
#include "client/connector.hpp"
#include "net/endpoint.hpp"
#include "net/failure.hpp"

namespace chat::client {

// One thread; see Connector.
class Reconnector {
 public:
  using Time = Backoff::Time;

  Reconnector(net::HostPort server, Backoff::Random random)
      : server_(std::move(server)), backoff_(std::move(random)) {}

  // A connection is wanted, after a wait. No effect while one is awaited.
  void want(Time now);
  // The next try is now.
  void try_now();
  // No connection is wanted any more.
  void stop();
  // The server has said that it restarts; see Backoff.
  void restarts(Time now) { backoff_.restarts(now); }
  // The server has taken us in; see Backoff.
  void reached(Time now) { backoff_.reached(now); }

  // Begins a try when it is time for it, and says how one went that is over.
  std::optional<std::expected<Connection, net::Failure>> step(Time now);

  // To poll for input; -1 when no try is under way.
  int fd() const { return connector_.fd(); }
  // Until the next try, if one is waited for; never negative.
  std::optional<std::chrono::milliseconds> wait(Time now) const;

 private:
  net::HostPort server_;
  Backoff backoff_;
  Connector connector_;
  std::optional<Time> next_try_;
};

}  // namespace chat::client
