// Latencies, counted in log-linear buckets as HdrHistogram does: every power of two is cut into 128
// equal buckets, so a value is known to within 0.8 %, and recording is a shift and an increment.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "bench/load/clock.hpp"

namespace chat::bench {

// One thread at a time.
class Histogram {
 public:
  Histogram();

  // Negative durations count as 0.
  void record(Duration value) {
    const auto number = value.count() > 0 ? static_cast<std::uint64_t>(value.count()) : 0;
    ++buckets_[bucket_of(number)];
    ++count_;
    if (number > max_)
      max_ = number;
  }

  // Records all that another one has.
  void add(const Histogram& other);

  // What add() takes from another process: how often which values were recorded, as pairs of a
  // bucket and its count, and the largest value.
  std::vector<std::pair<std::uint32_t, std::uint64_t>> filled_buckets() const;
  static Histogram from_buckets(std::span<const std::pair<std::uint32_t, std::uint64_t>> filled,
                                Duration max);

  std::uint64_t count() const { return count_; }
  Duration max() const { return Duration(max_); }

  // The smallest value that is not below this share (0 to 1) of all recorded ones, rounded up to
  // the end of its bucket but never above max(). 0 when nothing was recorded.
  Duration quantile(double share) const;

 private:
  static constexpr unsigned kLinearBits = 8;  // values below 256 have a bucket each

  static std::size_t bucket_of(std::uint64_t value) {
    const auto width = static_cast<unsigned>(std::bit_width(value));
    const unsigned shift = width > kLinearBits ? width - kLinearBits : 0;
    return (std::size_t{shift} << (kLinearBits - 1)) + (value >> shift);
  }
  static std::uint64_t highest_in(std::size_t bucket);

  std::vector<std::uint64_t> buckets_;
  std::uint64_t count_ = 0;
  std::uint64_t max_ = 0;
};

}  // namespace chat::bench
