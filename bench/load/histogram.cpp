#include "bench/load/histogram.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chat::bench {

Histogram::Histogram() : buckets_(bucket_of(std::numeric_limits<std::uint64_t>::max()) + 1) {}

Duration Histogram::quantile(double share) const {
  const auto rank = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
  std::uint64_t passed = 0;
  for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
    passed += buckets_[bucket];
    if (passed > 0 && passed >= rank)
      return Duration(std::min(highest_in(bucket), max_));
  }
  return max();
}

void Histogram::add(const Histogram& other) {
  for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket)
    buckets_[bucket] += other.buckets_[bucket];
  count_ += other.count_;
  max_ = std::max(max_, other.max_);
}

std::vector<std::pair<std::uint32_t, std::uint64_t>> Histogram::filled_buckets() const {
  std::vector<std::pair<std::uint32_t, std::uint64_t>> filled;
  for (std::uint32_t bucket = 0; bucket < buckets_.size(); ++bucket)
    if (buckets_[bucket] > 0)
      filled.emplace_back(bucket, buckets_[bucket]);
  return filled;
}

Histogram Histogram::from_buckets(std::span<const std::pair<std::uint32_t, std::uint64_t>> filled,
                                  Duration max) {
  Histogram histogram;
  for (const auto& [bucket, count] : filled) {
    histogram.buckets_[bucket] += count;
    histogram.count_ += count;
  }
  histogram.max_ = static_cast<std::uint64_t>(max.count());
  return histogram;
}

std::uint64_t Histogram::highest_in(std::size_t bucket) {
  constexpr std::size_t kHalf = std::size_t{1} << (kLinearBits - 1);
  if (bucket < 2 * kHalf)
    return bucket;
  const std::size_t shift = bucket / kHalf - 1;
  const std::uint64_t leading = bucket - shift * kHalf;
  return ((leading + 1) << shift) - 1;
}

}  // namespace chat::bench
