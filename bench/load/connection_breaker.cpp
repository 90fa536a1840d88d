#include "bench/load/connection_breaker.hpp"

namespace chat::bench {

void ConnectionBreaker::begin(double per_second, Instant start) {
  if (per_second > 0)
    pacing_.emplace(OpenLoop{per_second}, start);
}

void ConnectionBreaker::stop() {
  pacing_.reset();
  for (ClientIndex client = 0; client < is_doomed_.size(); ++client) {
    if (is_doomed_[client] && crowd_.is_open(client))
      crowd_.reset_after(client, ClientPool::kNever);
    is_doomed_[client] = false;
  }
}

void ConnectionBreaker::break_due(Instant now) {
  while (pacing_ && pacing_->due(now, broken_, 0)) {
    const auto client = static_cast<ClientIndex>(dice_.below(is_doomed_.size()));
    // Else the turn is somebody else's, when something has happened.
    if (!crowd_.is_open(client) || is_doomed_[client])
      return;
    ++broken_;
    break_one(client);
  }
}

void ConnectionBreaker::break_one(ClientIndex client) {
  constexpr std::size_t kLongestRead = 600;
  switch (dice_.below(3)) {
    case 0:
      return reset(client, 0);
    case 1:
      return reset_after(client, 1 + dice_.below(kLongestRead));
    default:
      events_.say_much(client, dice_);
      return reset(client, dice_.below(crowd_.queued(client) + 1));
  }
}

void ConnectionBreaker::greeting(ClientIndex client) {
  constexpr std::uint64_t kOneIn = 8;
  constexpr std::size_t kLongestRead = 400;
  if (!pacing_ || !dice_.one_in(kOneIn))
    return;
  ++broken_;
  if (dice_.one_in(2))
    reset(client, dice_.below(crowd_.queued(client) + 1));
  else
    reset_after(client, 1 + dice_.below(kLongestRead));
}

void ConnectionBreaker::reset(ClientIndex client, std::size_t still_sent) {
  crowd_.reset(client, still_sent);
  events_.broke(client);
}

void ConnectionBreaker::reset_after(ClientIndex client, std::size_t received) {
  crowd_.reset_after(client, received);
  is_doomed_[client] = true;
}

Duration ConnectionBreaker::pause(Instant now, Duration longest) const {
  return pacing_ ? pacing_->pause(now, broken_, longest) : longest;
}

Duration ConnectionBreaker::time_away(Duration longest) {
  return dice_.one_in(2) ? Duration::zero()
                         : Duration(dice_.below(static_cast<std::uint64_t>(longest.count())));
}

}  // namespace chat::bench
