#include "bench/load/pacing.hpp"

#include <algorithm>

namespace chat::bench {

std::optional<Instant> Pacing::due(Instant now, std::uint64_t sent, std::uint64_t seen) const {
  if (const auto* open = std::get_if<OpenLoop>(&load_)) {
    const Instant at = due_at(*open, sent);
    return at <= now ? std::optional(at) : std::nullopt;
  }
  const auto& closed = std::get<ClosedLoop>(load_);
  return sent - seen < closed.window ? std::optional(now) : std::nullopt;
}

Duration Pacing::pause(Instant now, std::uint64_t sent, Duration longest) const {
  if (const auto* open = std::get_if<OpenLoop>(&load_))
    return std::clamp(Duration(due_at(*open, sent) - now), Duration::zero(), longest);
  return longest;
}

Instant Pacing::due_at(const OpenLoop& load, std::uint64_t sent) const {
  return start_ + from_seconds(static_cast<double>(sent) / load.per_second);
}

}  // namespace chat::bench
