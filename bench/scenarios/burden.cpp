#include "bench/scenarios/burden.hpp"

#include <fmt/format.h>

#include <ranges>
#include <utility>

#include "bench/load/open_pool.hpp"
#include "bench/load/run_name.hpp"
#include "bench/load/talk.hpp"

namespace chat::bench {
namespace {

// Messages under way while the store is filled.
constexpr std::uint64_t kFillWindow = 640;
// Neither of two turns has what is due between them, nor the begin of a burden or its end.
constexpr Duration kBetweenTurns = std::chrono::milliseconds(300);

TalkOptions talk_of(const BurdenOptions& options, const Load& load) {
  return {
      .senders = options.senders, .load = load, .seconds = {}, .text_bytes = options.text_bytes};
}

// Beside the store's folder, which is the server's own.
std::filesystem::path backup_folder(const OwnServer& server) {
  return server.data().string() + ".backup";
}

}  // namespace

Burden::Burden(const BurdenOptions& options, const OwnServer& server, ClientPool pool,
               ClientPool searchers)
    : options_(options),
      crowd_(std::move(pool), {.clients = options.clients, .patience = options.patience}, *this),
      searchers_(std::move(searchers), options.searchers, options.senders, options.patience),
      backups_(options.server_program, server.data(), backup_folder(server)),
      oracle_(options.clients, options.senders, options.text_bytes) {}

std::expected<BurdenResult, std::string> Burden::run() {
  auto syncs = time_some_syncs(options_);
  if (!syncs)
    return std::unexpected(syncs.error());
  result_.syncs = std::move(*syncs);
  for (const auto step :
       {&Burden::let_in, &Burden::fill, &Burden::take_turns, &Burden::wait_for_all})
    if (auto done = (this->*step)(); !done)
      return std::unexpected(done.error());
  auto searchers = searchers_.stop();
  if (!searchers)
    return std::unexpected(searchers.error());
  result_.searchers = std::move(*searchers);
  result_.backups = backups_.times();
  result_.verdict = oracle_.judge();
  result_.troubles = crowd_.troubles();
  crowd_.leave_all();
  return std::move(result_);
}

Done Burden::let_in() {
  const std::string room = run_name("bench");
  if (const auto connecting = crowd_.connect_all(progress_); !connecting)
    return std::unexpected(connecting.error());
  if (auto done = crowd_.enter_room(room, progress_); !done)
    return done;
  if (auto done = searchers_.enter(room); !done)
    return done;
  searchers_.start();
  return {};
}

Done Burden::fill() {
  const Instant start = Clock::now();
  Talk talk(crowd_, oracle_, talk_of(options_, ClosedLoop{kFillWindow}), options_.clients - 1,
            start);
  const auto waiting = [this](Instant now) { show_progress(now, "filling the store"); };
  if (auto done = talk.send_until(start + options_.fill, waiting); !done)
    return done;
  result_.filled = oracle_.sent();
  return wait_for_all();
}

Done Burden::take_turns() {
  const Instant start = Clock::now();
  // Its count of what was sent begins where the other one ended.
  const auto before = from_seconds(static_cast<double>(oracle_.sent()) / options_.rate);
  Talk talk(crowd_, oracle_, talk_of(options_, OpenLoop{options_.rate}), options_.clients - 1,
            start - before);
  for (std::uint32_t turn = 0; turn < 2 * options_.turns; ++turn) {
    const bool burdened = turn % 2 == 1;
    const Instant end = start + (turn + 1) * options_.turn;
    turns_.push_back({Clock::now() + kBetweenTurns, end, burdened});
    searchers_.set_searching(burdened);
    const auto meanwhile = [&](Instant now) {
      if (const auto done = burdened ? backups_.keep_running() : Done(); !done)
        failure_ = done.error();
      show_progress(now, burdened ? "with searches and backups" : "without");
    };
    if (auto done = talk.send_until(end, meanwhile); !done)
      return done;
    backups_.stop();
    if (!failure_.empty())
      return std::unexpected(failure_);
  }
  searchers_.set_searching(false);
  return {};
}

Done Burden::wait_for_all() {
  if (auto done = wait_for_the_rest(
          crowd_, options_.patience, [this] { return oracle_.outstanding(); },
          [this](Instant now) { show_progress(now, "waiting for the rest"); });
      !done)
    return done;
  return listen_for_more(crowd_);
}

void Burden::posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) {
  const auto due = oracle_.deliver(client, sequence, text);
  const Turn* const turn = due ? turn_of(*due) : nullptr;
  if (turn != nullptr)
    result_.latency[turn->burdened ? 1 : 0].record(at - *due);
}

const Burden::Turn* Burden::turn_of(Instant due) const {
  for (const Turn& turn : std::views::reverse(turns_))
    if (due >= turn.start)
      return due < turn.end ? &turn : nullptr;
  return nullptr;
}

void Burden::acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) {
  oracle_.acknowledge(client, number, sequence);
}

void Burden::show_progress(Instant now, std::string_view doing) {
  if (progress_.due(now))
    progress_.show(
        now, fmt::format("{}: {} sent, {} to come", doing, oracle_.sent(), oracle_.outstanding()));
}

std::expected<Report, std::string> run_scenario(const BurdenOptions& options) {
  auto server = OwnServer::start(options, options.patience);
  if (!server)
    return std::unexpected(server.error());
  auto pool = open_pool(server->address(), options.clients);
  if (!pool)
    return std::unexpected(pool.error());
  auto searchers = open_pool(server->address(), options.searchers);
  if (!searchers)
    return std::unexpected(searchers.error());
  const auto result = Burden(options, *server, std::move(*pool), std::move(*searchers)).run();
  if (!result)
    return std::unexpected(result.error());
  if (auto stopped = server->stop(options.patience); !stopped)
    return std::unexpected(stopped.error());
  return report_of(options, *result);
}

}  // namespace chat::bench
