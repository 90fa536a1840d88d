#include "bench/scenarios/commit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "bench/load/message_text.hpp"
#include "bench/load/run_name.hpp"
#include "bench/scenarios/run_scenario.hpp"

namespace chat::bench {
namespace {

CrowdOptions crowd_options(const CommitOptions& options) {
  CrowdOptions crowd{.clients = options.clients, .patience = options.patience};
  crowd.at_once = options.at_once;
  crowd.make_dialect = [names = crowd.names, &options](MessageEvents& messages,
                                                       DialectEvents& others) {
    return make_keeping_dialect(options.protocol, names, options.clients, options.senders, messages,
                                others);
  };
  return crowd;
}

}  // namespace

Commit::Commit(const CommitOptions& options, ClientPool pool)
    : options_(options),
      crowd_(std::move(pool), crowd_options(options_), *this),
      counts_(options.senders),
      senders_(options.senders),
      by_mark_(options.senders) {
  seat();
}

void Commit::seat() {
  const bool senders_read = traits_of(options_.protocol).senders_read;
  std::uint32_t before = 0;
  for (std::uint32_t room = 0; room < options_.rooms; ++room) {
    const std::uint32_t senders = senders_in(room);
    const std::uint32_t readers = (options_.readers + options_.rooms - 1 - room) / options_.rooms;
    first_senders_.push_back(before);
    for (std::uint32_t i = 0; i < senders; ++i)
      by_mark_[before + i] = room + i * options_.rooms;
    oracles_.emplace_back(RoomShare{.members = readers + (senders_read ? senders : 0),
                                    .first_sender = before,
                                    .sent = std::span(counts_).subspan(before, senders)},
                          options_.text_bytes);
    before += senders;
  }
}

std::expected<CommitResult, std::string> Commit::run() {
  auto syncs = time_some_syncs(options_);
  if (!syncs)
    return std::unexpected(syncs.error());
  result_.syncs = std::move(*syncs);
  for (const auto step : {&Commit::let_in, &Commit::talk})
    if (auto done = (this->*step)(); !done)
      return std::unexpected(done.error());
  for (const Oracle& oracle : oracles_)
    result_.verdict += oracle.judge();
  result_.troubles = crowd_.troubles();
  crowd_.leave_all();
  return std::move(result_);
}

Done Commit::let_in() {
  const auto connecting = crowd_.connect_all(progress_);
  if (!connecting)
    return std::unexpected(connecting.error());
  result_.connecting = *connecting;
  const std::string rooms = run_name("bench");
  return crowd_.enter_rooms(
      [&](ClientIndex client) { return fmt::format("{}-{}", rooms, room_of(client)); }, progress_);
}

Done Commit::talk() {
  const auto before = read_watched(options_.server_pid);
  if (!before)
    return std::unexpected(before.error());
  const Duration own_before = own_cpu();
  const Instant start = Clock::now();
  end_ = start + options_.seconds;
  last_acknowledgement_ = last_delivery_ = start;
  for (ClientIndex sender = 0; sender < options_.senders; ++sender)
    say_more(sender);
  const auto outstanding = [this] { return this->outstanding(); };
  const auto waiting = [this](Instant now) {
    show_progress(now, now < end_ ? "sending" : "waiting for the rest");
  };
  if (auto done = wait_for_the_rest(crowd_, options_.patience, outstanding, waiting); !done)
    return done;
  result_.acknowledging = last_acknowledgement_ - start;
  result_.delivering = last_delivery_ - start;
  result_.own_cpu = own_cpu() - own_before;
  result_.server = use_since(*before, options_.server_pid);
  return listen_for_more(crowd_);
}

void Commit::say_more(ClientIndex client) {
  Sender& sender = senders_[client];
  const std::uint32_t room = room_of(client);
  const std::uint32_t in_room = client / options_.rooms;
  const std::uint32_t done =
      options_.readers == 0 ? sender.acknowledged : std::min(sender.acknowledged, sender.seen);
  while (sender.said.size() - done < options_.window) {
    const Instant now = Clock::now();
    if (now >= end_)
      return;
    const std::uint32_t number = oracles_[room].send(in_room);
    sender.said.push_back(now);
    crowd_.say(client, number,
               compose_text({first_senders_[room] + in_room, number, now}, options_.text_bytes));
  }
}

void Commit::acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) {
  oracles_[room_of(client)].acknowledge(client / options_.rooms, number, sequence);
  Sender& sender = senders_[client];
  if (number >= sender.said.size())
    return;
  const Instant now = Clock::now();
  result_.acknowledgement.record(now - sender.said[number]);
  last_acknowledgement_ = now;
  ++result_.acknowledged;
  ++sender.acknowledged;
  say_more(client);
}

void Commit::posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) {
  if (!listens(client))
    return;
  const auto sent = oracles_[room_of(client)].deliver(listener(client), sequence, text);
  if (!sent)
    return;
  last_delivery_ = at;
  if (client < options_.senders)
    return;
  result_.latency.record(at - *sent);
  if (watches(client))
    note_seen(text);
}

void Commit::note_seen(std::string_view text) {
  const ClientIndex client = by_mark_[sender_in(text)];
  ++senders_[client].seen;
  say_more(client);
}

std::uint32_t Commit::room_of(ClientIndex client) const {
  return (client < options_.senders ? client : client - options_.senders) % options_.rooms;
}

bool Commit::listens(ClientIndex client) const {
  return client >= options_.senders || traits_of(options_.protocol).senders_read;
}

ClientIndex Commit::listener(ClientIndex client) const {
  if (client < options_.senders)
    return client / options_.rooms;
  const std::uint32_t senders =
      traits_of(options_.protocol).senders_read ? senders_in(room_of(client)) : 0;
  return senders + (client - options_.senders) / options_.rooms;
}

std::uint32_t Commit::senders_in(std::uint32_t room) const {
  return (options_.senders + options_.rooms - 1 - room) / options_.rooms;
}

std::uint64_t Commit::outstanding() const {
  std::uint64_t outstanding = 0;
  for (const Oracle& oracle : oracles_)
    outstanding += oracle.outstanding();
  return outstanding;
}

void Commit::show_progress(Instant now, std::string_view doing) {
  if (progress_.due(now))
    progress_.show(now, fmt::format("{}: {} acknowledged, {} to come", doing, result_.acknowledged,
                                    outstanding()));
}

std::expected<Report, std::string> run_scenario(const CommitOptions& options) {
  return run_in_pool<Commit>(options);
}

}  // namespace chat::bench
