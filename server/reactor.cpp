#include "server/reactor.hpp"

#include <sys/eventfd.h>

#include <algorithm>
#include <cerrno>
#include <set>
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

// Empties what one round handed to the next. Of far more room than it needed, what an unusual round
// took goes back: a thousand arrivals at once would be paid for ever after.
template <class T>
void empty(std::vector<T>& handed_over) {
  constexpr std::size_t kUsualRound = 256;
  const bool far_too_large = handed_over.size() < handed_over.capacity() / 8;
  handed_over.clear();
  if (far_too_large && handed_over.capacity() > kUsualRound)
    handed_over.shrink_to_fit();
}

}  // namespace

Reactor::Reactor(ReactorId id, SharedHub& hub, std::span<const Listener> listeners,
                 Arrivals& arrivals, Admission& admission, Shutdown& shutdown,
                 const Timeouts& timeouts, Archive* archive, spdlog::logger& log)
    : id_(id),
      hub_(hub),
      arrivals_(arrivals),
      admission_(admission),
      shutdown_(shutdown),
      timeouts_(timeouts),
      archive_(archive),
      log_(log),
      acceptor_(listeners, poller_),
      now_(std::chrono::steady_clock::now()),
      wheel_(now_),
      crowd_(hub.reactors()),
      scratch_(std::make_unique_for_overwrite<std::uint8_t[]>(kReadBudget)) {
  poller_.add(hub_.wakeup(id_), EPOLLIN | EPOLLET, kWakeup);
}

void Reactor::run() {
  while (stage_ != Stage::leaving || connections_.size() > 0) {
    wait();
    accept();
    admit_arrivals();
    take_answers();
    read_ready();
    enter_hub();
    advance_stop();
    freeze_ending();
    queue_late_ones();
    flush_ready();
    wheel_.advance(now_, [&](std::uint32_t slot) { check_liveness(connections_.in_slot(slot)); });
    destroy_closed();
    if (stop_requested_.load(std::memory_order_acquire) && stage_ == Stage::serving)
      stop_taking_requests();
    times_.awake += std::chrono::steady_clock::now() - now_;
  }
  using std::chrono::duration_cast, std::chrono::milliseconds;
  log_.info("event=reactor_ended reactor={} awake_ms={} in_hub_ms={}", id_.value,
            duration_cast<milliseconds>(times_.awake).count(),
            duration_cast<milliseconds>(times_.in_hub).count());
}

void Reactor::stop() {
  stop_requested_.store(true, std::memory_order_release);
  hub_.wake(id_);
}

void Reactor::wait() {
  const auto events = poller_.wait(time_to_sleep());
  now_ = std::chrono::steady_clock::now();
  ++round_;
  more_events_ = events.size() == Poller::kMostEvents;
  for (const epoll_event& event : events)
    handle(event);
}

std::optional<std::chrono::nanoseconds> Reactor::time_to_sleep() const {
  using namespace std::chrono_literals;
  if (!input_queue_.empty() || !ended_queue_.empty() || !flush_list_.empty() ||
      !requests_.empty() || !ending_.empty() || stage_ == Stage::winding_down)
    return 0ns;
  const auto now = std::chrono::steady_clock::now();
  std::optional<MonotonicTime> next;
  if (!crowd_.empty())
    next = crowd_.next(now);
  if (!late_list_.empty())
    next = std::min(next.value_or(MonotonicTime::max()), late_list_.front().since + kLate);
  for (const auto& when : {hub_deadline_, wheel_.next(), acceptor_.next(now_)})
    if (when && (!next || *when < *next))
      next = when;
  if (!next)
    return std::nullopt;
  return std::max(*next - now, 0ns);
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
    // Every event of a socket that takes output says so too.
    if ((event.events & EPOLLOUT) != 0 && connection->blocked) {
      connection->blocked = false;
      queue_flush(id, *connection);
      set_reminder(id, *connection);
    }
  }
}

void Reactor::accept() {
  if (stage_ != Stage::serving || !acceptor_.has_waiting())
    return;
  const bool was_paused = acceptor_.is_paused();
  std::set<ReactorId> others;
  const auto accepting = arrivals_.accepting();
  acceptor_.accept(now_, [&](Accepted accepted) {
    const ReactorId reactor = arrivals_.add(std::move(accepted));
    if (reactor != id_)
      others.insert(reactor);
  });
  for (const ReactorId reactor : others)
    hub_.wake(reactor);
  if (acceptor_.is_paused() && !was_paused)
    log_.warn("event=accept_paused connections={}", connections_.size());
}

void Reactor::admit_arrivals() {
  if (stage_ != Stage::serving)
    return;
  for (Accepted& accepted : arrivals_.take(id_))
    admit(std::move(accepted));
}

void Reactor::admit(Accepted accepted) {
  const int socket = accepted.socket.get();
  const bool full = admission_.connections.fetch_add(1) >= admission_.most;
  const ConnectionId id = connections_.emplace(std::move(accepted.socket), now_);
  newcomers_.emplace(id.slot, accepted.arrival);
  Connection& connection = *connections_.find(id);
  log_.info("event=connected connection={} peer={}", format_id(id_, id), to_string(accepted.peer));
  if (!poller_.try_add(socket, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, tag_of(id)))
    return close(id, connection, CloseReason::system_error, errno);
  if (full)
    end(id, connection, CloseReason::server_full);
  set_reminder(id, connection);
}

// Nothing for one that has been welcome already: its hello is refused anyway.
Arrival Reactor::arrival_of(ConnectionId id) const {
  const auto place = newcomers_.find(id.slot);
  return place == newcomers_.end() ? Arrival{} : place->second;
}

void Reactor::enter_hub() {
  const bool due = hub_deadline_ && *hub_deadline_ <= now_;
  const bool called = std::exchange(hub_calls_, false);
  if (requests_.empty() && !called && !due)
    return;
  const MonotonicTime before = std::chrono::steady_clock::now();
  const SharedHub::Left left = hub_.enter(id_, requests_, read_clocks(now_), outbox_);
  times_.in_hub += std::chrono::steady_clock::now() - before;
  hub_deadline_ = left.deadline;
  submitted_ = left.submitted;
  taken_back_ = left.taken_back;
  for (const ReactorId other : left.to_wake)
    hub_.wake(other);
  empty(requests_);
  for (outbox::Event& event : outbox_)
    std::visit([&](auto& what) { carry_out(what); }, event);
  empty(outbox_);
  queue_readers();
}

}  // namespace chat::server
