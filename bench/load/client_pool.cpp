#include "bench/load/client_pool.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cassert>
#include <utility>

#include "bench/load/source_address.hpp"

namespace chat::bench {
namespace {

// Large, since whoever reads more at once makes fewer calls; small enough for the second level of
// cache.
constexpr std::size_t kScratchBytes = 256 * 1024;
// Few, so that sending does not wait long for reading.
constexpr std::size_t kEventsPerPoll = 64;

bool set_option(int fd, int level, int option) {
  constexpr int kOn = 1;
  return setsockopt(fd, level, option, &kOn, sizeof kOn) == 0;
}

// Leaves the choice of the port to connect(2), which may use a port again towards another server
// (ip(7), IP_BIND_ADDRESS_NO_PORT).
bool bind_source(int fd, const net::SocketAddress& source) {
  return set_option(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT) &&
         bind(fd, source.get(), source.size) == 0;
}

epoll_event interest(ClientIndex client, bool reading) {
  epoll_event event{};
  event.events = EPOLLOUT | EPOLLET | (reading ? EPOLLIN | EPOLLRDHUP : 0U);
  event.data.u32 = client;
  return event;
}

timespec to_timespec(Duration duration) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration);
  return {seconds.count(), (duration - seconds).count()};
}

}  // namespace

std::expected<ClientPool, net::Failure> ClientPool::make(net::SocketAddress server,
                                                         std::uint32_t size) {
  net::UniqueFd epoll(epoll_create1(EPOLL_CLOEXEC));
  if (!epoll)
    return std::unexpected(net::last_failure("epoll_create1"));
  return ClientPool(server, size, std::move(epoll));
}

ClientPool::ClientPool(net::SocketAddress server, std::uint32_t size, net::UniqueFd epoll)
    : server_(server),
      epoll_(std::move(epoll)),
      sockets_(size),
      ready_(kEventsPerPoll),
      scratch_(std::make_unique_for_overwrite<std::uint8_t[]>(kScratchBytes)) {}

std::expected<void, net::Failure> ClientPool::connect(ClientIndex client) {
  Socket& socket = sockets_[client];
  assert(!socket.fd);
  const std::string doing = "connecting to " + to_string(server_);
  net::UniqueFd fd(::socket(server_.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd)
    return std::unexpected(net::last_failure("opening a socket"));
  set_option(fd.get(), IPPROTO_TCP, TCP_NODELAY);
  if (const auto source = source_for(client, server_); source && !bind_source(fd.get(), *source))
    return std::unexpected(net::last_failure("binding to " + to_string(*source)));
  if (::connect(fd.get(), server_.get(), server_.size) != 0 && errno != EINPROGRESS)
    return std::unexpected(net::last_failure(doing));
  epoll_event event = interest(client, true);
  if (epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd.get(), &event) != 0)
    return std::unexpected(net::last_failure("epoll_ctl"));
  socket = Socket{.fd = std::move(fd), .connecting = true};
  ++open_;
  return {};
}

// What came meanwhile is reported as an event, since a change of interest looks anew (epoll(7)).
void ClientPool::watch(ClientIndex client, bool reading) {
  Socket& socket = sockets_[client];
  if (!socket.fd)
    return;
  socket.reading = reading;
  epoll_event event = interest(client, reading);
  [[maybe_unused]] const int changed =
      epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, socket.fd.get(), &event);
  assert(changed == 0);
}

void ClientPool::send(ClientIndex client, ByteView bytes) {
  Socket& socket = sockets_[client];
  if (!socket.fd)
    return;
  if (socket.unsent.empty())
    to_flush_.push_back(client);
  append(socket.unsent, bytes);
}

void ClientPool::flush() {
  for (const ClientIndex client : to_flush_)
    write(client);
  to_flush_.clear();
}

std::expected<void, net::Failure> ClientPool::poll(Duration longest, PoolEvents& events) {
  flush();
  const timespec timeout = to_timespec(longest);
  const int count =
      epoll_pwait2(epoll_.get(), ready_.data(), static_cast<int>(ready_.size()), &timeout, nullptr);
  if (count < 0 && errno != EINTR)
    return std::unexpected(net::last_failure("epoll_pwait2"));
  for (const epoll_event& event :
       std::span(ready_).first(static_cast<std::size_t>(std::max(count, 0))))
    handle(event.data.u32, event.events, events);
  return {};
}

