// The least that can be done for a message between two.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "bench/floor/exchange.hpp"

namespace chat::floor {

// The first four bytes of a client are the number of its pair (big-endian). Both are told that they
// are in when both are there, and have to wait for that; from then on, what one sends goes to both,
// in one send(2) each per read. A pair ends with either of the two.
class PairRelay final : public Exchange {
 public:
  void arrived(Client&) override {}
  std::optional<std::size_t> received(Client& client, ByteView bytes) override;
  void round_ended() override {}
  void left(Client& client) override;

 private:
  void introduce(Client& client);

  std::unordered_map<std::uint32_t, Client*> waiting_;  // for their other end, by number
};

}  // namespace chat::floor
