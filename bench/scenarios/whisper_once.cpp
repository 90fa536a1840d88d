#include "bench/scenarios/whisper_once.hpp"

#include <fmt/format.h>

#include <utility>

#include "bench/scenarios/whisper_pairs.hpp"

namespace chat::bench {
namespace {

// So many whispers are on their way at a time.
constexpr std::uint64_t kWindow = 1024;

}  // namespace

WhisperOnce::WhisperOnce(const WhisperOptions& options, ClientPool pool)
    : options_(options),
      crowd_(std::move(pool), {.clients = options.clients, .patience = options.patience}, *this) {
  pairs_.reserve(options.pairs);
}

std::expected<WhisperOnceResult, std::string> WhisperOnce::run() {
  const auto connecting = crowd_.connect_all(progress_);
  if (!connecting)
    return std::unexpected(connecting.error());
  result_.connecting = *connecting;
  const auto before = read_watched(options_.server_pid);
  if (!before)
    return std::unexpected(before.error());
  const Duration own_before = own_cpu();
  if (auto done = whisper_all(); !done)
    return std::unexpected(done.error());
  result_.own_cpu = own_cpu() - own_before;
  if (auto done = poll_for(crowd_, options_.settle); !done)
    return std::unexpected(done.error());
  result_.server = use_since(*before, options_.server_pid);
  judge();
  crowd_.leave_all();
  return std::move(result_);
}

Done WhisperOnce::whisper_all() {
  while (pairs_.size() < options_.pairs && crowd_.connected() > 0) {
    while (pairs_.size() < options_.pairs && outstanding() < kWindow)
      whisper_next();
    const auto room = [&] { return outstanding() < kWindow ? 0 : outstanding(); };
    const auto waiting = [this](Instant now) { show_progress(now); };
    if (auto done = wait_for_the_rest(crowd_, options_.patience, room, waiting); !done)
      return done;
    if (outstanding() >= kWindow)
      break;
  }
  const auto all = [this] { return outstanding(); };
  return wait_for_the_rest(crowd_, options_.patience, all,
                           [this](Instant now) { show_progress(now); });
}

void WhisperOnce::whisper_next() {
  const auto number = static_cast<std::uint32_t>(pairs_.size());
  const WhisperPair pair = whisper_pair(number, options_.clients);
  pairs_.emplace_back();
  crowd_.whisper(pair.from, pair.to, number,
                 compose_text({pair.from, number, Clock::now()}, options_.text_bytes));
}

void WhisperOnce::whispered(ClientIndex client, Sequence sequence, std::string_view text,
                            Instant at) {
  const auto mark = read_mark(text);
  if (!mark || text.substr(kMarkBytes) != padding_of(options_.text_bytes) ||
      mark->number >= pairs_.size()) {
    ++result_.verdict.foreign;
    return;
  }
  const WhisperPair pair = whisper_pair(mark->number, options_.clients);
  if (sequence != kFirst)
    ++result_.verdict.misordered;
  Pair& state = pairs_[mark->number];
  if (client == pair.to) {
    result_.latency.record(at - mark->sent);
    take(state.received, received_);
  } else if (client == pair.from) {
    take(state.echoed, echoed_);
  } else {
    ++result_.verdict.foreign;
  }
}

void WhisperOnce::acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) {
  const bool right = number < pairs_.size() && sequence == kFirst &&
                     whisper_pair(number, options_.clients).from == client;
  if (right && !std::exchange(pairs_[number].acknowledged, true))
    ++acknowledged_;
  else
    ++result_.verdict.misordered;
}

void WhisperOnce::take(bool& came, std::uint64_t& count) {
  if (std::exchange(came, true))
    ++result_.verdict.duplicated;
  else
    ++count;
}

std::uint64_t WhisperOnce::outstanding() const {
  const std::uint64_t sent = pairs_.size();
  return (sent - received_) + (echoed_ > 0 ? sent - echoed_ : 0) + (sent - acknowledged_);
}

void WhisperOnce::judge() {
  Verdict& verdict = result_.verdict;
  verdict.sent = pairs_.size();
  verdict.expected = verdict.sent * (echoed_ > 0 ? 2 : 1);
  verdict.delivered = received_ + echoed_ + verdict.duplicated;
  verdict.lost = verdict.expected - received_ - echoed_;
  verdict.unacknowledged = verdict.sent - acknowledged_;
  result_.troubles = crowd_.troubles();
}

void WhisperOnce::show_progress(Instant now) {
  if (progress_.due(now))
    progress_.show(now,
                   fmt::format("{} of {} pairs have whispered", pairs_.size(), options_.pairs));
}

}  // namespace chat::bench
