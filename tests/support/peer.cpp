#include "tests/support/peer.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "net/endpoint.hpp"

namespace chat::test {
namespace {

constexpr RequestId kSettle{0xFFFFFFF0};

net::UniqueFd connect_to(const net::SocketAddress& address) {
  net::UniqueFd socket(::socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket || ::connect(socket.get(), address.get(), address.size) != 0)
    throw std::runtime_error("connecting to " + to_string(address) + ": " + std::strerror(errno));
  return socket;
}

}  // namespace

Peer::Peer(std::uint16_t port, const std::string& host) {
  const auto addresses = net::resolve({host, port}, false);
  if (!addresses)
    fail(describe(addresses.error()));
  socket_ = connect_to(addresses->front());
}

Peer::Peer(std::uint16_t port, const std::string& nickname, const std::string& host)
    : Peer(port, host) {
  send(protocol::Hello{.request = RequestId{1}, .version = 1, .nickname = nickname});
  lobby_ = expect<protocol::RoomOpened>().room;
}

void Peer::send_bytes(ByteView bytes, Deadline deadline) {
  while (true) {
    bytes = bytes.subspan(send_some(bytes));
    if (bytes.empty())
      return;
    if (!wait(POLLOUT, deadline))
      fail("the server does not read");
  }
}

std::size_t Peer::send_some(ByteView bytes) {
  const auto sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent < 0 && errno != EAGAIN)
    fail(std::string("sending: ") + std::strerror(errno));
  return sent < 0 ? 0 : static_cast<std::size_t>(sent);
}

MessageId Peer::message_id() {
  MessageId id;
  std::ranges::generate(id, [&] { return static_cast<std::uint8_t>(random_()); });
  return id;
}

void Peer::say(const std::string& text, RequestId request) {
  send(protocol::Say{.request = request, .room = lobby_, .id = message_id(), .text = text});
}

bool Peer::wait(short events, Deadline deadline) const {
  pollfd waiting{socket_.get(), events, 0};
  return ::poll(&waiting, 1, deadline.poll_timeout()) > 0;
}

// False at the end of the stream.
bool Peer::read_more(Deadline deadline) {
  if (!wait(POLLIN, deadline))
    fail("nothing came in time");
  std::array<std::uint8_t, 65536> buffer;
  const auto size = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
  if (size < 0)
    fail(std::string("receiving: ") + std::strerror(errno));
  const ByteView bytes(buffer.data(), static_cast<std::size_t>(size));
  const auto fed = decoder_.feed(bytes, [&](const Frame& frame) {
    auto message = protocol::decode_server_message(frame);
    if (!message)
      fail("the server sent something that cannot be decoded");
    if (const auto* welcome = std::get_if<protocol::Welcome>(&*message))
      become(welcome->user);
    received_.push_back(std::move(*message));
    return true;
  });
  if (!fed)
    fail("the server sent something that is no frame");
  return size > 0;
}

// No two users of a server say messages with the same ids.
void Peer::become(UserId user) {
  user_ = user;
  random_.seed(static_cast<std::mt19937::result_type>(user.value));
}

std::optional<protocol::ServerMessage> Peer::receive(Deadline deadline) {
  while (received_.empty())
    if (!read_more(deadline))
      return std::nullopt;
  auto message = std::move(received_.front());
  received_.pop_front();
  return message;
}

std::vector<protocol::ServerMessage> Peer::receive_all(Deadline deadline) {
  std::vector<protocol::ServerMessage> messages;
  while (auto message = receive(deadline))
    messages.push_back(std::move(*message));
  return messages;
}

std::vector<protocol::ServerMessage> Peer::settle(Deadline deadline) {
  send(protocol::ListRooms{.request = kSettle, .after = {}});
  std::vector<protocol::ServerMessage> messages;
  while (auto message = receive(deadline)) {
    const auto* page = std::get_if<protocol::RoomPage>(&*message);
    if (page != nullptr && page->request == kSettle)
      return messages;
    messages.push_back(std::move(*message));
  }
  fail("the connection ended");
}

void Peer::finish_sending() {
  if (::shutdown(socket_.get(), SHUT_WR) != 0)
    fail(std::string("closing our side: ") + std::strerror(errno));
}

void Peer::reset() {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  socket_.reset();
}

void Peer::fail(const std::string& what) {
  throw std::runtime_error(what);
}

}  // namespace chat::test
