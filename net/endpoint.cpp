#include "net/endpoint.hpp"

#include <netdb.h>

#include <charconv>
#include <cstring>
#include <memory>

namespace chat::net {
namespace {

std::expected<std::uint16_t, std::string> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (text.empty() || error != std::errc() || end != text.data() + text.size())
    return std::unexpected("'" + std::string(text) + "' is not a port number from 0 to 65535");
  return port;
}

struct Split {
  std::string_view host;
  std::string_view port;
  bool has_port;
};

std::expected<Split, std::string> split(std::string_view text) {
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    if (close == text.npos)
      return std::unexpected("'" + std::string(text) + "' has no closing bracket");
    const auto rest = text.substr(close + 1);
    if (!rest.empty() && !rest.starts_with(':'))
      return std::unexpected("'" + std::string(text) +
                             "' has something other than a port behind ]");
    return Split{text.substr(1, close - 1), rest.empty() ? rest : rest.substr(1), !rest.empty()};
  }
  const auto colon = text.find(':');
  if (colon == text.npos || text.find(':', colon + 1) != text.npos)
    return Split{text, {}, false};
  return Split{text.substr(0, colon), text.substr(colon + 1), true};
}

}  // namespace

std::expected<HostPort, std::string> parse_host_port(std::string_view text,
                                                     std::uint16_t default_port) {
  const auto parts = split(text);
  if (!parts)
    return std::unexpected(parts.error());
  if (parts->host.empty())
    return std::unexpected("'" + std::string(text) + "' names no host");
  HostPort where{std::string(parts->host), default_port};
  if (parts->has_port) {
    const auto port = parse_port(parts->port);
    if (!port)
      return std::unexpected(port.error());
    where.port = *port;
  }
  return where;
}

std::string to_string(const HostPort& where) {
  const bool v6 = where.host.find(':') != std::string::npos;
  return (v6 ? "[" + where.host + "]" : where.host) + ":" + std::to_string(where.port);
}

std::string to_string(const SocketAddress& address) {
  char host[NI_MAXHOST];
  char port[NI_MAXSERV];
  if (getnameinfo(address.get(), address.size, host, sizeof host, port, sizeof port,
                  NI_NUMERICHOST | NI_NUMERICSERV) != 0)
    return "unknown";
  const bool v6 = address.family() == AF_INET6;
  return (v6 ? "[" + std::string(host) + "]" : std::string(host)) + ":" + port;
}

std::expected<std::vector<SocketAddress>, Failure> resolve(const HostPort& where, bool passive) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV | (passive ? AI_PASSIVE : 0);
  addrinfo* found = nullptr;
  const auto port = std::to_string(where.port);
  const int status = getaddrinfo(where.host.c_str(), port.c_str(), &hints, &found);
  const std::string doing = "looking up " + where.host;
  if (status == EAI_SYSTEM)
    return std::unexpected(last_failure(doing));
  if (status != 0)
    return std::unexpected(Failure{0, doing + ": " + gai_strerror(status)});
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
  std::vector<SocketAddress> addresses;
  for (const addrinfo* a = found; a != nullptr; a = a->ai_next) {
    auto& address = addresses.emplace_back();
    std::memcpy(&address.storage, a->ai_addr, a->ai_addrlen);
    address.size = a->ai_addrlen;
  }
  return addresses;
}

}  // namespace chat::net
