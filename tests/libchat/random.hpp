// Randomness that is the same in every run.
#pragma once

#include <cstddef>
#include <random>

namespace chat::test {

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}

  // From 0 to `end` - 1.
  std::size_t below(std::size_t end) { return engine_() % end; }
  bool one_in(std::size_t n) { return below(n) == 0; }

 private:
  std::mt19937 engine_;  // the same sequence with every standard library
};

}  // namespace chat::test
