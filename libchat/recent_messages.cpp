#include "libchat/recent_messages.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

namespace chat {
namespace {

// Compares two words: comparing arrays of bytes, g++ 12 calls memcmp for each.
class Equals {
 public:
  explicit Equals(const MessageId& id) : words_(std::bit_cast<Words>(id)) {}
  bool operator()(const MessageId& other) const { return std::bit_cast<Words>(other) == words_; }

 private:
  struct Words {
    std::uint64_t first;
    std::uint64_t second;
    bool operator==(const Words&) const = default;
  };
  Words words_;
};

}  // namespace

const RecentMessages::Known* RecentMessages::find(const MessageId& id) const {
  const auto place = std::ranges::find_if(ids_, Equals(id));
  return place == ids_.end() ? nullptr : &known_[static_cast<std::size_t>(place - ids_.begin())];
}

// From the newest on: those that are about to be published are among the last.
std::size_t RecentMessages::place_of(const MessageId& id) const {
  const Equals equals(id);
  std::size_t place = oldest_;
  for (std::size_t seen = 0; seen < ids_.size(); ++seen) {
    place = (place == 0 ? ids_.size() : place) - 1;
    if (equals(ids_[place]))
      return place;
  }
  assert(false);
  return place;
}

void RecentMessages::accept(const MessageId& id, std::uint64_t body, RoomId room,
                            std::size_t fewest) {
  assert(find(id) == nullptr);
  const Known latest{.body = body, .room = room, .sequence = {}, .time = {}};
  if (known_.size() < fewest || !known_[oldest_].is_published()) {
    // In front of the oldest is behind the newest.
    const auto place = static_cast<std::ptrdiff_t>(oldest_ == 0 ? known_.size() : oldest_++);
    ids_.insert(ids_.begin() + place, id);
    known_.insert(known_.begin() + place, latest);
    return;
  }
  ids_[oldest_] = id;
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

void RecentMessages::publish(const MessageId& id, RoomId room, Sequence sequence, WallTime time) {
  Known& known = known_[place_of(id)];
  assert(!known.is_published());
  known.room = room;
  known.sequence = sequence;
  known.time = time;
}

void RecentMessages::forget(const MessageId& id) {
  const std::size_t place = place_of(id);
  ids_.erase(ids_.begin() + static_cast<std::ptrdiff_t>(place));
  known_.erase(known_.begin() + static_cast<std::ptrdiff_t>(place));
  if (place < oldest_)
    --oldest_;
  else if (oldest_ == known_.size())
    oldest_ = 0;
}

}  // namespace chat
