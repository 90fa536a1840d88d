#include "bench/load/bystanders.hpp"

#include <utility>

#include "bench/load/run_name.hpp"

namespace chat::bench {

Bystanders::Bystanders(ClientPool pool, std::uint32_t clients, const TalkOptions& talk,
                       Duration patience, std::size_t phases)
    : clients_(clients),
      talk_(talk),
      patience_(patience),
      crowd_(std::move(pool),
             {.clients = clients, .patience = patience, .names = run_name("bystander")}, *this),
      oracle_(clients, talk.senders, talk.text_bytes) {
  result_.latency.resize(phases);
}

Done Bystanders::enter() {
  if (const auto connecting = crowd_.connect_all(silent_); !connecting)
    return std::unexpected(connecting.error());
  return crowd_.enter_room(run_name("bystanders"), silent_);
}

void Bystanders::start() {
  thread_ = std::jthread([this](const std::stop_token& stop) { done_ = talk_until(stop); });
}

std::expected<BystandersResult, std::string> Bystanders::stop() {
  thread_.request_stop();
  thread_.join();
  if (!done_)
    return std::unexpected(done_.error());
  result_.verdict = oracle_.judge();
  result_.troubles = crowd_.troubles();
  crowd_.leave_all();
  return std::move(result_);
}

Done Bystanders::talk_until(const std::stop_token& stop) {
  constexpr Duration kBetweenLooks = std::chrono::milliseconds(20);
  const auto ignore = [](Instant) {};
  Talk talk(crowd_, oracle_, talk_, clients_ - 1, Clock::now());
  while (!stop.stop_requested() && crowd_.connected() > 0)
    if (auto done = talk.send_until(Clock::now() + kBetweenLooks, ignore); !done)
      return done;
  const auto outstanding = [this] { return oracle_.outstanding(); };
  if (auto done = wait_for_the_rest(crowd_, patience_, outstanding, ignore); !done)
    return done;
  return listen_for_more(crowd_);
}

void Bystanders::posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) {
  if (const auto sent = oracle_.deliver(client, sequence, text))
    result_.latency[phase_].record(at - *sent);
}

void Bystanders::acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) {
  oracle_.acknowledge(client, number, sequence);
}

}  // namespace chat::bench
