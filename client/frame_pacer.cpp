#include "client/frame_pacer.hpp"

#include <algorithm>

namespace chat::client {

std::optional<std::chrono::milliseconds> FramePacer::left(Time now) const {
  if (!is_due_)
    return std::nullopt;
  const auto wait = is_awaited_ ? Time::duration::zero() : next_ - now;
  return std::max(std::chrono::ceil<std::chrono::milliseconds>(wait),
                  std::chrono::milliseconds::zero());
}

void FramePacer::drawn(Time now) {
  is_due_ = is_awaited_ = false;
  next_ = now + kInterval;
}

}  // namespace chat::client
