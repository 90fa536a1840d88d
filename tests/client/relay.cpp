#include "tests/client/relay.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace chat::test {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

net::UniqueFd new_socket() {
  net::UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int on = 1;
  ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  return socket;
}

net::UniqueFd bound_socket(std::uint16_t port) {
  net::UniqueFd socket = new_socket();
  const sockaddr_in address = loopback(port);
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("relay: no port");
  return socket;
}

net::UniqueFd listener_on(std::uint16_t port) {
  net::UniqueFd socket = bound_socket(port);
  if (::listen(socket.get(), SOMAXCONN) != 0)
    throw std::runtime_error("relay: listening");
  return socket;
}

std::uint16_t port_of(const net::UniqueFd& socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

void reset(net::UniqueFd& socket) {
  const linger at_once{1, 0};
  ::setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  socket.reset();
}

// What is there; false at the end of it.
bool copy(const net::UniqueFd& from, const net::UniqueFd& to) {
  std::array<char, 64 * 1024> buffer;
  const ssize_t size = ::recv(from.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (size < 0)
    return errno == EAGAIN;
  if (size == 0)
    return false;
  return ::send(to.get(), buffer.data(), static_cast<std::size_t>(size), MSG_NOSIGNAL) == size;
}

}  // namespace

Relay::Relay(std::uint16_t server_port)
    : wake_(::eventfd(0, EFD_CLOEXEC)),
      reserved_(bound_socket(0)),
      port_(port_of(reserved_)),
      listener_(listener_on(port_)),
      server_port_(server_port),
      thread_([this] { run(); }) {}

Relay::~Relay() {
  {
    const std::scoped_lock lock(mutex_);
    ends_ = true;
  }
  wake();
  thread_.join();
}

void Relay::wake() const {
  ::eventfd_write(wake_.get(), 1);
}

void Relay::hold_answers() {
  const std::scoped_lock lock(mutex_);
  holds_answers_ = true;
  wake();
}

// By the thread itself: while it polls a socket, nobody else can close it.
void Relay::cut() {
  std::unique_lock lock(mutex_);
  cuts_ = true;
  wake();
  cut_.wait(lock, [this] { return !cuts_; });
}

void Relay::break_all() {
  listener_.reset();
  for (Link& link : links_) {
    reset(link.client);
    reset(link.server);
  }
  links_.clear();
  holds_answers_ = false;
  cuts_ = false;
  cut_.notify_all();
}

void Relay::mend(std::uint16_t server_port) {
  const std::scoped_lock lock(mutex_);
  server_port_ = server_port;
  listener_ = listener_on(port_);
  wake();
}

void Relay::run() {
  while (true) {
    std::vector<pollfd> entries{{wake_.get(), POLLIN, 0}};
    {
      const std::scoped_lock lock(mutex_);
      if (ends_)
        return;
      entries.push_back({listener_.get(), POLLIN, 0});
      for (const Link& link : links_) {
        entries.push_back({link.client.get(), POLLIN, 0});
        entries.push_back({holds_answers_ ? -1 : link.server.get(), POLLIN, 0});
      }
    }
    ::poll(entries.data(), entries.size(), -1);
    if (entries[0].revents != 0) {
      eventfd_t ignored = 0;
      ::eventfd_read(wake_.get(), &ignored);
    }
    const std::scoped_lock lock(mutex_);
    if (cuts_)
      break_all();
    accept();
    pass_on();
  }
}

void Relay::accept() {
  pollfd waiting{listener_.get(), POLLIN, 0};
  if (!listener_ || ::poll(&waiting, 1, 0) < 1)
    return;
  Link link{net::UniqueFd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC)),
            new_socket()};
  const sockaddr_in address = loopback(server_port_);
  if (::connect(link.server.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) ==
      0)
    links_.push_back(std::move(link));
}

void Relay::pass_on() {
  std::erase_if(links_, [this](const Link& link) {
    return !copy(link.client, link.server) || (!holds_answers_ && !copy(link.server, link.client));
  });
}

}  // namespace chat::test
