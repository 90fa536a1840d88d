// The least that can be done for a message to everybody.
#pragma once

#include <vector>

#include "bench/floor/exchange.hpp"

namespace chat::floor {

enum class Sends {
  one_per_round,    // all that came in a round, in one send(2) to each client
  one_per_message,  // each frame by itself
};

// Everybody gets everything that anybody sends, the sender too.
class Broadcast final : public Exchange {
 public:
  explicit Broadcast(Sends sends) : sends_(sends) {}

  void arrived(Client& client) override;
  std::optional<std::size_t> received(Client& client, ByteView bytes) override;
  void round_ended() override;
  void left(Client& client) override;

 private:
  void send_to_all(ByteView bytes);

  const Sends sends_;
  std::vector<Client*> audience_;
  Bytes round_;
};

}  // namespace chat::floor
