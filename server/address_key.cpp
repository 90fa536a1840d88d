#include "server/address_key.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <cstring>

#include "net/endpoint.hpp"

namespace chat::server {
namespace {

AddressKey key_of(const in6_addr& address) {
  std::uint32_t words[4];
  std::memcpy(words, &address, sizeof(words));
  // IPv4 in IPv6 clothes (RFC 4291, 2.5.5.2) counts as IPv4.
  return AddressKey{IN6_IS_ADDR_V4MAPPED(&address) ? words[3] : words[0] ^ words[1]};
}

}  // namespace

AddressKey address_key(int socket) {
  net::SocketAddress peer;
  if (::getpeername(socket, peer.get(), &peer.size) != 0)
    return {};
  switch (peer.family()) {
    case AF_INET: {
      sockaddr_in address;
      std::memcpy(&address, &peer.storage, sizeof(address));
      return AddressKey{address.sin_addr.s_addr};
    }
    case AF_INET6: {
      sockaddr_in6 address;
      std::memcpy(&address, &peer.storage, sizeof(address));
      return key_of(address.sin6_addr);
    }
    default:
      return {};
  }
}

}  // namespace chat::server
