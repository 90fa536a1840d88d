#include "bench/scenarios/whisper.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "bench/protocols/pair_relay.hpp"
#include "bench/scenarios/run_scenario.hpp"
#include "bench/scenarios/whisper_once.hpp"

namespace chat::bench {
namespace {

CrowdOptions crowd_of(const WhisperOptions& options) {
  CrowdOptions crowd{.clients = options.clients, .patience = options.patience};
  if (options.protocol == WhisperProtocol::floor)
    crowd.make_dialect = [names = crowd.names](MessageEvents& messages, DialectEvents& others) {
      return std::make_unique<PairRelayDialect>(names, messages, others);
    };
  return crowd;
}

}  // namespace

Whisper::Whisper(const WhisperOptions& options, ClientPool pool)
    : options_(options),
      crowd_(std::move(pool), crowd_of(options), *this),
      ping_pong_(options.pairs, options.text_bytes) {}

std::expected<WhisperResult, std::string> Whisper::run() {
  const auto connecting = crowd_.connect_all(progress_);
  if (!connecting)
    return std::unexpected(connecting.error());
  result_.connecting = *connecting;
  if (auto done = play(); !done)
    return std::unexpected(done.error());
  result_.verdict = ping_pong_.judge();
  result_.troubles = crowd_.troubles();
  crowd_.leave_all();
  return std::move(result_);
}

Done Whisper::play() {
  const auto before = read_watched(options_.server_pid);
  if (!before)
    return std::unexpected(before.error());
  const Duration own_before = own_cpu();
  const Instant start = Clock::now();
  last_delivery_ = start;
  for (std::uint32_t pair = 0; pair < options_.pairs; ++pair)
    whisper(2 * pair);
  if (auto done = keep_playing(start + options_.seconds); !done)
    return done;
  const auto outstanding = [this] { return ping_pong_.outstanding(); };
  const auto waiting = [this](Instant now) { show_progress(now, "waiting for the rest"); };
  if (auto done = wait_for_the_rest(crowd_, options_.patience, outstanding, waiting); !done)
    return done;

  result_.whispering = last_delivery_ - start;
  result_.own_cpu = own_cpu() - own_before;
  result_.server = use_since(*before, options_.server_pid);
  return listen_for_more(crowd_);
}

Done Whisper::keep_playing(Instant end) {
  for (Instant now = Clock::now(); now < end && crowd_.connected() > 0; now = Clock::now()) {
    if (auto polled = crowd_.poll(std::min<Duration>(kLongestPoll, end - now)); !polled)
      return polled;
    show_progress(now, "whispering");
  }
  answering_ = false;
  return {};
}

void Whisper::whisper(ClientIndex from) {
  const MessageMark mark = ping_pong_.send(from, Clock::now());
  crowd_.whisper(from, PingPong::partner_of(from), mark.number,
                 compose_text(mark, options_.text_bytes));
}

void Whisper::whispered(ClientIndex client, Sequence sequence, std::string_view text, Instant at) {
  const auto arrival = ping_pong_.deliver(client, sequence, text, at);
  if (!arrival)
    return;
  result_.latency.record(arrival->latency);
  if (arrival->round_trip)
    result_.round_trip.record(*arrival->round_trip);
  last_delivery_ = at;
  if (answering_)
    whisper(client);
}

void Whisper::acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) {
  ping_pong_.acknowledge(client, number, sequence);
}

void Whisper::show_progress(Instant now, std::string_view doing) {
  if (progress_.due(now))
    progress_.show(now, fmt::format("{}: {} sent, {} outstanding", doing, ping_pong_.sent(),
                                    ping_pong_.outstanding()));
}

std::expected<Report, std::string> run_scenario(const WhisperOptions& options) {
  return options.once ? run_in_pool<WhisperOnce>(options) : run_in_pool<Whisper>(options);
}

}  // namespace chat::bench
