#include "bench/load/searchers.hpp"

#include <utility>

#include "bench/load/message_text.hpp"
#include "bench/load/run_name.hpp"

namespace chat::bench {

Searchers::Searchers(ClientPool pool, std::uint32_t clients, std::uint32_t senders,
                     Duration patience)
    : senders_(senders),
      crowd_(std::move(pool),
             {.clients = clients, .patience = patience, .names = run_name("searcher")}, *this),
      searchers_(clients) {}

Done Searchers::enter(const std::string& room) {
  if (const auto connecting = crowd_.connect_all(silent_); !connecting)
    return std::unexpected(connecting.error());
  return crowd_.enter_room(room, silent_);
}

void Searchers::start() {
  thread_ = std::jthread([this](const std::stop_token& stop) { done_ = search_until(stop); });
}

std::expected<SearchersResult, std::string> Searchers::stop() {
  thread_.request_stop();
  thread_.join();
  if (!done_)
    return std::unexpected(done_.error());
  result_.troubles = crowd_.troubles();
  crowd_.leave_all();
  return std::move(result_);
}

Done Searchers::search_until(const std::stop_token& stop) {
  constexpr Duration kBetweenLooks = std::chrono::milliseconds(20);
  while (!stop.stop_requested() && crowd_.connected() > 0) {
    if (searching_)
      search_all();
    if (auto polled = crowd_.poll(kBetweenLooks); !polled)
      return polled;
  }
  return {};
}

void Searchers::search_all() {
  for (ClientIndex client = 0; client < searchers_.size(); ++client) {
    if (searchers_[client].waits)
      continue;
    searchers_[client] = {Clock::now(), true};
    crowd_.search(client, sender_word(next_sender_));
    next_sender_ = (next_sender_ + 1) % senders_;
  }
}

void Searchers::found(ClientIndex client, std::size_t hits, Instant at) {
  searchers_[client].waits = false;
  result_.times.record(at - searchers_[client].asked);
  result_.found += hits;
}

}  // namespace chat::bench
