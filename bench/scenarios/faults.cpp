#include "bench/scenarios/faults.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "bench/load/message_text.hpp"
#include "bench/load/run_name.hpp"
#include "bench/scenarios/run_scenario.hpp"

namespace chat::bench {
namespace {

// In the texts of whispers senders are called by other numbers than in those to the room, so that
// neither can be taken for the other.
constexpr std::uint32_t kWhisperers = kMaxSenders / 2;
static_assert(kMaxClients <= kWhisperers);

// Requests have one number each, of both kinds of messages.
std::uint32_t number_of_said(std::uint32_t number) {
  return 2 * number;
}
std::uint32_t number_of_whispered(std::uint32_t number) {
  return 2 * number + 1;
}

PairOracle::Side side_of(ClientIndex client) {
  return client % 2 == 0 ? PairOracle::Side::first : PairOracle::Side::second;
}

ClientIndex partner_of(ClientIndex client) {
  return client ^ 1U;
}

CrowdOptions crowd_options(const FaultsOptions& options, ResumeEvents& resumes) {
  CrowdOptions crowd{.clients = options.clients, .patience = options.patience};
  crowd.make_dialect = [names = crowd.names, clients = options.clients, &resumes](
                           MessageEvents& messages, DialectEvents& others) {
    return std::make_unique<ResumingDialect>(names, clients, messages, resumes, others);
  };
  return crowd;
}

}  // namespace

Faults::Faults(const FaultsOptions& options, ClientPool pool)
    : options_(options),
      crowd_(std::move(pool), crowd_options(options, *this), *this),
      breaker_(crowd_, options.clients, options.seed + 1, *this),
      oracle_(options.clients, options.senders, options.text_bytes),
      talk_dice_(options.seed),
      members_(options.clients),
      turns_(options.senders, options.window),
      talk_pacing_(OpenLoop{options.rate}, {}) {
  for (ClientIndex client = 0; client + 1 < options.senders; client += 2)
    pair_oracles_.emplace_back(std::array{kWhisperers + client, kWhisperers + client + 1},
                               options.text_bytes);
}

std::expected<FaultsResult, std::string> Faults::run() {
  if (auto done = let_in(); !done)
    return std::unexpected(done.error());
  const auto before = read_watched(options_.server_pid);
  if (!before)
    return std::unexpected(before.error());
  const Duration own_before = own_cpu();
  for (const auto step : {&Faults::break_and_talk, &Faults::let_all_catch_up})
    if (auto done = (this->*step)(); !done)
      return std::unexpected(done.error());
  result_.own_cpu = own_cpu() - own_before;
  result_.server = use_since(*before, options_.server_pid);
  judge();
  crowd_.leave_all();
  return std::move(result_);
}

Done Faults::let_in() {
  const auto connecting = crowd_.connect_all(progress_);
  if (!connecting)
    return std::unexpected(connecting.error());
  result_.connecting = *connecting;
  return crowd_.enter_room(run_name("bench"), progress_);
}

Done Faults::break_and_talk() {
  const Instant start = Clock::now();
  const Instant end = start + options_.seconds;
  talk_pacing_ = Pacing(OpenLoop{options_.rate}, start);
  breaker_.begin(options_.resets_per_second, start);
  breaking_ = true;
  for (Instant now = start; now < end && (crowd_.connected() > 0 || !away_.empty());
       now = Clock::now()) {
    talk(now);
    breaker_.break_due(now);
    bring_back(now);
    if (!failure_.empty())
      return std::unexpected(failure_);
    if (auto polled = crowd_.poll(std::min<Duration>(pause(now), end - now)); !polled)
      return polled;
    show_progress(now, "breaking");
  }
  breaking_ = false;
  breaker_.stop();
  return {};
}

// Those who are away come back first, or there might be nobody to wait for.
Done Faults::let_all_catch_up() {
  const auto waiting = [this](Instant now) {
    bring_back(now);
    show_progress(now, "letting all catch up");
  };
  while (!away_.empty() && failure_.empty()) {
    if (auto polled = crowd_.poll(pause(Clock::now())); !polled)
      return polled;
    waiting(Clock::now());
  }
  const auto outstanding = [this] { return this->outstanding(); };
  if (auto done = wait_for_the_rest(crowd_, options_.patience, outstanding, waiting); !done)
    return done;
  if (auto done = listen_for_more(crowd_); !done)
    return done;
  return failure_.empty() ? Done() : std::unexpected(failure_);
}

// --- talking ------------------------------------------------------------------------------------

void Faults::talk(Instant now) {
  while (const auto due = talk_pacing_.due(now, turns_.said(), 0)) {
    const auto sender = turns_.next();
    if (!sender)
      return;
    say(*sender, *due);
  }
}

void Faults::say(ClientIndex sender, Instant due) {
  turns_.said(sender);
  if (has_partner(sender) && talk_dice_.one_in(2)) {
    const std::uint32_t number = pair_oracles_[sender / 2].send(side_of(sender));
    crowd_.whisper(sender, partner_of(sender), number_of_whispered(number),
                   compose_text({kWhisperers + sender, number, due}, options_.text_bytes));
  } else {
    const std::uint32_t number = oracle_.send(sender);
    crowd_.say(sender, number_of_said(number),
               compose_text({sender, number, due}, options_.text_bytes));
  }
}

bool Faults::has_partner(ClientIndex sender) const {
  return sender / 2 < pair_oracles_.size();
}

void Faults::posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) {
  if (const auto sent = oracle_.deliver(client, sequence, text))
    result_.latency.record(at - *sent);
  furthest_ = std::max(furthest_, oracle_.seen(client));
  check_caught_up(client, at);
}

