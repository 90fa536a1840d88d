#include "client/pair.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace chat::client {

std::uint64_t Pair::missing(Sequence from, Sequence to) const {
  from = std::max(from, next_);
  if (to < from)
    return 0;
  const auto own = std::distance(waiting_.lower_bound(from), waiting_.upper_bound(to));
  return to.value - from.value + 1 - static_cast<std::uint64_t>(own);
}

void Pair::acknowledged(Sequence number, OwnWhisper whisper) {
  waiting_.try_emplace(number, std::move(whisper));
}

std::vector<OwnWhisper> Pair::pass_to(Sequence number) {
  next_ = std::max(next_, number);
  std::vector<OwnWhisper> due;
  while (!waiting_.empty() && waiting_.begin()->first <= next_) {
    auto first = waiting_.extract(waiting_.begin());
    next_ = std::max(next_, first.key() + 1);
    due.push_back(std::move(first.mapped()));
  }
  return due;
}

std::vector<OwnWhisper> Pair::finish() {
  std::vector<OwnWhisper> due;
  for (auto& [number, whisper] : std::exchange(waiting_, {}))
    due.push_back(std::move(whisper));
  return due;
}

}  // namespace chat::client
