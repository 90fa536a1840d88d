#pragma once

#include <absl/container/inlined_vector.h>

#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "libchat/hub.hpp"
#include "net/unique_fd.hpp"

namespace chat::server {

// The hub behind its lock. Any thread.
class SharedHub {
 public:
  // The ledger outlives the hub. `state`, `now`: see Hub.
  SharedHub(HubOptions options, Ledger& ledger, const DurableState& state, Now now);

  using ReactorIds = absl::InlinedVector<ReactorId, 16>;
  struct Left {
    // When to enter next even with nothing to ask for.
    std::optional<MonotonicTime> deadline;
    // Other reactors that have something to carry out, and are to be woken for it. Not here: who is
    // woken wants the lock first of all.
    ReactorIds to_wake;
    // Of the batches that the ledger was given, until this entry.
    std::uint64_t submitted;
    std::uint64_t taken_back;
  };

  // One entry of a reactor. Swaps what the reactor is to carry out into `outbox`, which must be
  // empty.
  Left enter(ReactorId reactor, std::span<Request> requests, Now now, Outbox& outbox);

  // Makes the reactor go round; from any thread.
  void wake(ReactorId reactor) const;
  void wake_all() const;
  // When no reactor runs any more: see Hub::keep_the_rest().
  void keep_the_rest() { hub_.keep_the_rest(); }

  // An eventfd that becomes readable when the reactor should enter. Lives as long as the hub.
  int wakeup(ReactorId reactor) const { return wakeups_[reactor.value].get(); }

  std::size_t reactors() const { return wakeups_.size(); }

 private:
  // Under the lock.
  ReactorIds call_others(ReactorId reactor);

  std::mutex mutex_;
  Hub hub_;
  std::vector<char> called_;  // by reactor: it was to be woken and has not entered since
  std::vector<net::UniqueFd> wakeups_;
};

}  // namespace chat::server
