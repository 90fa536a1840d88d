#include "bench/scenarios/fanout.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <utility>

#include "bench/load/open_pool.hpp"
#include "bench/load/talk.hpp"

namespace chat::bench {

Fanout::Fanout(const FanoutOptions& options, ClientPool pool)
    : options_(options),
      // The last one who came in, since a server is likely to serve it last.
      watcher_(options.clients - 1),
      crowd_(std::move(pool), {.clients = options.clients, .patience = options.patience}, *this),
      oracle_(options.clients, options.senders, options.text_bytes) {}

std::expected<FanoutResult, std::string> Fanout::run() {
  if (auto done = let_in(); !done)
    return std::unexpected(done.error());
  if (auto done = deliver(); !done)
    return std::unexpected(done.error());
  result_.verdict = oracle_.judge();
  result_.troubles = crowd_.troubles();
  crowd_.leave_all();
  return std::move(result_);
}

Done Fanout::let_in() {
  const auto before = read_watched(options_.server_pid);
  if (!before)
    return std::unexpected(before.error());
  const auto connecting = crowd_.connect_all(progress_);
  if (!connecting)
    return std::unexpected(connecting.error());
  result_.connecting = *connecting;
  if (auto done = crowd_.enter_room(fmt::format("bench-{}", getpid()), progress_); !done)
    return done;
  result_.entering = use_since(*before, options_.server_pid);
  return {};
}

Done Fanout::deliver() {
  const auto before = read_watched(options_.server_pid);
  if (!before)
    return std::unexpected(before.error());
  const Duration own_before = own_cpu();
  const Instant start = Clock::now();
  last_delivery_ = start;
  Talk talk(crowd_, oracle_, options_, watcher_, start);
  const auto sending = [this](Instant now) { show_progress(now, "sending"); };
  if (auto done = talk.send_until(start + options_.seconds, sending); !done)
    return done;
  const auto outstanding = [this] { return oracle_.outstanding(); };
  const auto waiting = [this](Instant now) { show_progress(now, "waiting for the rest"); };
  if (auto done = wait_for_the_rest(crowd_, options_.patience, outstanding, waiting); !done)
    return done;

  result_.delivering = last_delivery_ - start;
  result_.own_cpu = own_cpu() - own_before;
  result_.server = use_since(*before, options_.server_pid);
  return listen_for_more(crowd_);
}

void Fanout::posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) {
  const auto sent = oracle_.deliver(client, sequence, text);
  if (!sent)
    return;
  result_.latency.record(at - *sent);
  if (oracle_.everybody_has_it())
    result_.last_delivery.record(at - *sent);
  last_delivery_ = at;
}

void Fanout::acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) {
  oracle_.acknowledge(client, number, sequence);
}

void Fanout::show_progress(Instant now, std::string_view doing) {
  if (progress_.due(now))
    progress_.show(now, fmt::format("{}: {} sent, {} of {} delivered", doing, oracle_.sent(),
                                    oracle_.delivered(), oracle_.sent() * options_.clients));
}

std::expected<Report, std::string> run_scenario(const FanoutOptions& options) {
  auto pool = open_pool(options);
  if (!pool)
    return std::unexpected(std::move(pool.error()));
  const auto result = Fanout(options, std::move(*pool)).run();
  if (!result)
    return std::unexpected(result.error());
  return report_of(options, *result);
}

}  // namespace chat::bench
