#include "tests/client/scripted_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace chat::test {
namespace {

constexpr UserId kAnn{1};

[[noreturn]] void fail(const char* what) {
  throw std::runtime_error(std::string("scripted server: ") + what);
}

net::UniqueFd new_socket() {
  return net::UniqueFd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

protocol::Welcome welcome_for(const protocol::Hello& hello) {
  return {.request = hello.request,
          .user = kAnn,
          .nickname = "Ann",
          .server = "scripted",
          .server_version = "1",
          .epoch = {1},
          .time = {},
          .max_rooms = 4};
}

bool wait_for(const net::UniqueFd& socket, short events, Deadline deadline) {
  pollfd waiting{socket.get(), events, 0};
  return ::poll(&waiting, 1, deadline.poll_timeout()) > 0;
}

}  // namespace

ScriptedServer::ScriptedServer() : listener_(new_socket()) {
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_.get(), generic, size) != 0 ||
      // listen(2): the shortest queue, which holds one client.
      ::listen(listener_.get(), 0) != 0 || ::getsockname(listener_.get(), generic, &size) != 0)
    fail("listening");
  port_ = ntohs(address.sin_port);
}

void ScriptedServer::accept() {
  if (!wait_for(listener_, POLLIN, Deadline()))
    fail("no client came");
  client_ = net::UniqueFd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
  decoder_ = {};
  received_.clear();
}

protocol::Hello ScriptedServer::accept_hello() {
  accept();
  const auto message = next();
  const auto* hello = std::get_if<protocol::Hello>(&message);
  if (hello == nullptr)
    fail("no hello");
  return *hello;
}

void ScriptedServer::welcome() {
  const auto hello = accept_hello();
  send(welcome_for(hello));
  send_lobby(hello.request);
}

void ScriptedServer::welcome_as_version_1() {
  const auto hello = accept_hello();
  auto welcome = welcome_for(hello);
  welcome.version = 1;
  Bytes frame = protocol::encode(welcome);
  // Without the fields that later versions appended: resumed, an empty token, the time to resume,
  // and how much history to show.
  constexpr int kNewBytes = 1 + 2 + 4 + 2;
  frame.erase(frame.end() - kNewBytes, frame.end());
  frame[3] = static_cast<std::uint8_t>(frame.size() - kLengthBytes);
  send_bytes(frame);
  send_lobby(hello.request);
}

void ScriptedServer::send_lobby(RequestId hello) {
  constexpr RoomId kLobby{1};
  send(protocol::RoomOpened{
      .request = hello, .room = kLobby, .name = "lobby", .next = {1}, .members = 1});
  send(protocol::MemberPage{.request = {}, .room = kLobby, .total = 1, .people = {{kAnn, "Ann"}}});
}

void ScriptedServer::block_the_door() {
  queued_ = new_socket();
  const sockaddr_in address = loopback(port_);
  if (::connect(queued_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    fail("filling the queue");
}

protocol::ClientMessage ScriptedServer::next() {
  while (received_.empty()) {
    if (!wait_for(client_, POLLIN, Deadline()))
      fail("the client said nothing");
    std::array<std::uint8_t, 65536> buffer;
    const auto size = ::recv(client_.get(), buffer.data(), buffer.size(), 0);
    if (size <= 0)
      fail("the client is gone");
    const auto bytes = ByteView(buffer).first(static_cast<std::size_t>(size));
    const auto fed = decoder_.feed(bytes, [&](const Frame& frame) {
      if (auto message = protocol::decode_client_message(frame))
        received_.push_back(std::move(*message));
      return true;
    });
    if (!fed)
      fail("no frame");
  }
  auto message = std::move(received_.front());
  received_.pop_front();
  return message;
}

void ScriptedServer::send_bytes(ByteView bytes) {
  while (!bytes.empty()) {
    const auto sent = send_some(bytes, Deadline());
    if (sent == 0)
      fail("the client does not read");
    bytes = bytes.subspan(sent);
  }
}

std::size_t ScriptedServer::send_some(ByteView bytes, Deadline deadline) {
  if (!wait_for(client_, POLLOUT, deadline))
    return 0;
  const auto sent = ::send(client_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  return sent < 0 ? 0 : static_cast<std::size_t>(sent);
}

}  // namespace chat::test
