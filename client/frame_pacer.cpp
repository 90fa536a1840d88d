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
  // What a key asked for often comes right behind the frame that shows the key.
  if (!is_awaited_)
    next_ = now + kInterval;
  is_due_ = is_awaited_ = false;
}

}  // namespace chat::client
