#include "client/backoff.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace chat::client {

std::chrono::milliseconds Backoff::next(Time now) {
  const auto reached = std::exchange(reached_, std::nullopt);
  const bool restarts = restarted_until_ && now < *restarted_until_;
  if (reached && now - *reached >= kLasting && !restarts)
    longest_ = kFirst;
  const auto most = restarts ? kLongestOfRestart : kLongest;
  const auto longest = std::exchange(longest_, std::min(longest_ * 2, most));
  const auto half = longest / 2;
  const auto random_part = random_() * static_cast<double>((longest - half).count());
  return half + std::chrono::milliseconds(static_cast<std::int64_t>(random_part));
}

void Backoff::restarts(Time now) {
  restarted_until_ = now + kRestart;
  longest_ = kFirstOfRestart;
}

void Backoff::reached(Time now) {
  if (reached_)
    return;
  reached_ = now;
  restarted_until_.reset();
  longest_ = std::max(longest_, kFirst);
}

}  // namespace chat::client
