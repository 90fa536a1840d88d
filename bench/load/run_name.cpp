#include "bench/load/run_name.hpp"

#include <random>

namespace chat::bench {

std::string run_name(std::string_view begin) {
  constexpr std::string_view kDigits = "abcdefghijklmnopqrstuvwxyz0123456789";
  constexpr int kLength = 6;
  std::random_device random;
  std::uniform_int_distribution<std::size_t> any(0, kDigits.size() - 1);
  std::string name(begin);
  name += '-';
  for (int i = 0; i < kLength; ++i)
    name += kDigits[any(random)];
  return name;
}

}  // namespace chat::bench
