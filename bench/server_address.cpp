#include "bench/server_address.hpp"

#include <sys/socket.h>

#include "net/unique_fd.hpp"

namespace chat::bench {
namespace {

std::expected<void, net::Failure> try_to_connect(const net::SocketAddress& address) {
  const net::UniqueFd fd(socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!fd)
    return std::unexpected(net::last_failure("opening a socket"));
  if (connect(fd.get(), address.get(), address.size) != 0)
    return std::unexpected(net::last_failure("connecting to " + to_string(address)));
  return {};
}

}  // namespace

std::expected<net::SocketAddress, net::Failure> find_server(const net::HostPort& where) {
  const auto addresses = net::resolve(where, false);
  if (!addresses)
    return std::unexpected(addresses.error());
  net::Failure failure;
  for (const auto& address : *addresses) {
    const auto connected = try_to_connect(address);
    if (connected)
      return address;
    failure = connected.error();
  }
  return std::unexpected(failure);
}

}  // namespace chat::bench
