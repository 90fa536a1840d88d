#pragma once

#include <chrono>
#include <cstdint>

namespace chat::server {

using MonotonicTime = std::chrono::steady_clock::time_point;

// A time rounded up to a tenth of a second, in four bytes: there are several for every idle
// connection, and nothing that they are for is in a hurry. Lasts for 13 years of a machine's
// uptime. The default is before any other.
class CoarseTime {
 public:
  CoarseTime() = default;
  explicit CoarseTime(MonotonicTime time)
      : tenths_(static_cast<std::uint32_t>(
            std::chrono::ceil<Tenths>(time.time_since_epoch()).count())) {}

  MonotonicTime time() const { return MonotonicTime(Tenths(tenths_)); }

  bool is_set() const { return tenths_ != 0; }

 private:
  using Tenths = std::chrono::duration<std::int64_t, std::deci>;

  std::uint32_t tenths_ = 0;
};

}  // namespace chat::server
