// Connections on their way from the reactor that accepts to the one that will serve them: whoever
// has the fewest, so that all have a fair share also after many have left.
//
// The other way, every reactor waiting on the shared listening sockets with EPOLLEXCLUSIVE, was
// measured: the kernel wakes the same thread as long as it keeps up, and of 200 connections that
// came one by one the first of two reactors got all.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "libchat/ids.hpp"
#include "server/listener.hpp"

namespace chat::server {

// Any thread.
class Arrivals {
 public:
  // At least one reactor.
  explicit Arrivals(std::size_t reactors);

  // To be held while connections are accepted and added, so that they are numbered in the order in
  // which they came: a client that gave one up and made another one must not meet the first again.
  [[nodiscard]] std::unique_lock<std::mutex> accepting() { return std::unique_lock(accepting_); }
  // Gives the connection to a reactor, and says to which one. Precondition: accepting() is held.
  ReactorId add(Accepted accepted);

  // What was given to a reactor since it last took.
  std::vector<Accepted> take(ReactorId reactor);

  // A connection that was given to the reactor has ended.
  void ended(ReactorId reactor) { --places_[reactor.value].connections; }

 private:
  struct Place {
    std::atomic<std::size_t> connections{0};  // that were given to it and have not ended
    std::mutex mutex;                         // of what follows
    std::vector<Accepted> waiting;
  };

  std::mutex accepting_;
  std::uint64_t last_arrival_ = 0;  // guarded by it
  std::size_t reactors_;
  std::unique_ptr<Place[]> places_;
};

}  // namespace chat::server
