#include "bench/scenarios/churn.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "bench/load/message_text.hpp"
#include "bench/load/run_name.hpp"
#include "bench/scenarios/run_scenario.hpp"
#include "libchat/protocol.hpp"

namespace chat::bench {

Churn::Churn(const ChurnOptions& options, ClientPool pool)
    : options_(options),
      crowd_(std::move(pool),
             {.clients = options.clients + options.watchers, .patience = options.patience}, *this),
      oracle_(options.watchers, options.clients, options.text_bytes),
      visitors_(options.clients),
      pacing_(OpenLoop{options.rate}, {}) {}

std::expected<ChurnResult, std::string> Churn::run() {
  if (auto done = let_in(); !done)
    return std::unexpected(done.error());
  const auto before = read_watched(options_.server_pid);
  if (!before)
    return std::unexpected(before.error());
  const Duration own_before = own_cpu();
  if (auto done = come_and_go(); !done)
    return std::unexpected(done.error());
  result_.own_cpu = own_cpu() - own_before;
  result_.server = use_since(*before, options_.server_pid);
  if (auto done = listen_for_more(crowd_); !done)
    return std::unexpected(done.error());
  result_.verdict = oracle_.judge();
  result_.verdict.lost += seen_by_visitors_.lost;
  result_.verdict.duplicated += seen_by_visitors_.duplicated;
  result_.troubles = crowd_.troubles();
  crowd_.leave_all();
  return std::move(result_);
}

Done Churn::let_in() {
  const auto connecting = crowd_.connect_all(progress_);
  if (!connecting)
    return std::unexpected(connecting.error());
  result_.connecting = *connecting;
  return crowd_.enter_room(run_name("bench"), progress_);
}

Done Churn::come_and_go() {
  const Instant start = Clock::now();
  pacing_ = Pacing(OpenLoop{options_.rate}, start);
  end_ = start + options_.seconds;
  for (Instant now = start; now < end_ && crowd_.connected() > 0; now = Clock::now()) {
    send_them_round(now);
    if (auto polled = crowd_.poll(pause(now)); !polled)
      return polled;
  }
  const auto outstanding = [this] { return this->outstanding(); };
  const auto waiting = [this](Instant now) { send_them_round(now); };
  if (auto done = wait_for_the_rest(crowd_, options_.patience, outstanding, waiting); !done)
    return done;
  result_.churning = last_visit_ - start;
  return failure_.empty() ? Done() : std::unexpected(failure_);
}

void Churn::send_them_round(Instant now) {
  while (const auto due = next_due(now)) {
    Visitor& visitor = visitors_[begun_ % visitors_.size()];
    if (!visitor.is_there())
      break;
    crowd_.part(options_.watchers + static_cast<ClientIndex>(begun_ % visitors_.size()));
    visitor.begin(*due);
    ++begun_;
  }
  for (const ClientIndex client : std::exchange(coming_, {})) {
    visitor_of(client).connect(now);
    if (const auto begun = crowd_.bring_back(client); !begun)
      failure_ = begun.error();
  }
  if (progress_.due(now))
    progress_.show(now, fmt::format("{} visits, {} of them over", begun_, result_.visits));
}

std::optional<Instant> Churn::next_due(Instant now) const {
  const auto due = pacing_.due(std::min(now, end_), begun_, 0);
  return due && *due < end_ ? due : std::nullopt;
}

// While the next visitor has not come back from its last visit, only an event can change that.
Duration Churn::pause(Instant now) const {
  const Duration longest = std::min<Duration>(kLongestPoll, end_ - now);
  return next_due(now) ? longest : pacing_.pause(now, begun_, longest);
}

std::uint64_t Churn::outstanding() const {
  const auto on_their_way = std::ranges::count(visitors_, false, &Visitor::is_there);
  return oracle_.outstanding() + static_cast<std::uint64_t>(on_their_way) +
         (next_due(end_) ? 1 : 0);
}

// Told before back(), and before the first message.
void Churn::presence(ClientIndex client, const Frame& frame, Instant) {
  if (is_watcher(client) || static_cast<MessageType>(frame.type) != MessageType::room_opened)
    return;
  const auto opened = wire::decode<protocol::RoomOpened>(frame.body);
  if (opened && opened->name != kLobbyName)
    visitor_of(client).enter(opened->next);
}

void Churn::back(ClientIndex client, Sequence) {
  const Instant now = Clock::now();
  Visitor& visitor = visitor_of(client);
  result_.joining.record(now - visitor.connected());
  const ClientIndex sender = client - options_.watchers;
  const std::uint32_t number = oracle_.send(sender);
  visitor.say(number);
  crowd_.say(client, number, compose_text({sender, number, now}, options_.text_bytes));
}

void Churn::posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) {
  if (is_watcher(client)) {
    if (const auto sent = oracle_.deliver(client, sequence, text))
      result_.latency.record(at - *sent);
    return;
  }
  const auto mark = read_mark(text);
  const bool own = mark && mark->sender == client - options_.watchers;
  Visitor& visitor = visitor_of(client);
  const bool was_there = visitor.is_there();
  visitor.receive(sequence, own ? std::optional(mark->number) : std::nullopt, seen_by_visitors_);
  if (visitor.is_there() && !was_there)
    finish(visitor, at);
}

void Churn::acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) {
  oracle_.acknowledge(client - options_.watchers, number, sequence);
  Visitor& visitor = visitor_of(client);
  visitor.acknowledge();
  if (visitor.is_there())
    finish(visitor, Clock::now());
}

void Churn::finish(const Visitor& visitor, Instant at) {
  ++result_.visits;
  result_.visiting.record(at - visitor.due());
  last_visit_ = at;
}

std::expected<Report, std::string> run_scenario(const ChurnOptions& options) {
  return run_in_pool<Churn>(options, options.watchers);
}

}  // namespace chat::bench
