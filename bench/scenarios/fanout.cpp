#include "bench/scenarios/fanout.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "bench/load/open_pool.hpp"

namespace chat::bench {
namespace {

constexpr Duration kLongestPoll = std::chrono::milliseconds(50);
// After everything has come, so long is listened for what comes twice.
constexpr Duration kListenOn = std::chrono::milliseconds(100);

}  // namespace

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

Fanout::Done Fanout::let_in() {
  const auto before = server_stats();
  if (!before)
    return std::unexpected(before.error());
  const auto connecting = crowd_.connect_all(progress_);
  if (!connecting)
    return std::unexpected(connecting.error());
  result_.connecting = *connecting;
  if (auto done = crowd_.enter_room(fmt::format("bench-{}", getpid()), progress_); !done)
    return done;
  const auto after = server_stats();
  if (!after)
    return std::unexpected(after.error());
  if (options_.server_pid)
    result_.server = ServerCost{{},
                                static_cast<std::int64_t>(after->resident_bytes) -
                                    static_cast<std::int64_t>(before->resident_bytes)};
  return {};
}

Fanout::Done Fanout::deliver() {
  const auto before = server_stats();
  if (!before)
    return std::unexpected(before.error());
  const Duration own_before = own_cpu();
  const Instant start = Clock::now();
  last_delivery_ = start;
  if (auto done = send_for_the_time(Pacing(options_.load, start), start + options_.seconds); !done)
    return done;
  if (auto done = wait_for_the_rest(); !done)
    return done;

  result_.delivering = last_delivery_ - start;
  result_.own_cpu = own_cpu() - own_before;
  // A server that has ended meanwhile leaves no figures, but what was delivered is still judged.
  const auto after = server_stats();
  if (!after)
    result_.server.reset();
  else if (result_.server)
    result_.server->cpu = after->cpu - before->cpu;
  return listen_for_more();
}

Fanout::Done Fanout::send_for_the_time(const Pacing& pacing, Instant end) {
  for (Instant now = Clock::now(); now < end && crowd_.connected() > 0; now = Clock::now()) {
    send_due(pacing, now, end);
    const Duration longest = std::min<Duration>(kLongestPoll, end - now);
    if (auto polled = crowd_.poll(pacing.pause(now, oracle_.sent(), longest)); !polled)
      return polled;
    show_progress(now, "sending");
  }
  // What was due before the end is sent, however late it is.
  if (crowd_.connected() > 0)
    send_due(pacing, end, end);
  return {};
}

void Fanout::send_due(const Pacing& pacing, Instant now, Instant end) {
  while (const auto due = pacing.due(now, oracle_.sent(), oracle_.seen(watcher_))) {
    if (*due >= end)
      return;
    const auto sender = static_cast<ClientIndex>(oracle_.sent() % options_.senders);
    const std::uint32_t number = oracle_.send(sender);
    crowd_.say(sender, number, compose_text({sender, number, *due}, options_.text_bytes));
  }
}

Fanout::Done Fanout::wait_for_the_rest() {
  Instant last_progress = Clock::now();
  std::uint64_t outstanding_before = oracle_.outstanding();
  while (!oracle_.complete() && crowd_.connected() > 0) {
    if (auto polled = crowd_.poll(kLongestPoll); !polled)
      return polled;
    const Instant now = Clock::now();
    if (std::exchange(outstanding_before, oracle_.outstanding()) != oracle_.outstanding())
      last_progress = now;
    if (now - last_progress > options_.patience)
      break;
    show_progress(now, "waiting for the rest");
  }
  return {};
}

Fanout::Done Fanout::listen_for_more() {
  const Instant end = Clock::now() + kListenOn;
  for (Instant now = Clock::now(); now < end; now = Clock::now())
    if (auto polled = crowd_.poll(end - now); !polled)
      return polled;
  return {};
}

void Fanout::posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) {
  const auto sent = oracle_.deliver(client, sequence, text);
  if (!sent)
    return;
  result_.latency.record(at - *sent);
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

std::expected<ProcessStats, std::string> Fanout::server_stats() const {
  if (!options_.server_pid)
    return ProcessStats{};
  auto stats = read_process_stats(*options_.server_pid);
  if (!stats)
    return std::unexpected(describe(stats.error()));
  return *stats;
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
