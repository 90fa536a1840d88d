#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <random>

namespace chat::bench {

// 128 random bits, as an identity, its secret, or a message's id.
inline std::array<std::uint8_t, 16> random_id(std::mt19937_64& random) {
  const std::array<std::uint64_t, 2> halves{random(), random()};
  std::array<std::uint8_t, 16> id;
  static_assert(sizeof id == sizeof halves);
  std::memcpy(id.data(), halves.data(), sizeof id);
  return id;
}

}  // namespace chat::bench
