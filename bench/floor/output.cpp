#include "bench/floor/output.hpp"

#include <sys/socket.h>

#include <cerrno>

namespace chat::floor {
namespace {

// How many bytes the socket took; fewer than all when it is full or broken.
std::size_t send_now(Client& client, ByteView bytes) {
  ssize_t count;
  do
    count = ::send(client.socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  while (count < 0 && errno == EINTR);
  if (count >= 0) {
    // A stream that took less than was offered is full, and an edge will tell of room (epoll(7)).
    client.blocked = static_cast<std::size_t>(count) < bytes.size();
    return static_cast<std::size_t>(count);
  }
  client.blocked = errno == EAGAIN || errno == EWOULDBLOCK;
  client.broken = !client.blocked;
  return 0;
}

}  // namespace

void send_or_keep(Client& client, ByteView bytes) {
  if (client.broken)
    return;
  const std::size_t sent = client.blocked ? 0 : send_now(client, bytes);
  if (sent < bytes.size() && !client.broken)
    append(client.pending, bytes.subspan(sent));
}

void flush(Client& client) {
  client.blocked = false;
  if (client.pending.empty() || client.broken)
    return;
  client.sent += send_now(client, ByteView(client.pending).subspan(client.sent));
  if (client.sent < client.pending.size() && !client.broken)
    return;
  // Given back: whoever fell behind once may never again.
  client.pending = {};
  client.sent = 0;
}

}  // namespace chat::floor
