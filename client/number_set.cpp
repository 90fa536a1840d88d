#include "client/number_set.hpp"

#include <iterator>

namespace chat::client {

NumberSet::NumberSet(Sequence last) {
  if (last.value > 0)
    runs_[1] = last.value;
}

bool NumberSet::add(Sequence sequence) {
  const std::uint64_t number = sequence.value;
  const auto above = runs_.upper_bound(number);
  auto run = above;
  if (above != runs_.begin()) {
    run = std::prev(above);
    if (number <= run->second)
      return false;
  }
  if (run != above && run->second + 1 == number)
    run->second = number;
  else
    run = runs_.emplace(number, number).first;
  if (above != runs_.end() && number + 1 == above->first) {
    run->second = above->second;
    runs_.erase(above);
  }
  return true;
}

}  // namespace chat::client
