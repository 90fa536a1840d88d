// Time in the load tool.
#pragma once

#include <chrono>

namespace chat::bench {

// CLOCK_MONOTONIC: the same in all processes of a machine, so a time that one process puts into a
// message can be compared in another.
using Clock = std::chrono::steady_clock;
using Instant = Clock::time_point;
using Duration = std::chrono::nanoseconds;

constexpr double in_seconds(Duration duration) {
  return std::chrono::duration<double>(duration).count();
}

constexpr double in_milliseconds(Duration duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

constexpr double in_microseconds(Duration duration) {
  return std::chrono::duration<double, std::micro>(duration).count();
}

// Precondition: at most some 290 years.
constexpr Duration from_seconds(double seconds) {
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
}

}  // namespace chat::bench
