#include "client/backoff.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace chat::client {

std::chrono::milliseconds Backoff::next(Time now) {
  const auto reached = std::exchange(reached_, std::nullopt);
  if (reached && now - *reached >= kLasting)
    longest_ = kFirst;
  const auto longest = std::exchange(longest_, std::min(longest_ * 2, kLongest));
  const auto half = longest / 2;
  const auto random_part = random_() * static_cast<double>((longest - half).count());
  return half + std::chrono::milliseconds(static_cast<std::int64_t>(random_part));
}

void Backoff::reached(Time now) {
  if (!reached_)
    reached_ = now;
}

}  // namespace chat::client
