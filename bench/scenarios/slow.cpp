#include "bench/scenarios/slow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "bench/load/run_name.hpp"
#include "bench/load/talk.hpp"
#include "bench/load/tcp_memory.hpp"
#include "bench/scenarios/run_scenario.hpp"

namespace chat::bench {
namespace {

constexpr Duration kBetweenLooks = std::chrono::milliseconds(100);

}  // namespace

Slow::Slow(const SlowOptions& options, ClientPool pool)
    : options_(options),
      crowd_(std::move(pool), {.clients = options.clients, .patience = options.patience}, *this),
      oracle_(options.clients, options.senders, options.text_bytes),
      passed_(options.clients) {}

std::expected<SlowResult, std::string> Slow::run() {
  const auto before = read_watched(options_.server_pid);
  if (!before)
    return std::unexpected(before.error());
  if (auto done = let_in(); !done)
    return std::unexpected(done.error());
  if (auto done = talk(); !done)
    return std::unexpected(done.error());
  result_.server = use_since(*before, options_.server_pid);
  if (auto done = let_all_read(); !done)
    return std::unexpected(done.error());
  result_.verdict = oracle_.judge();
  result_.verdict.expected -= result_.missed;
  result_.verdict.delivered -= result_.missed;
  result_.passed = static_cast<std::uint32_t>(std::ranges::count(passed_, true));
  result_.troubles = crowd_.troubles();
  crowd_.leave_all();
  return std::move(result_);
}

Done Slow::let_in() {
  const auto connecting = crowd_.connect_all(progress_);
  if (!connecting)
    return std::unexpected(connecting.error());
  result_.connecting = *connecting;
  if (auto done = crowd_.enter_room(run_name("bench"), progress_); !done)
    return done;
  for (ClientIndex client = options_.healthy(); client < options_.clients; ++client)
    crowd_.stop_reading(client);
  const auto bytes = kernel_tcp_bytes();
  if (!bytes)
    return std::unexpected(describe(bytes.error()));
  result_.tcp_before = *bytes;
  return {};
}

Done Slow::talk() {
  const auto before = read_watched(options_.server_pid);
  if (!before)
    return std::unexpected(before.error());
  const Duration own_before = own_cpu();
  const Instant start = Clock::now();
  last_delivery_ = start;
  Talk talk(crowd_, oracle_, options_, options_.healthy() - 1, start);
  const auto sending = [this](Instant now) { watch(now, "sending"); };
  if (auto done = talk.send_until(start + options_.seconds, sending); !done)
    return done;
  const auto outstanding = [this] { return outstanding_for_healthy(); };
  const auto waiting = [this](Instant now) { watch(now, "waiting for the rest"); };
  if (auto done = wait_for_the_rest(crowd_, options_.patience, outstanding, waiting); !done)
    return done;

  result_.delivering = last_delivery_ - start;
  result_.own_cpu = own_cpu() - own_before;
  result_.talking = use_since(*before, options_.server_pid);
  return {};
}

Done Slow::let_all_read() {
  for (ClientIndex client = options_.healthy(); client < options_.clients; ++client)
    crowd_.read_on(client);
  const auto outstanding = [this] { return oracle_.outstanding(); };
  const auto waiting = [this](Instant now) {
    if (progress_.due(now))
      progress_.show(now, "letting all read");
  };
  if (auto done = wait_for_the_rest(crowd_, options_.patience, outstanding, waiting); !done)
    return done;
  return listen_for_more(crowd_);
}

std::uint64_t Slow::outstanding_for_healthy() const {
  std::uint64_t sum = 0;
  for (ClientIndex client = 0; client < options_.healthy(); ++client)
    sum += oracle_.sent() - std::min(oracle_.sent(), oracle_.seen(client));
  return sum;
}

void Slow::posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) {
  const auto sent = oracle_.deliver(client, sequence, text);
  if (!sent || is_stuck(client))
    return;
  ++result_.deliveries;
  result_.latency.record(at - *sent);
  last_delivery_ = at;
}

void Slow::acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) {
  oracle_.acknowledge(client, number, sequence);
}

bool Slow::missed(ClientIndex client, Sequence from, Sequence to) {
  if (!is_stuck(client))
    return false;
  oracle_.miss(client, from, to);
  result_.missed += to.value - from.value + 1;
  passed_[client] = true;
  return true;
}

void Slow::watch(Instant now, std::string_view doing) {
  if (now < next_look_)
    return;
  next_look_ = now + kBetweenLooks;
  if (const auto bytes = kernel_tcp_bytes())
    result_.tcp_highest = std::max(result_.tcp_highest, *bytes);
  if (progress_.due(now))
    progress_.show(
        now, fmt::format("{}: {} sent, {} delivered", doing, oracle_.sent(), oracle_.delivered()));
}

std::expected<Report, std::string> run_scenario(const SlowOptions& options) {
  return run_in_pool<Slow>(options);
}

}  // namespace chat::bench
