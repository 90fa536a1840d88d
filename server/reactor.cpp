#include "server/reactor.hpp"

#include <sys/eventfd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "server/log_format.hpp"

namespace chat::server {
namespace {

// Tags of epoll events: a connection's handle, whose generation is never 0; or with generation 0
// the number of a listener, or kWakeup.
constexpr std::uint64_t kWakeup = 0xFFFFFFFF;

std::uint64_t tag_of(ConnectionId id) {
  return std::uint64_t{id.generation} << 32 | id.slot;
}

ConnectionId connection_of(std::uint64_t tag) {
  return {static_cast<std::uint32_t>(tag), static_cast<std::uint32_t>(tag >> 32)};
}

Now read_clocks(MonotonicTime monotonic) {
  using namespace std::chrono;
  const auto wall = duration_cast<milliseconds>(system_clock::now().time_since_epoch());
  return {monotonic, WallTime{wall.count()}};
}

}  // namespace

Reactor::Reactor(ReactorId id, SharedHub& hub, std::span<const Listener> listeners,
                 Admission& admission, const Timeouts& timeouts, spdlog::logger& log)
    : id_(id),
      hub_(hub),
      admission_(admission),
      timeouts_(timeouts),
      log_(log),
      acceptor_(listeners, poller_),
      now_(std::chrono::steady_clock::now()),
      wheel_(now_),
      scratch_(std::make_unique_for_overwrite<std::uint8_t[]>(kReadBudget)) {
  poller_.add(hub_.wakeup(id_), EPOLLIN | EPOLLET, kWakeup);
}

void Reactor::run() {
  while (!stopping_ || connections_.size() > 0) {
    wait();
    accept();
    read_ready();
    enter_hub();
    freeze_ending();
    flush_ready();
    wheel_.advance(now_, [&](ConnectionId id) { check_liveness(id); });
    destroy_closed();
    if (stop_requested_.load(std::memory_order_acquire) && !stopping_)
      begin_stop();
  }
}

void Reactor::stop() {
  stop_requested_.store(true, std::memory_order_release);
  ::eventfd_write(hub_.wakeup(id_), 1);
}

void Reactor::wait() {
  const auto events = poller_.wait(time_to_sleep());
  now_ = std::chrono::steady_clock::now();
  for (const epoll_event& event : events)
    handle(event);
}

std::optional<std::chrono::milliseconds> Reactor::time_to_sleep() const {
  using namespace std::chrono_literals;
  if (!input_queue_.empty() || !flush_list_.empty() || !requests_.empty() || !ending_.empty())
    return 0ms;
  std::optional<MonotonicTime> next;
  for (const auto& when : {hub_deadline_, wheel_.next(), acceptor_.next(now_)})
    if (when && (!next || *when < *next))
      next = when;
  if (!next)
    return std::nullopt;
  const auto now = std::chrono::steady_clock::now();
  return std::chrono::ceil<std::chrono::milliseconds>(std::max(*next - now, 0ns));
}

void Reactor::handle(const epoll_event& event) {
  const ConnectionId id = connection_of(event.data.u64);
  if (event.data.u64 == kWakeup) {
    eventfd_t ignored;
    ::eventfd_read(hub_.wakeup(id_), &ignored);
    hub_calls_ = true;
  } else if (id.generation == 0) {
    acceptor_.wake(id.slot);
  } else if (Connection* const connection = connections_.find(id)) {
    if (event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR))
      connection->peer_ended = true;
    if (event.events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) {
      connection->readable = true;
      queue_input(id, *connection);
    }
    if (event.events & EPOLLOUT) {
      connection->blocked = false;
      queue_flush(id, *connection);
      set_reminder(id, *connection);
    }
  }
}

void Reactor::accept() {
  if (stopping_)
    return;
  const bool was_paused = acceptor_.is_paused();
  acceptor_.accept(now_, [&](Accepted accepted) { admit(std::move(accepted)); });
  if (acceptor_.is_paused() && !was_paused)
    log_.warn("event=accept_paused connections={}", connections_.size());
}

void Reactor::admit(Accepted accepted) {
  const int socket = accepted.socket.get();
  const bool full = admission_.connections.fetch_add(1) >= admission_.most;
  const ConnectionId id = connections_.emplace(std::move(accepted.socket), now_);
  Connection& connection = *connections_.find(id);
  log_.info("event=connected connection={} peer={}", format_id(id_, id), to_string(accepted.peer));
  if (!poller_.try_add(socket, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, tag_of(id)))
    return close(id, connection, CloseReason::system_error, errno);
  if (full)
    end(id, connection, CloseReason::server_full);
  set_reminder(id, connection);
}

void Reactor::enter_hub() {
  const bool due = hub_deadline_ && *hub_deadline_ <= now_;
  if (requests_.empty() && !std::exchange(hub_calls_, false) && !due)
    return;
  hub_deadline_ = hub_.enter(id_, requests_, read_clocks(now_), outbox_);
  requests_.clear();
  for (outbox::Event& event : outbox_)
    std::visit([&](auto& what) { carry_out(what); }, event);
  outbox_.clear();
}

}  // namespace chat::server
