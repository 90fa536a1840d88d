#include "libchat/recent_messages.hpp"

#include <cassert>
#include <utility>

namespace chat {

const RecentMessages::Known* RecentMessages::find(const MessageId& id) const {
  const auto place = known_.find(id);
  return place == known_.end() ? nullptr : &place->second;
}

void RecentMessages::accept(const MessageId& id, std::uint64_t body, RoomId room) {
  const bool is_new =
      known_.emplace(id, Known{.body = body, .room = room, .sequence = {}, .time = {}}).second;
  assert(is_new);
}

void RecentMessages::repeat(const Repeat& repeat) {
  repeats_[repeat.id].push_back(repeat);
  ++repeat_count_;
}

std::vector<RecentMessages::Repeat> RecentMessages::take_repeats(const MessageId& id) {
  const auto place = repeats_.find(id);
  if (place == repeats_.end())
    return {};
  std::vector<Repeat> taken = std::move(place->second);
  repeats_.erase(place);
  repeat_count_ -= taken.size();
  return taken;
}

void RecentMessages::publish(const MessageId& id, RoomId room, Sequence sequence, WallTime time,
                             std::size_t fewest) {
  Known& known = known_.at(id);
  assert(!known.is_published() && fewest > 0);
  known.room = room;
  known.sequence = sequence;
  known.time = time;
  if (published_.size() < fewest) {
    published_.push_back(id);
    return;
  }
  known_.erase(std::exchange(published_[oldest_], id));
  oldest_ = (oldest_ + 1) % published_.size();
  // What an unusual burst took goes back.
  constexpr std::size_t kUsual = 4'096;
  if (known_.capacity() > kUsual && known_.size() < known_.capacity() / 8)
    known_.rehash(0);
}

void RecentMessages::forget(const MessageId& id) {
  assert(!known_.at(id).is_published());
  known_.erase(id);
}

}  // namespace chat
