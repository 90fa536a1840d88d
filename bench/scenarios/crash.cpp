#include "bench/scenarios/crash.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "bench/load/run_name.hpp"

namespace chat::bench {
namespace {

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
      breaker_(crowd_, options.clients, options.seed + 1, *this),
      dice_(options.seed),
      talk_dice_(options.seed + 2),
      members_(options.clients),
      turns_(options.senders, options.window) {}

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
  if (done && conversations_.outstanding() > 0)
    return std::unexpected("the server does not acknowledge the first message");
  return done;
}

Done Crash::crash_again_and_again() {
  const Instant start = Clock::now();
  talk_pacing_.emplace(OpenLoop{options_.rate}, start);
  if (options_.client_kills_per_second > 0)
    kill_pacing_.emplace(OpenLoop{options_.client_kills_per_second}, start);
  breaker_.begin(options_.resets_per_second, start);
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
  talk_pacing_.reset();
  kill_pacing_.reset();
  breaker_.stop();
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
  talk(now);
  breaker_.break_due(now);
  kill_clients_due(now);
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

// --- all together -------------------------------------------------------------------------------

Duration Crash::pause(Instant now, Duration longest) const {
  longest = std::min(longest, kLongestPoll);
  if (is_serving_)
    longest = away_.pause(now, longest);
  if (talk_pacing_)
    longest = talk_pacing_->pause(now, turns_.said(), longest);
  if (kill_pacing_)
    longest = kill_pacing_->pause(now, result_.killed, longest);
  return breaker_.pause(now, longest);
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
    progress_.show(
        now, fmt::format("{}: {} crashes, {} resumed, {} said, {} to come", doing, result_.crashes,
                         result_.resumed, turns_.said(), outstanding()));
}

}  // namespace chat::bench
