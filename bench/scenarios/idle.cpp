#include "bench/scenarios/idle.hpp"

#include <fmt/format.h>

#include <utility>

#include "bench/load/message_text.hpp"
#include "bench/load/run_name.hpp"
#include "bench/scenarios/run_scenario.hpp"

namespace chat::bench {
namespace {

constexpr std::uint32_t kTextBytes = 64;

}  // namespace

std::optional<double> IdleResult::bytes_per_connection() const {
  if (steps.size() < 2)
    return std::nullopt;
  const IdleStep& first = steps.front();
  const IdleStep& last = steps.back();
  return (static_cast<double>(last.resident_bytes) - static_cast<double>(first.resident_bytes)) /
         (last.clients - first.clients);
}

Idle::Idle(const IdleOptions& options, ClientPool pool)
    : options_(options),
      crowd_(std::move(pool), {.clients = options.clients, .patience = options.patience}, *this),
      oracle_(options.clients, 1, kTextBytes),
      room_(run_name("bench")) {}

std::expected<IdleResult, std::string> Idle::run() {
  for (const std::uint32_t clients : options_.steps) {
    if (auto done = let_in(clients); !done)
      return std::unexpected(done.error());
    if (auto done = measure(clients); !done)
      return std::unexpected(done.error());
  }
  if (auto done = say_one_message(); !done)
    return std::unexpected(done.error());
  result_.verdict = oracle_.judge();
  result_.troubles = crowd_.troubles();
  crowd_.leave_all();
  return std::move(result_);
}

Done Idle::let_in(std::uint32_t clients) {
  const auto connecting = crowd_.connect_up_to(clients, progress_);
  if (!connecting)
    return std::unexpected(connecting.error());
  result_.connecting += *connecting;
  return crowd_.enter_room(room_, progress_);
}

Done Idle::measure(std::uint32_t clients) {
  const Duration own_before = own_cpu();
  const Instant start = Clock::now();
  const auto before = read_watched(options_.server_pid);
  if (auto done = idle_until(start + options_.settle / 4, clients); !done)
    return done;
  const Instant quiet_start = Clock::now();
  const auto quiet_before = read_watched(options_.server_pid);
  if (auto done = idle_until(start + options_.settle * 3 / 4, clients); !done)
    return done;
  const Duration quiet = Clock::now() - quiet_start;
  const auto quiet_after = read_watched(options_.server_pid);
  if (auto done = idle_until(start + options_.settle, clients); !done)
    return done;
  const Duration idle = Clock::now() - start;
  const auto after = read_watched(options_.server_pid);
  for (const auto& reading : {before, quiet_before, quiet_after, after})
    if (!reading)
      return std::unexpected(reading.error());
  result_.own_cpu += own_cpu() - own_before;
  result_.steps.push_back({.clients = clients,
                           .idle = idle,
                           .server_cpu = (*after)->cpu - (*before)->cpu,
                           .quiet = quiet,
                           .quiet_server_cpu = (*quiet_after)->cpu - (*quiet_before)->cpu,
                           .resident_bytes = (*after)->resident_bytes});
  return {};
}

Done Idle::idle_until(Instant end, std::uint32_t clients) {
  for (Instant now = Clock::now(); now < end && crowd_.connected() > 0; now = Clock::now()) {
    if (auto polled = poll_for(crowd_, std::min<Duration>(end - now, std::chrono::seconds(1)));
        !polled)
      return polled;
    show_progress(now, clients);
  }
  return {};
}

Done Idle::say_one_message() {
  const std::uint32_t number = oracle_.send(0);
  crowd_.say(0, number, compose_text({0, number, Clock::now()}, kTextBytes));
  const auto outstanding = [this] { return oracle_.outstanding(); };
  const auto waiting = [this](Instant now) { show_progress(now, options_.clients); };
  if (auto done = wait_for_the_rest(crowd_, options_.patience, outstanding, waiting); !done)
    return done;
  return listen_for_more(crowd_);
}

void Idle::posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) {
  if (const auto sent = oracle_.deliver(client, sequence, text))
    result_.latency.record(at - *sent);
}

void Idle::acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) {
  oracle_.acknowledge(client, number, sequence);
}

void Idle::show_progress(Instant now, std::uint32_t clients) {
  if (progress_.due(now))
    progress_.show(now, fmt::format("{} clients idle", clients));
}

std::expected<Report, std::string> run_scenario(const IdleOptions& options) {
  return run_in_pool<Idle>(options);
}

}  // namespace chat::bench
