#include "bench/scenarios/crash.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "bench/load/run_name.hpp"

namespace chat::bench {
namespace {

// Until a client comes again that came too early: about as long as a server needs to notice that a
// connection is gone.
constexpr Duration kSoon = std::chrono::milliseconds(20);

CrowdOptions crowd_options(const CrashOptions& options, const Conversations& conversations,
                           ReturningEvents& events, ReturningDialect*& dialect) {
  CrowdOptions crowd{.clients = options.clients, .patience = options.patience};
  const auto places_of = [&conversations, rooms = run_name("crash")](ClientIndex client) {
    return conversations.places_of(client, rooms);
  };
  crowd.make_dialect = [=, names = crowd.names, clients = options.clients, &events, &dialect](
                           MessageEvents&, DialectEvents& others) {
    auto made = std::make_unique<ReturningDialect>(names, clients, places_of, events, others);
    dialect = made.get();
    return made;
  };
  return crowd;
}

}  // namespace

Crash::Crash(const CrashOptions& options, std::vector<std::string> server_command,
             ServerProgram server, ClientPool pool)
    : options_(options),
      server_command_(std::move(server_command)),
      server_(std::move(server)),
      conversations_(options.clients, options.senders, options.rooms, options.text_bytes),
      crowd_(std::move(pool), crowd_options(options, conversations_, *this, dialect_), *this),
      breaker_(crowd_, options.clients, options.seed + 1),
      dice_(options.seed),
      talk_dice_(options.seed + 2),
      members_(options.clients),
      talk_pacing_(OpenLoop{options.rate}, {}),
      reset_pacing_(OpenLoop{options.resets_per_second}, {}),
      kill_pacing_(OpenLoop{options.client_kills_per_second}, {}) {}

std::expected<CrashResult, std::string> Crash::run() {
  const Instant start = Clock::now();
  for (const auto step : {&Crash::let_in, &Crash::crash_again_and_again, &Crash::let_all_catch_up,
                          &Crash::end_server})
    if (auto done = (this->*step)(); !done)
      return std::unexpected(done.error());
  result_.duration = Clock::now() - start;
  judge();
  return std::move(result_);
}

// Until something was acknowledged that was said when all were in, a crash could leave somebody
// unknown, to whom others whisper.
Done Crash::let_in() {
  if (const auto connecting = crowd_.connect_all(progress_); !connecting)
    return std::unexpected(connecting.error());
  say(0, conversations_.compose(0, talk_dice_, Clock::now()));
  const auto outstanding = [this] { return conversations_.outstanding(); };
  const auto done = wait_for_the_rest(crowd_, options_.patience, outstanding, [](Instant) {});
  if (done && members_[0].unacknowledged > 0)
    return std::unexpected("the server does not acknowledge the first message");
  return done;
}

Done Crash::crash_again_and_again() {
  const Instant start = Clock::now();
  talk_pacing_ = Pacing(OpenLoop{options_.rate}, start);
  reset_pacing_ = Pacing(OpenLoop{options_.resets_per_second}, start);
  kill_pacing_ = Pacing(OpenLoop{options_.client_kills_per_second}, start);
  breaking_ = true;
  const auto longest = static_cast<std::uint64_t>(options_.seconds_per_cycle.count());
  while (result_.crashes < options_.cycles) {
    if (auto done = live_until(Clock::now() + Duration(dice_.below(longest))); !done)
      return done;
    for (const auto step : {&Crash::kill_server, &Crash::start_server})
      if (auto done = (this->*step)(); !done)
        return done;
  }
  return live_until(Clock::now() + options_.seconds_per_cycle);
}

// Those who are away come back first, or there might be nobody to wait for.
Done Crash::let_all_catch_up() {
  breaking_ = false;
  breaker_.call_off();
  const Instant end = Clock::now() + options_.patience;
  while (std::ranges::count(members_, false, &Member::is_here) > 0 && Clock::now() < end)
    if (auto done = live(kLongestPoll); !done)
      return done;
  say_last_words();
  const auto outstanding = [this] { return this->outstanding(); };
  const auto waiting = [this](Instant now) {
    bring_back(now);
    show_progress(now, "letting all catch up");
  };
  if (auto done = wait_for_the_rest(crowd_, options_.patience, outstanding, waiting); !done)
    return done;
  if (auto done = listen_for_more(crowd_); !done)
    return done;
  return check_server();
}

Done Crash::end_server() {
  is_serving_ = false;
  crowd_.leave_all();
  return server_.stop(options_.patience);
}

// --- the server ---------------------------------------------------------------------------------

Done Crash::live_until(Instant end) {
  for (Instant now = Clock::now(); now < end; now = Clock::now())
    if (auto done = live(end - now); !done)
      return done;
  return {};
}

Done Crash::live(Duration longest) {
  const Instant now = Clock::now();
  if (breaking_) {
    talk(now);
    break_due(now);
    kill_clients_due(now);
  }
  bring_back(now);
  show_progress(now, "crashing");
  if (!failure_.empty())
    return std::unexpected(failure_);
  if (auto polled = crowd_.poll(pause(now, longest)); !polled)
    return polled;
  return check_server();
}

Done Crash::kill_server() {
  if (auto killed = server_.kill(); !killed)
    return killed;
  is_serving_ = false;
  ++result_.crashes;
  if (are_back_ < options_.clients && servers_ > 1)
    ++result_.all_back_not;
  return {};
}

Done Crash::start_server() {
  auto server = ServerProgram::start(server_command_);
  if (!server)
    return std::unexpected(std::move(server.error()));
  server_ = std::move(*server);
  ++servers_;
  are_back_ = 0;
  const Instant end = Clock::now() + options_.patience;
  std::optional<net::SocketAddress> address;
  while (!(address = server_.address())) {
    if (auto done = live(std::chrono::milliseconds(1)); !done)
      return done;
    if (Clock::now() > end)
      return std::unexpected("the server does not serve again on its store");
  }
  crowd_.move_to(*address);
  is_serving_ = true;
  return {};
}

Done Crash::check_server() {
  if (auto ended = server_.ended())
    return std::unexpected(std::move(*ended));
  return {};
}

// --- talking ------------------------------------------------------------------------------------

void Crash::talk(Instant now) {
  while (const auto due = talk_pacing_.due(now, said_, 0))
    if (!say_next(*due))
      return;
}

// False when nobody may say more before something is acknowledged.
bool Crash::say_next(Instant due) {
  for (std::uint32_t tries = 0; tries < options_.senders; ++tries) {
    const ClientIndex sender = next_sender_;
    next_sender_ = (next_sender_ + 1) % options_.senders;
    if (members_[sender].unacknowledged < options_.window) {
      say(sender, conversations_.compose(sender, talk_dice_, due));
      return true;
    }
  }
  return false;
}

void Crash::say(ClientIndex sender, const Conversations::Line& line) {
  ++said_;
  ++members_[sender].unacknowledged;
  dialect_->say_in(sender, line.place, line.number, line.text);
}

// A client that has a new session is not in its pair until one of the two whispers.
void Crash::say_last_words() {
  for (ClientIndex client = 0; client < options_.senders; ++client)
    if (conversations_.has_partner(client))
      say(client, conversations_.compose_whisper(client, Clock::now()));
}

void Crash::heard(ClientIndex client, Place place, Sequence sequence, std::string_view text,
                  Instant at) {
  if (const auto sent = conversations_.deliver(client, place, sequence, text))
    result_.latency.record(at - *sent);
}

void Crash::recalled(ClientIndex client, Sequence sequence, std::string_view text) {
  conversations_.recall(client, sequence, text);
}

void Crash::acknowledged(ClientIndex client, Place place, std::uint32_t number, Sequence sequence) {
  --members_[client].unacknowledged;
  conversations_.acknowledge(client, place, number, sequence);
}

void Crash::missed(ClientIndex, Place, Sequence, Sequence) {
  ++result_.gaps;
}

// --- breaking -----------------------------------------------------------------------------------

void Crash::break_due(Instant now) {
  while (options_.resets_per_second > 0 && reset_pacing_.due(now, broken_, 0)) {
    const ClientIndex client = breaker_.any_client();
    // Else the turn is somebody else's, when something has happened.
    if (!breaker_.may_break(client))
      return;
    ++broken_;
    if (breaker_.break_one(client, [&](Dice& dice) { say_much(client, dice); }))
      note_reset(client);
  }
}

void Crash::say_much(ClientIndex client, Dice& dice) {
  if (client >= options_.senders)
    return;
  const std::uint32_t may = options_.window - members_[client].unacknowledged;
  for (std::uint64_t count = dice.below(may + 1U); count > 0; --count)
    say(client, conversations_.compose(client, dice, Clock::now()));
}

void Crash::greeting(ClientIndex client) {
  if (!breaking_ || options_.resets_per_second == 0)
    return;
  const auto is_broken = breaker_.break_greeting(client);
  broken_ += is_broken ? 1 : 0;
  if (is_broken.value_or(false))
    note_reset(client);
}

void Crash::kill_clients_due(Instant now) {
  while (options_.client_kills_per_second > 0 && kill_pacing_.due(now, result_.killed, 0)) {
    const ClientIndex client = breaker_.any_client();
    if (!crowd_.is_open(client))
      return;
    replace(client);
  }
}

// Now and then a client was killed before it had written down its token.
void Crash::replace(ClientIndex client) {
  constexpr std::uint64_t kWithoutTokenOneIn = 4;
  ++result_.killed;
  // What its system does with the connection depends on whether there was something left to read.
  if (dice_.one_in(2))
    crowd_.drop(client);
  else
    crowd_.reset(client, dice_.below(crowd_.queued(client) + 1));
  dialect_->replace(client, !dice_.one_in(kWithoutTokenOneIn));
  conversations_.begin_anew(client);
  note_away(client, breaker_.time_away(options_.away));
}

void Crash::note_reset(ClientIndex client) {
  ++result_.resets;
  note_away(client, breaker_.time_away(options_.away));
}

void Crash::note_away(ClientIndex client, Duration away) {
  members_[client].is_here = false;
  breaker_.broken(client);
  away_.emplace(Clock::now() + away, client);
}

// Whoever had a connection to a server that was killed.
bool Crash::has_lost_connection(ClientIndex client) {
  note_away(client, Duration::zero());
  return !is_serving_ || members_[client].server < servers_;
}

void Crash::came_too_early(ClientIndex client) {
  ++result_.too_early;
  crowd_.reset(client, 0);
  note_away(client, kSoon);
}

void Crash::bring_back(Instant now) {
  while (is_serving_ && !away_.empty() && away_.begin()->first <= now) {
    const ClientIndex client = away_.begin()->second;
    away_.erase(away_.begin());
    members_[client].server = servers_;
    if (const auto begun = crowd_.reconnect(client); !begun)
      failure_ = begun.error();
  }
}

void Crash::back(ClientIndex client, const Return& how) {
  Member& member = members_[client];
  ++(how.resumed ? result_.resumed : result_.fresh);
  result_.repeated += how.repeated;
  member.is_here = true;
  if (std::exchange(member.back, servers_) == servers_)
    return;
  if (++are_back_ == options_.clients)
    result_.all_back.record(how.at - server_.started());
}

// --- all together -------------------------------------------------------------------------------

Duration Crash::pause(Instant now, Duration longest) const {
  longest = std::min(longest, kLongestPoll);
  if (!away_.empty() && is_serving_)
    longest = std::clamp<Duration>(away_.begin()->first - now, Duration::zero(), longest);
  if (!breaking_)
    return longest;
  longest = talk_pacing_.pause(now, said_, longest);
  if (options_.resets_per_second > 0)
    longest = reset_pacing_.pause(now, broken_, longest);
  if (options_.client_kills_per_second > 0)
    longest = kill_pacing_.pause(now, result_.killed, longest);
  return longest;
}

std::uint64_t Crash::outstanding() const {
  return conversations_.outstanding() +
         static_cast<std::uint64_t>(std::ranges::count(members_, false, &Member::is_here));
}

void Crash::judge() {
  result_.verdict = conversations_.judge();
  result_.whispers = conversations_.whispers();
  result_.other_epochs = dialect_->other_epochs();
  result_.troubles = crowd_.troubles();
}

void Crash::show_progress(Instant now, std::string_view doing) {
  if (progress_.due(now))
    progress_.show(now, fmt::format("{}: {} crashes, {} resumed, {} said, {} to come", doing,
                                    result_.crashes, result_.resumed, said_, outstanding()));
}

}  // namespace chat::bench
