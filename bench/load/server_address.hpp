#pragma once

#include <expected>

#include "bench/load/clock.hpp"
#include "net/endpoint.hpp"
#include "net/failure.hpp"

namespace chat::bench {

// The first address of a host at which a server accepts a connection; tries it, and closes it
// again. Each address has `patience` to answer. Blocks.
std::expected<net::SocketAddress, net::Failure> find_server(const net::HostPort& where,
                                                            Duration patience);

}  // namespace chat::bench
