// Breaks clients' connections at random points of what goes through them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "bench/load/clock.hpp"
#include "bench/load/crowd.hpp"
#include "bench/load/dice.hpp"

namespace chat::bench {

// Chances are the same for the same seed. One thread. The crowd outlives it.
class ConnectionBreaker {
 public:
  ConnectionBreaker(Crowd& crowd, std::uint32_t clients, std::uint64_t seed)
      : crowd_(crowd), dice_(seed), is_doomed_(clients) {}

  // Somebody, by chance.
  ClientIndex any_client() { return static_cast<ClientIndex>(dice_.below(is_doomed_.size())); }
  // Has a connection that is not going to break already.
  bool may_break(ClientIndex client) const { return crowd_.is_open(client) && !is_doomed_[client]; }

  // Breaks a connection: now, and then it is true; or when some more bytes came, and then the
  // crowd's was_reset() follows. Now and then that is amid what is just being sent; then `say_much`
  // is to say something before. Precondition: may_break.
  bool break_one(ClientIndex client, const std::function<void(Dice&)>& say_much);
  // The same of one in eight who say hello; nothing when it is none of these.
  std::optional<bool> break_greeting(ClientIndex client);

  // To be told that a connection has broken, however that was.
  void broken(ClientIndex client) { is_doomed_[client] = false; }
  // Connections that were going to break do not.
  void call_off();

  // How long to stay away after that: half of them come back at once.
  Duration time_away(Duration longest);

 private:
  bool reset(ClientIndex client, std::size_t still_sent);
  bool reset_after(ClientIndex client, std::size_t received);

  Crowd& crowd_;
  Dice dice_;
  std::vector<bool> is_doomed_;  // by client
};

}  // namespace chat::bench
