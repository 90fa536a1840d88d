#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <deque>

#include "libchat/connection_table.hpp"
#include "server/flush_pace.hpp"

namespace chat::server {

// The readers of large rooms who have something to be sent. They are sent to in walks, and a walk
// in slices, one per round, so that fifteen thousand of them do not hold up the rest of the reactor
// for a tenth of a second. Whoever is queued during a walk is in the next one.
//
// It is also how sending and reading overlap: what comes in during a walk goes to those whose turn
// is still to come, and the first readers answer while the last are being sent to. Owned by one
// reactor.
//
// Tried without a gain that could be told from noise: fetching connection and cursor of those whose
// turn is next into the cache beforehand (0.90 to 1.04 of the deliveries).
class CrowdQueue {
 public:
  // Readers of one room, from which on they are a crowd.
  static constexpr std::size_t kCrowd = 64;
  // One or two milliseconds. Measured in deliveries, against walks that are not cut: 1.7 with 1,000
  // and with 15,000 members. Half or twice as many are about as good.
  static constexpr std::size_t kSlice = 256;

  explicit CrowdQueue(std::size_t reactors) : pace_(reactors) {}

  bool empty() const { return waiting_.empty(); }
  // A connection is in the queue once.
  void push(ConnectionId connection) { waiting_.push_back(connection); }
  // So many bytes more are to be sent to those who are or will be in the queue, all together.
  void owe(std::size_t bytes) { owed_ += bytes; }

  // When flush() will do something. Precondition: not empty.
  MonotonicTime next(MonotonicTime now) const {
    return left_in_walk_ > 0 || is_worth_it() ? now : pace_.not_before();
  }

  // Takes a slice of connections out and calls send(ConnectionId) for each, which may push.
  // `hurry`: without regard to the pace.
  template <class Send>
  void flush(bool hurry, Send&& send) {
    if (left_in_walk_ == 0 && !begin_walk(hurry))
      return;
    for (std::size_t n = std::min(left_in_walk_, kSlice); n > 0; --n, --left_in_walk_) {
      const ConnectionId connection = waiting_.front();
      waiting_.pop_front();
      send(connection);
    }
    if (left_in_walk_ == 0)
      pace_.flushed(walk_began_, std::chrono::steady_clock::now());
  }

 private:
  bool is_worth_it() const { return owed_ >= FlushPace::kPortion * waiting_.size(); }

  bool begin_walk(bool hurry) {
    const MonotonicTime now = std::chrono::steady_clock::now();
    if (waiting_.empty() || (!hurry && !pace_.may_begin(now, owed_ / waiting_.size())))
      return false;
    left_in_walk_ = waiting_.size();
    walk_began_ = now;
    owed_ = 0;
    return true;
  }

  std::deque<ConnectionId> waiting_;
  std::size_t left_in_walk_ = 0;  // of those waiting, from the front
  MonotonicTime walk_began_{};
  std::size_t owed_ = 0;  // roughly, since the last walk began
  FlushPace pace_;
};

}  // namespace chat::server
