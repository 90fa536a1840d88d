#include "tests/bench/relay.hpp"

#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <array>

namespace chat::test {
namespace {

constexpr int kSilenceMilliseconds = 20;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

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

Relay::Relay(std::uint16_t server_port, Fault fault, std::uint32_t which, std::size_t victim)
    : server_port_(server_port),
      fault_(fault),
      which_(which),
      victim_(victim),
      listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
      stop_(eventfd(0, EFD_CLOEXEC)) {
  sockaddr_in address = loopback(0);
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
    if (poll(waiting.data(), waiting.size(), kSilenceMilliseconds) == 0)
      for (const Link& link : links_)
        send_all(link.client, link.to_client.pass_silence());
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
  net::UniqueFd server(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const sockaddr_in address = loopback(server_port_);
  if (!client || connect(server.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address))
    return;
  const Fault fault = accepted_++ == victim_ ? fault_ : Fault::none;
  links_.push_back({std::move(client), std::move(server), FrameFault(fault, which_)});
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
