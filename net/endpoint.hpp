// Where to listen or connect, as people write it, and as sockets need it.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "net/failure.hpp"

namespace chat::net {

struct HostPort {
  std::string host;  // a name or an address; of "[::1]:80" it is "::1"
  std::uint16_t port = 0;
};

// Takes "host", "host:port", "[v6]", "[v6]:port" and a bare "v6". The error is a sentence.
std::expected<HostPort, std::string> parse_host_port(std::string_view text,
                                                     std::uint16_t default_port);

// "127.0.0.1:1338", "[::1]:1338"
std::string to_string(const HostPort& where);

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = sizeof(sockaddr_storage);

  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
  int family() const { return storage.ss_family; }
};

// "127.0.0.1:40312", with numbers only.
std::string to_string(const SocketAddress& address);

// All TCP addresses of a host, best first (getaddrinfo(3)); blocks while names are looked up.
// `passive` is for listening. Never empty.
std::expected<std::vector<SocketAddress>, Failure> resolve(const HostPort& where, bool passive);

}  // namespace chat::net
