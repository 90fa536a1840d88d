// Many loopback addresses to connect from.
#pragma once

#include <cstdint>
#include <optional>

#include "bench/load/client_index.hpp"
#include "net/endpoint.hpp"

namespace chat::bench {

// The address a client should connect from. One address has some 28,000 ports towards a server, so
// for a server in 127.0.0.0/8 clients come from 127.0.0.2 to 127.0.0.33 by turns; for all others
// the system chooses.
std::optional<net::SocketAddress> source_for(ClientIndex client, const net::SocketAddress& server);

}  // namespace chat::bench
