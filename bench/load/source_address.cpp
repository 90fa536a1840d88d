#include "bench/load/source_address.hpp"

#include <netinet/in.h>

#include <cstring>

namespace chat::bench {

std::optional<net::SocketAddress> source_for(ClientIndex client, const net::SocketAddress& server) {
  constexpr std::uint32_t kSources = 32;
  constexpr std::uint32_t kFirst = 2;
  if (server.family() != AF_INET)
    return std::nullopt;
  sockaddr_in address{};
  std::memcpy(&address, server.get(), sizeof address);
  if (ntohl(address.sin_addr.s_addr) >> 24 != IN_LOOPBACKNET)
    return std::nullopt;
  address.sin_addr.s_addr = htonl(IN_LOOPBACKNET << 24 | (kFirst + client % kSources));
  address.sin_port = 0;
  net::SocketAddress source;
  std::memcpy(source.get(), &address, sizeof address);
  source.size = sizeof address;
  return source;
}

}  // namespace chat::bench
