#include "bench/load/connection_breaker.hpp"

#include <cstddef>

namespace chat::bench {

bool ConnectionBreaker::break_one(ClientIndex client, const std::function<void(Dice&)>& say_much) {
  constexpr std::size_t kLongestRead = 600;
  switch (dice_.below(3)) {
    case 0:
      return reset(client, 0);
    case 1:
      return reset_after(client, 1 + dice_.below(kLongestRead));
    default:
      say_much(dice_);
      return reset(client, dice_.below(crowd_.queued(client) + 1));
  }
}

std::optional<bool> ConnectionBreaker::break_greeting(ClientIndex client) {
  constexpr std::uint64_t kOneIn = 8;
  constexpr std::size_t kLongestRead = 400;
  if (!dice_.one_in(kOneIn))
    return std::nullopt;
  if (dice_.one_in(2))
    return reset(client, dice_.below(crowd_.queued(client) + 1));
  return reset_after(client, 1 + dice_.below(kLongestRead));
}

bool ConnectionBreaker::reset(ClientIndex client, std::size_t still_sent) {
  crowd_.reset(client, still_sent);
  return true;
}

bool ConnectionBreaker::reset_after(ClientIndex client, std::size_t received) {
  crowd_.reset_after(client, received);
  is_doomed_[client] = true;
  return false;
}

void ConnectionBreaker::call_off() {
  for (ClientIndex client = 0; client < is_doomed_.size(); ++client) {
    if (is_doomed_[client] && crowd_.is_open(client))
      crowd_.reset_after(client, ClientPool::kNever);
    is_doomed_[client] = false;
  }
}

Duration ConnectionBreaker::time_away(Duration longest) {
  return dice_.one_in(2) ? Duration::zero()
                         : Duration(dice_.below(static_cast<std::uint64_t>(longest.count())));
}

}  // namespace chat::bench
