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

#include "net/connect.hpp"
#include "net/wait.hpp"

namespace chat::client {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kReadBudget = 64 * 1024;

void set_option(int fd, int level, int name, int value) {
  ::setsockopt(fd, level, name, &value, sizeof value);
}

// Small messages go out at once, and a server that vanished without a word is noticed within a
// minute: by what it does not acknowledge, or in silence by probes (tcp(7)).
void set_options(int fd) {
  set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1);
  set_option(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, 30'000);
  set_option(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
  set_option(fd, IPPROTO_TCP, TCP_KEEPIDLE, 30);
  set_option(fd, IPPROTO_TCP, TCP_KEEPINTVL, 10);
  set_option(fd, IPPROTO_TCP, TCP_KEEPCNT, 3);
}

std::string sentence_for(int error) {
  return fmt::format("{}.", std::generic_category().message(error));
}

}  // namespace

std::expected<Connection, net::Failure> Connection::open(const net::HostPort& where,
                                                         milliseconds patience) {
  auto socket = net::connect_to(where, patience);
  if (!socket)
    return std::unexpected(socket.error());
  set_options(socket->get());
  return Connection(std::move(*socket));
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

void Connection::finish(milliseconds patience,
                        const std::function<void(const protocol::ServerMessage&)>& take) {
  const auto end = steady_clock::now() + patience;
  flush();
  while (wants_write() && net::wait_for(fd(), POLLOUT, end))
    flush();
  ::shutdown(fd(), SHUT_WR);
  // Closing with unread input would reset the connection, and the goodbye might be lost with it.
  // With the clock in the condition, or a server that never stops would never be left.
  while (steady_clock::now() < end && net::wait_for(fd(), POLLIN, end)) {
    const Received received = receive();
    std::ranges::for_each(received.messages, take);
    if (received.ended)
      return;
  }
}

}  // namespace chat::client