void Faults::whispered(ClientIndex client, Sequence sequence, std::string_view text, Instant at) {
  if (!has_partner(client))
    ++result_.verdict.foreign;
  else if (const auto sent = pair_oracles_[client / 2].deliver(side_of(client), sequence, text))
    result_.latency.record(at - *sent);
}

void Faults::acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) {
  turns_.acknowledged(client);
  if (number == number_of_said(number / 2))
    oracle_.acknowledge(client, number / 2, sequence);
  else
    pair_oracles_[client / 2].acknowledge(side_of(client), number / 2, sequence);
}

bool Faults::missed(ClientIndex client, Sequence from, Sequence to) {
  oracle_.miss(client, from, to);
  ++result_.gaps;
  result_.missed += to.value - from.value + 1;
  check_caught_up(client, Clock::now());
  return true;
}

// --- breaking -----------------------------------------------------------------------------------

void Faults::say_much(ClientIndex client, Dice& dice) {
  for (std::uint64_t count = dice.below(turns_.may_say(client) + 1U); count > 0; --count)
    say(client, Clock::now());
}

void Faults::broke(ClientIndex client) {
  Member& member = members_[client];
  ++result_.resets;
  if (!member.is_here)
    ++result_.interrupted;
  member.is_here = false;
  member.is_catching_up = false;
  breaker_.ended(client);
  away_.add(client, Clock::now() + breaker_.time_away(options_.away));
}

void Faults::bring_back(Instant now) {
  while (const auto client = away_.take_due(now)) {
    members_[*client].connected = now;
    if (const auto begun = crowd_.reconnect(*client); !begun)
      failure_ = begun.error();
  }
}

void Faults::resumed(ClientIndex client, Instant at, std::size_t repeated) {
  Member& member = members_[client];
  ++result_.resumed;
  result_.repeated += repeated;
  result_.resuming.record(at - member.connected);
  member.is_here = true;
  member.is_catching_up = true;
  member.behind = furthest_;
  check_caught_up(client, at);
}

void Faults::lost_session(ClientIndex) {
  ++result_.fresh;
}

void Faults::check_caught_up(ClientIndex client, Instant at) {
  Member& member = members_[client];
  if (!member.is_catching_up || oracle_.seen(client) < member.behind)
    return;
  member.is_catching_up = false;
  result_.catching_up.record(at - member.connected);
}

// --- all together -------------------------------------------------------------------------------

Duration Faults::pause(Instant now) const {
  const Duration longest = away_.pause(now, kLongestPoll);
  if (!breaking_)
    return longest;
  return breaker_.pause(now, talk_pacing_.pause(now, turns_.said(), longest));
}

std::uint64_t Faults::outstanding() const {
  std::uint64_t outstanding = oracle_.outstanding();
  for (const PairOracle& pair : pair_oracles_)
    outstanding += pair.outstanding();
  return outstanding +
         static_cast<std::uint64_t>(std::ranges::count(members_, false, &Member::is_here));
}

void Faults::judge() {
  result_.verdict += oracle_.judge();
  result_.verdict.expected -= result_.missed;
  result_.verdict.delivered -= result_.missed;
  for (const PairOracle& pair : pair_oracles_) {
    const Verdict verdict = pair.judge();
    result_.whispers += verdict.sent;
    result_.verdict += verdict;
  }
  result_.troubles = crowd_.troubles();
}

void Faults::show_progress(Instant now, std::string_view doing) {
  if (progress_.due(now))
    progress_.show(now, fmt::format("{}: {} resets, {} resumed, {} to come", doing, result_.resets,
                                    result_.resumed, outstanding()));
}

std::expected<Report, std::string> run_scenario(const FaultsOptions& options) {
  return run_in_pool<Faults>(options);
}

}  // namespace chat::bench
