#pragma once

#include <expected>
#include <variant>

#include "libchat/arrival.hpp"
#include "net/endpoint.hpp"
#include "net/failure.hpp"
#include "net/unique_fd.hpp"

namespace chat::server {

// What the kernel may hold for one connection, each way. Left alone it takes up to 4 MB for a peer
// that never reads; 64 KiB cost no throughput (measured on loopback with 1,000 to 15,000 readers).
inline constexpr int kSocketBufferBytes = 64 * 1024;

struct Listener {
  net::UniqueFd socket;
  net::SocketAddress address;  // as bound: with the port that the kernel chose for port 0
};

// A non-blocking listening socket; what it accepts inherits its options. IPv6 sockets take no IPv4.
std::expected<Listener, net::Failure> listen_on(const net::SocketAddress& address);

struct Accepted {
  net::UniqueFd socket;
  net::SocketAddress peer;
  Arrival arrival{};  // once it is among the Arrivals
};
enum class AcceptPause {
  none_waiting,  // an edge will come
  exhausted,     // descriptors or memory have run out: no edge will come, try again later
};
// Takes the next connection, non-blocking. Connections that were given up by their peer meanwhile
// are passed over. Throws std::system_error when the listener itself is broken.
std::variant<Accepted, AcceptPause> accept_from(const net::UniqueFd& listener);

}  // namespace chat::server
