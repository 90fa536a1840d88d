// Who whispers to whom, when some clients make many pairs.
#pragma once

#include <algorithm>
#include <cstdint>

#include "bench/load/client_index.hpp"

namespace chat::bench {

// As many pairs may one client begin at a chat-server.
inline constexpr std::uint32_t kMostPairsBegun = 1024;

struct WhisperPair {
  ClientIndex from;
  ClientIndex to;
};

// Pair number `pair`, from 0, of so many clients. Pairs of different numbers have not the same two
// members, and they are spread evenly. Precondition: pair < most_pairs(clients).
constexpr WhisperPair whisper_pair(std::uint32_t pair, std::uint32_t clients) {
  const std::uint32_t from = pair % clients;
  const std::uint32_t distance = pair / clients + 1;
  return {from, (from + distance) % clients};
}

// A distance of half the circle or more leads to pairs that there are already.
constexpr std::uint64_t most_pairs(std::uint32_t clients) {
  if (clients == 2)
    return 1;
  const std::uint32_t distances = clients == 0 ? 0 : (clients - 1) / 2;
  return std::uint64_t{clients} * std::min(distances, kMostPairsBegun);
}

}  // namespace chat::bench
