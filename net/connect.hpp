#pragma once

#include <chrono>
#include <expected>

#include "net/endpoint.hpp"
#include "net/failure.hpp"
#include "net/unique_fd.hpp"

namespace chat::net {

// A TCP connection to the first of a host's addresses that accepts one: "localhost" may be [::1]
// and 127.0.0.1, and the server listens on one of them. Each address has `patience` to answer.
// The socket is non-blocking. Of several failures, gives the last address's. Blocks; any thread.
std::expected<UniqueFd, Failure> connect_to(const HostPort& where,
                                            std::chrono::milliseconds patience);

}  // namespace chat::net
