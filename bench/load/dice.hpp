#pragma once

#include <cstdint>
#include <random>

namespace chat::bench {

// Chances that are the same for the same seed. One thread.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}

  // 0 to count - 1. Precondition: count > 0. That some are a little likelier does not show.
  std::uint64_t below(std::uint64_t count) { return random_() % count; }
  bool one_in(std::uint64_t count) { return below(count) == 0; }

 private:
  std::mt19937_64 random_;
};

}  // namespace chat::bench
