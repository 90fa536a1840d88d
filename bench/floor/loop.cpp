#include "bench/floor/loop.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>
#include <variant>

#include "bench/floor/output.hpp"
#include "libchat/frame.hpp"

namespace chat::floor {
namespace {

// As the server reads: what one client, and what all, may bring in in one round.
constexpr std::size_t kReadBudget = 64 * 1024;
constexpr std::size_t kRoundBudget = 1024 * 1024;

// Tags that no client's address is.
constexpr std::uint64_t kListenerTag = 0;
constexpr std::uint64_t kStopTag = 1;

std::uint64_t tag_of(const Client& client) {
  return reinterpret_cast<std::uintptr_t>(&client);
}

Client& client_of(std::uint64_t tag) {
  return *reinterpret_cast<Client*>(static_cast<std::uintptr_t>(tag));
}

}  // namespace

Loop::Loop(const server::Listener& listener, const net::UniqueFd& stop, Exchange& exchange)
    : listener_(listener),
      exchange_(exchange),
      scratch_(std::make_unique_for_overwrite<std::uint8_t[]>(kMaxFrameBytes + kReadBudget)) {
  poller_.add(listener_.socket.get(), EPOLLIN | EPOLLET, kListenerTag);
  poller_.add(stop.get(), EPOLLIN, kStopTag);
}

void Loop::run() {
  while (!stopped_) {
    const auto patience =
        ready_.empty() ? std::nullopt : std::optional(std::chrono::milliseconds(0));
    for (const epoll_event& event : poller_.wait(patience))
      handle(event);
    read_ready();
    exchange_.round_ended();
    closed_.clear();
  }
}

void Loop::handle(const epoll_event& event) {
  if (event.data.u64 == kListenerTag)
    return accept_all();
  if (event.data.u64 == kStopTag) {
    stopped_ = true;
    return;
  }
  // Nobody is closed before all events were seen, so that the client is there.
  Client& client = client_of(event.data.u64);
  if ((event.events & EPOLLOUT) != 0)
    flush(client);
  client.input_ends |= (event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
  if ((event.events & EPOLLIN) != 0 || client.input_ends)
    queue(client);
}

void Loop::accept_all() {
  while (true) {
    auto next = server::accept_from(listener_.socket);
    if (auto* const accepted = std::get_if<server::Accepted>(&next))
      admit(std::move(accepted->socket));
    else if (std::get<server::AcceptPause>(next) == server::AcceptPause::none_waiting)
      return;
    else
      // A floor that turns clients away measures nothing.
      throw std::system_error(errno, std::generic_category(), "accepting a connection");
  }
}

void Loop::admit(net::UniqueFd socket) {
  Client& client = *clients_.emplace_back(std::make_unique<Client>());
  client.socket = std::move(socket);
  client.index = clients_.size() - 1;
  poller_.add(client.socket.get(), EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, tag_of(client));
  exchange_.arrived(client);
}

void Loop::queue(Client& client) {
  if (!std::exchange(client.in_ready_list, true))
    ready_.push_back(&client);
}

void Loop::read_ready() {
  std::size_t bytes = 0;
  for (std::size_t left = ready_.size(); left > 0 && !ready_.empty() && bytes < kRoundBudget;
       --left) {
    Client& client = *ready_.front();
    ready_.pop_front();
    client.in_ready_list = false;
    bytes += read(client);
  }
}

std::size_t Loop::read(Client& client) {
  const std::size_t kept = client.unread.size();
  std::ranges::copy(client.unread, scratch_.get());
  ssize_t count;
  do
    count = ::recv(client.socket.get(), scratch_.get() + kept, kReadBudget, 0);
  while (count < 0 && errno == EINTR);
  if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
    return 0;
  if (count <= 0) {
    close(client);
    return 0;
  }
  // A short read means that nothing is left, but for an end that was announced already (epoll(7)).
  if (static_cast<std::size_t>(count) == kReadBudget || client.input_ends)
    queue(client);
  pass_on(client, ByteView(scratch_.get(), kept + static_cast<std::size_t>(count)));
  return static_cast<std::size_t>(count);
}

void Loop::pass_on(Client& client, ByteView bytes) {
  const auto taken = exchange_.received(client, bytes);
  if (!taken)
    return close(client);
  const ByteView rest = bytes.subspan(*taken);
  client.unread.assign(rest.begin(), rest.end());
}

void Loop::close(Client& client) {
  if (client.in_ready_list)
    std::erase(ready_, &client);
  exchange_.left(client);
  client.socket.reset();
  std::swap(clients_[client.index], clients_.back());
  clients_[client.index]->index = client.index;
  closed_.push_back(std::move(clients_.back()));
  clients_.pop_back();
}

}  // namespace chat::floor
