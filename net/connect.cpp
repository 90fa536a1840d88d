#include "net/connect.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <utility>

#include "net/wait.hpp"

namespace chat::net {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// 0, or what went wrong, as errno.
int finish_connecting(int fd, milliseconds patience) {
  if (!wait_for(fd, POLLOUT, steady_clock::now() + patience))
    return ETIMEDOUT;
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

// The connected socket, or errno.
std::expected<UniqueFd, int> connect_to(const SocketAddress& address, milliseconds patience) {
  UniqueFd socket(::socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket)
    return std::unexpected(errno);
  if (::connect(socket.get(), address.get(), address.size) == 0)
    return socket;
  const int error = errno == EINPROGRESS ? finish_connecting(socket.get(), patience) : errno;
  if (error != 0)
    return std::unexpected(error);
  return socket;
}

}  // namespace

std::expected<UniqueFd, Failure> connect_to(const HostPort& where, milliseconds patience) {
  const auto addresses = resolve(where, false);
  if (!addresses)
    return std::unexpected(addresses.error());
  int error = 0;
  for (const auto& address : *addresses) {
    auto socket = connect_to(address, patience);
    if (socket)
      return std::move(*socket);
    error = socket.error();
  }
  return std::unexpected(Failure{error, "connecting to " + to_string(where)});
}

}  // namespace chat::net
