#include "tests/bench/relay.hpp"

#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <array>

namespace chat::test {
namespace {

// The one whose stream gets the fault.
constexpr std::size_t kVictim = 1;

bool send_all(const net::UniqueFd& to, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t count = send(to.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0)
      return false;
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

// What is there to read, at least one byte; nothing at the end.
Bytes receive(const net::UniqueFd& from) {
  Bytes bytes(64 * 1024);
  const ssize_t count = recv(from.get(), bytes.data(), bytes.size(), 0);
  bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
  return bytes;
}

}  // namespace

Relay::Relay(const net::SocketAddress& server, Fault fault)
    : server_(server),
      fault_(fault),
      listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      stop_(eventfd(0, EFD_CLOEXEC)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  REQUIRE(bind(listener_.get(), any, size) == 0);
  REQUIRE(listen(listener_.get(), SOMAXCONN) == 0);
  REQUIRE(getsockname(listener_.get(), any, &size) == 0);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { run(); });
}

Relay::~Relay() {
  eventfd_write(stop_.get(), 1);
  thread_.join();
}

void Relay::run() {
  while (true) {
    std::vector<pollfd> waiting{{stop_.get(), POLLIN, 0}, {listener_.get(), POLLIN, 0}};
    for (const Link& link : links_) {
      waiting.push_back({link.client.get(), POLLIN, 0});
      waiting.push_back({link.server.get(), POLLIN, 0});
    }
    poll(waiting.data(), waiting.size(), -1);
    if (waiting[0].revents != 0)
      return;
    auto ready = waiting.begin() + 2;
    for (auto link = links_.begin(); link != links_.end(); ready += 2)
      link = pass_on(*link, ready[0].revents != 0, ready[1].revents != 0) ? std::next(link)
                                                                          : links_.erase(link);
    if (waiting[1].revents != 0)
      accept_client();
  }
}

void Relay::accept_client() {
  net::UniqueFd client(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
  net::UniqueFd server(socket(server_.family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!client || connect(server.get(), server_.get(), server_.size) != 0)
    return;
  const Fault fault = accepted_++ == kVictim ? fault_ : Fault::none;
  links_.push_back({std::move(client), std::move(server), FrameFault(fault)});
}

// False when one side has ended.
bool Relay::pass_on(Link& link, bool from_client, bool from_server) {
  if (from_client) {
    const Bytes bytes = receive(link.client);
    if (bytes.empty() || !send_all(link.server, bytes))
      return false;
  }
  if (from_server) {
    const Bytes bytes = receive(link.server);
    if (bytes.empty() || !send_all(link.client, link.to_client.pass(bytes)))
      return false;
  }
  return true;
}

}  // namespace chat::test
