#pragma once

#include <expected>

#include "net/endpoint.hpp"
#include "net/failure.hpp"

namespace chat::bench {

// The first address of a host at which a server accepts a connection: "localhost" may be [::1] and
// 127.0.0.1, and the server listens on one of them. Blocks.
std::expected<net::SocketAddress, net::Failure> find_server(const net::HostPort& where);

}  // namespace chat::bench
