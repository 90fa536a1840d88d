#include "server/listener.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <system_error>

namespace chat::server {
namespace {

bool set_option(int socket, int level, int option, int value) {
  return ::setsockopt(socket, level, option, &value, sizeof value) == 0;
}

bool set_options(int socket, int family) {
  return set_option(socket, SOL_SOCKET, SO_REUSEADDR, 1) &&
         set_option(socket, SOL_SOCKET, SO_SNDBUF, kSocketBufferBytes) &&
         set_option(socket, SOL_SOCKET, SO_RCVBUF, kSocketBufferBytes) &&
         // What is sent is gathered before, so there is nothing to wait for.
         set_option(socket, IPPROTO_TCP, TCP_NODELAY, 1) &&
         (family != AF_INET6 || set_option(socket, IPPROTO_IPV6, IPV6_V6ONLY, 1));
}

}  // namespace

std::expected<Listener, net::Failure> listen_on(const net::SocketAddress& address) {
  const auto failure = [doing = "listening on " + to_string(address)] {
    return net::last_failure(doing);
  };
  Listener listener{
      net::UniqueFd(::socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)), {}};
  const int socket = listener.socket.get();
  if (socket < 0 || !set_options(socket, address.family()) ||
      ::bind(socket, address.get(), address.size) != 0 || ::listen(socket, SOMAXCONN) != 0 ||
      ::getsockname(socket, listener.address.get(), &listener.address.size) != 0)
    return std::unexpected(failure());
  return listener;
}

std::variant<Accepted, AcceptPause> accept_from(const net::UniqueFd& listener) {
  while (true) {
    Accepted accepted;
    accepted.socket = net::UniqueFd(::accept4(listener.get(), accepted.peer.get(),
                                              &accepted.peer.size, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (accepted.socket)
      return accepted;
    switch (errno) {
      case EAGAIN:
        return AcceptPause::none_waiting;
      case EMFILE:
      case ENFILE:
      case ENOBUFS:
      case ENOMEM:
      case ENOSR:
        return AcceptPause::exhausted;
      // Errors of the connection that was waiting, not of the listener (accept(2), "Error
      // handling").
      case EINTR:
      case ECONNABORTED:
      case EPROTO:
      case EPERM:
      case ENETDOWN:
      case ENOPROTOOPT:
      case EHOSTDOWN:
      case ENONET:
      case EHOSTUNREACH:
      case EOPNOTSUPP:
      case ENETUNREACH:
      case ETIMEDOUT:
      case ESOCKTNOSUPPORT:
      case EPROTONOSUPPORT:
        continue;
      default:
        throw std::system_error(errno, std::generic_category(), "accepting a connection");
    }
  }
}

}  // namespace chat::server
