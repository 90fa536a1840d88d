// Whether a server that was greeted answers at all.
#pragma once

#include <chrono>
#include <optional>

#include "client/patience.hpp"

namespace chat::client {

// A plain value.
class HelloWatch {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // Whether a hello is without an answer; to be told as often as that may have changed.
  void waits(bool waits, Time now);
  // The user does not want to wait. No effect while no hello waits.
  void hurry();
  bool is_hurried() const { return since_ && patience_ == kHurriedHelloPatience; }

  // Until the wait is over, never negative; nothing while no hello waits.
  std::optional<std::chrono::milliseconds> left(Time now) const;
  bool is_over(Time now) const { return left(now) == std::chrono::milliseconds::zero(); }

 private:
  std::optional<Time> since_;
  std::chrono::milliseconds patience_ = kHelloPatience;
};

}  // namespace chat::client