void ClientPool::close(ClientIndex client) {
  write(client);
  forget(client);
}

void ClientPool::reset(ClientIndex client, std::size_t still_sent) {
  Socket& socket = sockets_[client];
  if (!socket.fd)
    return;
  socket.unsent.resize(std::min(socket.unsent.size(), socket.sent + still_sent));
  write(client);
  // Whoever lingers for no time at all resets (socket(7), SO_LINGER).
  constexpr linger kNotAtAll{.l_onoff = 1, .l_linger = 0};
  setsockopt(socket.fd.get(), SOL_SOCKET, SO_LINGER, &kNotAtAll, sizeof kNotAtAll);
  forget(client);
}

void ClientPool::handle(ClientIndex client, std::uint32_t what, PoolEvents& events) {
  Socket& socket = sockets_[client];
  if (socket.fd && socket.connecting)
    finish_connecting(client, events);
  if (socket.fd && (what & EPOLLOUT) != 0)
    write(client);
  if (socket.fd && socket.reading && (what & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0)
    read(client, (what & ~std::uint32_t{EPOLLIN | EPOLLOUT}) != 0, events);
}

void ClientPool::finish_connecting(ClientIndex client, PoolEvents& events) {
  Socket& socket = sockets_[client];
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(socket.fd.get(), SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0)
    return drop(client, {error, "connecting to " + to_string(server_)}, events);
  socket.connecting = false;
  events.connected(client);
}

// A read that does not fill the buffer has emptied the socket (epoll(7)), which saves a call for
// every event; only at the end must one read on until it says so.
void ClientPool::read(ClientIndex client, bool ends, PoolEvents& events) {
  Socket& socket = sockets_[client];
  while (socket.fd) {
    const std::size_t kept = socket.unread.size();
    const std::size_t room = kScratchBytes - kept;
    const ssize_t count = recv(socket.fd.get(), scratch_.get() + kept, room, 0);
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0 && errno == EAGAIN)
      return;
    if (count < 0)
      return drop(client, net::last_failure("reading from " + to_string(server_)), events);
    if (count == 0)
      return drop(client, {0, to_string(server_) + " closed the connection"}, events);
    take(client, static_cast<std::size_t>(count), events);
    if (static_cast<std::size_t>(count) < room && !ends)
      return;
  }
}

void ClientPool::take(ClientIndex client, std::size_t bytes, PoolEvents& events) {
  Bytes& unread = sockets_[client].unread;
  std::size_t& until_reset = sockets_[client].until_reset;
  const bool ends = bytes >= until_reset;
  const std::size_t taken = std::min(bytes, until_reset);
  std::copy(unread.begin(), unread.end(), scratch_.get());
  const ByteView all(scratch_.get(), unread.size() + taken);
  if (until_reset != kNever)
    until_reset -= taken;
  const ByteView rest = all.subspan(events.received(client, all, Clock::now()));
  assert(rest.size() < kScratchBytes);
  if (!sockets_[client].fd)
    return;
  unread.assign(rest.begin(), rest.end());
  if (ends) {
    reset(client, 0);
    events.was_reset(client);
  }
}

void ClientPool::write(ClientIndex client) {
  Socket& socket = sockets_[client];
  while (socket.fd && !socket.connecting && socket.sent < socket.unsent.size()) {
    const ssize_t count = ::send(socket.fd.get(), socket.unsent.data() + socket.sent,
                                 socket.unsent.size() - socket.sent, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR)
      continue;
    // A broken connection is reported by the next read.
    if (count < 0)
      return;
    socket.sent += static_cast<std::size_t>(count);
  }
  if (socket.sent == socket.unsent.size()) {
    socket.unsent.clear();
    socket.sent = 0;
  }
}

void ClientPool::drop(ClientIndex client, net::Failure why, PoolEvents& events) {
  forget(client);
  events.closed(client, why);
}

void ClientPool::forget(ClientIndex client) {
  if (std::exchange(sockets_[client], {}).fd)
    --open_;
}

}  // namespace chat::bench
