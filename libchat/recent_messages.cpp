#include "libchat/recent_messages.hpp"

#include <algorithm>
#include <cassert>

namespace chat {

const RecentMessages::Known* RecentMessages::find(const MessageId& id) const {
  const auto place = std::ranges::find(known_, id, &Known::id);
  return place == known_.end() ? nullptr : &*place;
}

// From the newest on: those that are about to be published are among the last.
std::size_t RecentMessages::place_of(const MessageId& id) const {
  std::size_t place = oldest_;
  for (std::size_t seen = 0; seen < known_.size(); ++seen) {
    place = (place == 0 ? known_.size() : place) - 1;
    if (known_[place].id == id)
      return place;
  }
  assert(false);
  return place;
}

void RecentMessages::accept(const MessageId& id, std::uint64_t body, RoomId room) {
  assert(find(id) == nullptr);
  const Known latest{.id = id, .body = body, .room = room, .sequence = {}, .time = {}};
  if (known_.size() < kFewest || !known_[oldest_].is_published()) {
    // In front of the oldest is behind the newest.
    const std::size_t place = oldest_ == 0 ? known_.size() : oldest_++;
    known_.insert(known_.begin() + static_cast<std::ptrdiff_t>(place), latest);
    return;
  }
  known_[oldest_] = latest;
  oldest_ = (oldest_ + 1) % known_.size();
}

std::vector<RecentMessages::Repeat> RecentMessages::take_repeats(const MessageId& id) {
  const auto kept =
      std::ranges::stable_partition(repeats_, [&](const Repeat& r) { return r.id != id; });
  std::vector<Repeat> taken(kept.begin(), kept.end());
  repeats_.erase(kept.begin(), kept.end());
  return taken;
}

void RecentMessages::publish(const MessageId& id, Sequence sequence, WallTime time) {
  Known& known = known_[place_of(id)];
  assert(!known.is_published());
  known.sequence = sequence;
  known.time = time;
}

void RecentMessages::forget(const MessageId& id) {
  const std::size_t place = place_of(id);
  known_.erase(known_.begin() + static_cast<std::ptrdiff_t>(place));
  if (place < oldest_)
    --oldest_;
  else if (oldest_ == known_.size())
    oldest_ = 0;
}

}  // namespace chat
