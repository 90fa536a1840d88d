#include "client/connection.hpp"

#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>
#include <variant>

namespace chat::client {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kReadBudget = 64 * 1024;

// Waits for `events`; false when they did not come before `end`.
bool wait_for(int fd, short events, steady_clock::time_point end) {
  pollfd entry{fd, events, 0};
  while (true) {
    const auto left = std::chrono::ceil<milliseconds>(end - steady_clock::now()).count();
    const int ready = ::poll(&entry, 1, static_cast<int>(std::max<decltype(left)>(left, 0)));
    if (ready >= 0 || errno != EINTR)
      return ready > 0;
  }
}

int finish_connecting(int fd, milliseconds patience) {
  if (!wait_for(fd, POLLOUT, steady_clock::now() + patience))
    return ETIMEDOUT;
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

// Small messages go out at once, and a server that vanished is noticed.
void set_options(int fd) {
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  const int idle_seconds = 60;
  ::setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle_seconds, sizeof idle_seconds);
}

// The connected socket, or errno.
std::expected<net::UniqueFd, int> connect_to(const net::SocketAddress& address,
                                             milliseconds patience) {
  net::UniqueFd socket(::socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket)
    return std::unexpected(errno);
  if (::connect(socket.get(), address.get(), address.size) != 0) {
    const int error = errno == EINPROGRESS ? finish_connecting(socket.get(), patience) : errno;
    if (error != 0)
      return std::unexpected(error);
  }
  set_options(socket.get());
  return socket;
}

std::string sentence_for(int error) {
  return fmt::format("{}.", std::generic_category().message(error));
}

}  // namespace

std::expected<Connection, net::Failure> Connection::open(const net::HostPort& where,
                                                         milliseconds patience) {
  const auto addresses = net::resolve(where, false);
  if (!addresses)
    return std::unexpected(addresses.error());
  int error = 0;
  for (const auto& address : *addresses) {
    auto socket = connect_to(address, patience);
    if (socket)
      return Connection(std::move(*socket));
    error = socket.error();
  }
  return std::unexpected(net::Failure{error, "connecting to " + net::to_string(where)});
}

void Connection::send(const protocol::ClientMessage& message) {
  std::visit([this](const auto& m) { protocol::append_frame(unsent_, m); }, message);
}

void Connection::flush() {
  while (!unsent_.empty()) {
    const ssize_t sent = ::send(fd(), unsent_.data(), unsent_.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR)
      continue;
    if (sent < 0) {
      // A broken connection takes nothing more; polling for output would never sleep.
      if (errno != EAGAIN)
        unsent_.clear();
      return;
    }
    unsent_.erase(unsent_.begin(), unsent_.begin() + sent);
  }
}

Connection::Received Connection::receive() {
  Received received;
  std::array<std::uint8_t, kReadBudget> buffer;
  const ssize_t size = ::recv(fd(), buffer.data(), buffer.size(), 0);
  if (size > 0)
    take(ByteView(buffer).first(static_cast<std::size_t>(size)), received);
  else if (size == 0)
    received.ended = "";
  else if (errno != EAGAIN && errno != EINTR)
    received.ended = sentence_for(errno);
  return received;
}

void Connection::take(ByteView bytes, Received& received) {
  bool understood = true;
  const auto framed = decoder_.feed(bytes, [&](const Frame& frame) {
    auto message = protocol::decode_server_message(frame);
    if (!message)
      return understood = message.error() == protocol::Fault::unknown_type;
    // PROTOCOL.md, "Messages both ways": the last frame of its sender.
    if (std::holds_alternative<protocol::Goodbye>(*message))
      received.ended = "";
    received.messages.push_back(std::move(*message));
    return !received.ended;
  });
  if (!framed || !understood)
    received.ended = "What the server sent could not be understood.";
}

void Connection::finish(milliseconds patience) {
  const auto end = steady_clock::now() + patience;
  flush();
  while (wants_write() && wait_for(fd(), POLLOUT, end))
    flush();
  ::shutdown(fd(), SHUT_WR);
  // Closing with unread input would reset the connection, and the goodbye might be lost with it.
  // With the clock in the condition, or a server that never stops would never be left.
  while (steady_clock::now() < end && wait_for(fd(), POLLIN, end) && !receive().ended) {
  }
}

}  // namespace chat::client
