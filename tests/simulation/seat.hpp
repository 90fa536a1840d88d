#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>

#include "libchat/connection_table.hpp"
#include "libchat/ids.hpp"
#include "tests/simulation/client.hpp"
#include "tests/simulation/person.hpp"
#include "tests/simulation/reactor.hpp"

namespace chat::sim {

// A client and the connection that it is on.
struct Link {
  Reactor* reactor;
  ConnectionId connection;
  std::unique_ptr<Client> client;
  bool hung_up = false;  // its sending side is closed
  // Since when the server may end it for what the client has done.
  std::optional<Moment> doomed_at{};
};

// Where one person sits, with or without a connection.
struct Seat {
  Person person;  // as it was when the latest connection began, or the last one ended
  std::unique_ptr<Link> link{};
  // Connections that a later one has taken the place of, or tries to, oldest first.
  std::deque<Link> former{};
  // Reactors that may still tell the hub what connections asked for that are gone.
  std::set<const Reactor*> pending{};
  // The reactor that has to tell the hub that the last connection is gone.
  Reactor* untold = nullptr;

  // As it knows it now.
  const Person& known() const { return link ? link->client->person() : person; }
};

}  // namespace chat::sim
