#include "server/shared_hub.hpp"

#include <sys/eventfd.h>

#include <cassert>
#include <system_error>
#include <utility>

namespace chat::server {

SharedHub::SharedHub(HubOptions options, Ledger& ledger, const DurableState& state, Now now)
    : hub_(std::move(options), ledger, state, now), called_(hub_.reactors(), 0) {
  for (std::size_t i = 0; i < hub_.reactors(); ++i) {
    wakeups_.emplace_back(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
    if (!wakeups_.back())
      throw std::system_error(errno, std::generic_category(), "creating an eventfd");
  }
}

SharedHub::Left SharedHub::enter(ReactorId reactor, std::span<Request> requests, Now now,
                                 Outbox& outbox) {
  assert(outbox.empty());
  const std::lock_guard lock(mutex_);
  hub_.enter(reactor, requests, now);
  std::swap(outbox, hub_.outbox(reactor));
  called_[reactor.value] = 0;
  return {hub_.next_deadline(), call_others(reactor), hub_.submitted(), hub_.taken_back()};
}

void SharedHub::wake(ReactorId reactor) const {
  // Cannot block: a counter that would overflow has long woken the reactor.
  ::eventfd_write(wakeup(reactor), 1);
}

void SharedHub::wake_all() const {
  for (std::size_t i = 0; i < wakeups_.size(); ++i)
    wake(ReactorId{static_cast<std::uint16_t>(i)});
}

SharedHub::ReactorIds SharedHub::call_others(ReactorId reactor) {
  ReactorIds called;
  for (std::size_t i = 0; i < wakeups_.size(); ++i) {
    const ReactorId other{static_cast<std::uint16_t>(i)};
    if (other == reactor || hub_.outbox(other).empty() || std::exchange(called_[i], 1) != 0)
      continue;
    called.push_back(other);
  }
  return called;
}

}  // namespace chat::server
