// Chance, the same in every run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>

namespace chat::client::test {

class Dice {
 public:
  explicit Dice(std::uint32_t seed) : random_(seed) {}

  // From 0 to `sides` - 1. Precondition: 0 < sides.
  std::uint32_t below(std::size_t sides) { return static_cast<std::uint32_t>(random_() % sides); }
  bool flip() { return below(2) == 0; }
  bool one_in(std::size_t sides) { return below(sides) == 0; }
  template <class List>
  const auto& one_of(const List& list) {
    return list[below(std::size(list))];
  }

 private:
  std::mt19937 random_;
};

}  // namespace chat::client::test
