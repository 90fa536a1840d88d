#pragma once

#include <atomic>
#include <cstddef>

namespace chat::server {

// Brings all reactors to the point where nobody takes requests any more, so that what any of them
// has published, and acknowledged, is still handed out to the readers of all. Any thread.
class Shutdown {
 public:
  explicit Shutdown(std::size_t reactors) : serving_(reactors) {}

  // A reactor has entered the hub with its last request; said once by each. True for the last one,
  // who wakes the others.
  bool stop_serving() { return --serving_ == 0; }

  // All have: the next entry of the hub hands out the last heads.
  bool nobody_serves() const { return serving_ == 0; }

 private:
  std::atomic<std::size_t> serving_;
};

}  // namespace chat::server
