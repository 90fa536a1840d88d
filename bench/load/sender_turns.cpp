#include "bench/load/sender_turns.hpp"

#include <algorithm>

namespace chat::bench {

std::optional<ClientIndex> SenderTurns::next() {
  for (std::size_t tries = 0; tries < unacknowledged_.size(); ++tries) {
    const ClientIndex sender = next_;
    next_ = static_cast<ClientIndex>((next_ + 1) % unacknowledged_.size());
    if (may_say(sender) > 0)
      return sender;
  }
  return std::nullopt;
}

std::uint32_t SenderTurns::may_say(ClientIndex client) const {
  if (client >= unacknowledged_.size())
    return 0;
  return window_ - std::min(window_, unacknowledged_[client]);
}

void SenderTurns::said(ClientIndex sender) {
  ++said_;
  ++unacknowledged_[sender];
}

}  // namespace chat::bench
