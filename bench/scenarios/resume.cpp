#include "bench/scenarios/resume.hpp"

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "bench/load/message_text.hpp"
#include "bench/load/open_pool.hpp"
#include "bench/load/run_name.hpp"

namespace chat::bench {
namespace {

constexpr ClientIndex kTalker = 0;
// Of its messages, so many are under way.
constexpr std::uint64_t kWindow = 64;

CrowdOptions crowd_options(const ResumeOptions& options, ResumeEvents& resumes) {
  CrowdOptions crowd{.clients = options.clients + 1, .patience = options.patience};
  crowd.make_dialect = [names = crowd.names, clients = crowd.clients, &resumes](
                           MessageEvents& messages, DialectEvents& others) {
    return std::make_unique<ResumingDialect>(names, clients, messages, resumes, others);
  };
  return crowd;
}

TalkOptions bystanders_talk(const ResumeOptions& options) {
  return {.senders = Resume::kBystanders,
          .load = OpenLoop{options.bystanders_rate},
          .seconds = {},
          .text_bytes = options.text_bytes};
}

}  // namespace

bool ResumeResult::clean() const {
  return verdict.clean() && gaps == 0 && fresh == 0 && troubles.count() == 0 &&
         bystanders.verdict.clean() && bystanders.troubles.count() == 0;
}

Resume::Resume(const ResumeOptions& options, OwnServer& server, ClientPool pool,
               ClientPool bystanders)
    : options_(options),
      server_(server),
      crowd_(std::move(pool), crowd_options(options, *this), *this),
      bystanders_(std::move(bystanders), kBystanders, bystanders_talk(options), options.patience,
                  kResumePhases),
      oracle_(options.clients + 1, 1, options.text_bytes) {}

std::expected<ResumeResult, std::string> Resume::run() {
  auto syncs = time_some_syncs(options_);
  if (!syncs)
    return std::unexpected(syncs.error());
  result_.syncs = std::move(*syncs);
  for (const auto step :
       {&Resume::let_in, &Resume::say_the_first, &Resume::go_away, &Resume::say_what_is_missed,
        &Resume::restart, &Resume::let_bystanders_talk, &Resume::come_back,
        &Resume::let_bystanders_stop})
    if (auto done = (this->*step)(); !done)
      return std::unexpected(done.error());
  result_.verdict = oracle_.judge();
  result_.troubles = crowd_.troubles();
  crowd_.leave_all();
  return std::move(result_);
}

Done Resume::let_in() {
  if (const auto connecting = crowd_.connect_all(progress_); !connecting)
    return std::unexpected(connecting.error());
  return crowd_.enter_room(run_name("bench"), progress_);
}

Done Resume::say_the_first() {
  say();
  return wait_for_the_rest(
      crowd_, options_.patience, [this] { return oracle_.outstanding(); },
      [this](Instant now) { show_progress(now, "letting all know the room"); });
}

Done Resume::go_away() {
  for (ClientIndex client = kTalker + 1; client <= options_.clients; ++client)
    crowd_.reset(client, 0);
  away_ = options_.clients;
  return {};
}

Done Resume::say_what_is_missed() {
  const std::uint64_t all = oracle_.sent() + options_.missed;
  const auto left = [this, all] { return all - oracle_.sent() + outstanding_for_talker(); };
  const auto talking = [this, all](Instant now) {
    while (oracle_.sent() < all && oracle_.sent() - acknowledged_ < kWindow)
      say();
    show_progress(now, "talking while they are away");
  };
  talking(Clock::now());
  return wait_for_the_rest(crowd_, options_.patience, left, talking);
}

Done Resume::restart() {
  if (!options_.restart)
    return {};
  crowd_.reset(kTalker, 0);
  return server_.restart(options_.patience);
}

Done Resume::let_bystanders_talk() {
  if (auto done = bystanders_.enter(); !done)
    return done;
  bystanders_.start();
  return poll_for(crowd_, options_.quiet);
}

Done Resume::come_back() {
  bystanders_.begin_phase(static_cast<std::size_t>(ResumePhase::during));
  start_ = Clock::now();
  for (ClientIndex client = kTalker + 1; client <= options_.clients; ++client)
    if (auto begun = crowd_.reconnect(client); !begun)
      return begun;
  return wait_for_the_rest(
      crowd_, options_.patience, [this] { return outstanding(); },
      [this](Instant now) { show_progress(now, "coming back"); });
}

Done Resume::let_bystanders_stop() {
  bystanders_.begin_phase(static_cast<std::size_t>(ResumePhase::after));
  if (auto done = poll_for(crowd_, options_.quiet); !done)
    return done;
  auto bystanders = bystanders_.stop();
  if (!bystanders)
    return std::unexpected(bystanders.error());
  result_.bystanders = std::move(*bystanders);
  return {};
}

void Resume::say() {
  const std::uint32_t number = oracle_.send(kTalker);
  crowd_.say(kTalker, number, compose_text({kTalker, number, Clock::now()}, options_.text_bytes));
}

void Resume::posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) {
  oracle_.deliver(client, sequence, text);
  if (start_ == Instant() || oracle_.seen(client) < oracle_.sent())
    return;
  result_.catching_up.record(at - start_);
  result_.all_back = at - start_;
}

void Resume::acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) {
  ++acknowledged_;
  oracle_.acknowledge(client, number, sequence);
}

bool Resume::missed(ClientIndex client, Sequence from, Sequence to) {
  oracle_.miss(client, from, to);
  ++result_.gaps;
  return true;
}

void Resume::resumed(ClientIndex, Instant at, std::size_t) {
  ++result_.resumed;
  --away_;
  result_.resuming.record(at - start_);
}

void Resume::lost_session(ClientIndex) {
  ++result_.fresh;
  --away_;
}

std::uint64_t Resume::outstanding_for_talker() const {
  return oracle_.sent() - acknowledged_ + oracle_.sent() - oracle_.seen(kTalker);
}

std::uint64_t Resume::outstanding() const {
  return oracle_.outstanding() + away_;
}

void Resume::show_progress(Instant now, std::string_view doing) {
  if (progress_.due(now))
    progress_.show(now, fmt::format("{}: {} to come", doing, outstanding()));
}

std::expected<Report, std::string> run_scenario(const ResumeOptions& options) {
  auto server = OwnServer::start(options, options.patience);
  if (!server)
    return std::unexpected(server.error());
  auto pool = open_pool(server->address(), options.clients + 1);
  if (!pool)
    return std::unexpected(pool.error());
  auto bystanders = open_pool(server->address(), Resume::kBystanders);
  if (!bystanders)
    return std::unexpected(bystanders.error());
  const auto result = Resume(options, *server, std::move(*pool), std::move(*bystanders)).run();
  if (!result)
    return std::unexpected(result.error());
  if (auto stopped = server->stop(options.patience); !stopped)
    return std::unexpected(stopped.error());
  return report_of(options, *result);
}

}  // namespace chat::bench
