// Waiting for an event, with an end to the patience.
#pragma once

#include <algorithm>
#include <chrono>
#include <thread>

namespace chat::test {

using std::chrono::milliseconds;

// Long enough for a sanitizer build on a busy machine: a test that passes never waits it out.
inline constexpr milliseconds kPatience{20'000};

// A point in time by the monotonic clock. A value; any thread.
class Deadline {
 public:
  explicit Deadline(milliseconds from_now = kPatience)
      : end_(std::chrono::steady_clock::now() + from_now) {}

  bool passed() const { return std::chrono::steady_clock::now() >= end_; }

  // What is left, at least 0, as poll(2) and epoll_wait(2) take it.
  int poll_timeout() const {
    const auto left =
        std::chrono::ceil<milliseconds>(end_ - std::chrono::steady_clock::now()).count();
    return static_cast<int>(std::max<decltype(left)>(left, 0));
  }

 private:
  std::chrono::steady_clock::time_point end_;
};

// Calls `reached` until it returns true or the deadline has passed; for what sends no event that
// one could wait for. Returns whether it was reached.
template <class Predicate>
bool wait_until(Predicate&& reached, Deadline deadline = Deadline()) {
  while (!reached()) {
    if (deadline.passed())
      return false;
    std::this_thread::sleep_for(milliseconds(2));
  }
  return true;
}

}  // namespace chat::test
