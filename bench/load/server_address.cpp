#include "bench/load/server_address.hpp"

#include <sys/socket.h>

#include "net/connect.hpp"

namespace chat::bench {

std::expected<net::SocketAddress, net::Failure> find_server(const net::HostPort& where,
                                                            Duration patience) {
  const auto socket =
      net::connect_to(where, std::chrono::ceil<std::chrono::milliseconds>(patience));
  if (!socket)
    return std::unexpected(socket.error());
  net::SocketAddress address;
  if (getpeername(socket->get(), address.get(), &address.size) != 0)
    return std::unexpected(net::last_failure("connecting to " + to_string(where)));
  return address;
}

}  // namespace chat::bench
