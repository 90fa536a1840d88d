#include "bench/scenarios/room_members.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "bench/load/message_text.hpp"
#include "bench/load/oracle.hpp"
#include "bench/load/sender_oracle.hpp"

namespace chat::bench {
namespace {

// How long one process may not notice what another one did.
constexpr Duration kBetweenLooks = std::chrono::milliseconds(5);
// All processes know of the start before it comes.
constexpr Duration kUntilStart = std::chrono::milliseconds(50);

CrowdOptions crowd_options(const RoomsOptions& options, std::uint32_t clients) {
  CrowdOptions crowd{.clients = clients, .patience = options.patience};
  crowd.protocol = options.protocol;
  crowd.at_once = std::max(1U, options.at_once / options.processes);
  return crowd;
}

}  // namespace

template <>
Oracle make_oracle<Oracle>(const RoomShare& room, const RoomsOptions& options) {
  return Oracle(room, options.text_bytes);
}

template <>
SenderOracle make_oracle<SenderOracle>(const RoomShare& room, const RoomsOptions& options) {
  return SenderOracle(room, options.text_bytes, traits_of(options.protocol).echoes);
}

template <class RoomOracle>
RoomMembers<RoomOracle>::RoomMembers(const RoomsOptions& options, const Seating& seating,
                                     RunState& state, std::uint32_t process, ClientPool pool)
    : options_(options),
      state_(state),
      process_(process),
      watched_(process == 0 ? options.server_pid : std::nullopt),
      seats_(seating.seats()),
      seen_(options.rooms),
      progress_(process == 0),
      crowd_(std::move(pool),
             crowd_options(options, static_cast<std::uint32_t>(seating.seats().size())), *this) {
  for (std::uint32_t room = 0; room < options.rooms; ++room) {
    shares_.push_back(seating.share(room, state));
    oracles_.push_back(make_oracle<RoomOracle>(shares_.back(), options));
  }
  for (ClientIndex client = 0; client < seats_.size(); ++client)
    if (seats_[client].sends)
      senders_.push_back(client);
}

template <class RoomOracle>
std::expected<RoomsResult, std::string> RoomMembers<RoomOracle>::run(const std::string& rooms) {
  if (auto done = let_in(rooms); !done)
    return std::unexpected(done.error());
  if (auto done = deliver(); !done)
    return std::unexpected(done.error());
  for (const RoomOracle& oracle : oracles_)
    result_.verdict += oracle.judge();
  result_.troubles = crowd_.troubles();
  crowd_.leave_all();
  return std::move(result_);
}

template <class RoomOracle>
Done RoomMembers<RoomOracle>::let_in(const std::string& rooms) {
  const auto before = read_watched(watched_);
  if (!before)
    return std::unexpected(before.error());
  const auto connecting = crowd_.connect_all(progress_);
  if (!connecting)
    return std::unexpected(connecting.error());
  result_.connecting = *connecting;
  if (auto done = await(Stage::connected); !done)
    return done;
  const auto room_of = [&](ClientIndex client) {
    return fmt::format("{}-{}", rooms, seats_[client].room);
  };
  if (auto done = crowd_.enter_rooms(room_of, progress_); !done)
    return done;
  if (auto done = await(Stage::in_room); !done)
    return done;
  result_.entering = use_since(*before, watched_);
  return {};
}

template <class RoomOracle>
Done RoomMembers<RoomOracle>::deliver() {
  const auto before = read_watched(watched_);
  if (!before)
    return std::unexpected(before.error());
  const auto start = this->start();
  if (!start)
    return std::unexpected(start.error());
  const Duration own_before = own_cpu();
  last_delivery_ = *start;
  if (auto done = send_until(*start + options_.seconds, Pacing(options_.load, *start)); !done)
    return done;
  if (auto done = await(Stage::sent); !done)
    return done;
  const auto rest = [this] { return outstanding(); };
  const auto waiting = [this](Instant now) { show_progress(now, "waiting for the rest"); };
  if (auto done = wait_for_the_rest(crowd_, options_.patience, rest, waiting); !done)
    return done;

  result_.delivering = last_delivery_ - *start;
  result_.own_cpu = own_cpu() - own_before;
  if (auto done = await(Stage::complete); !done)
    return done;
  result_.server = use_since(*before, watched_);
  return listen_for_more(crowd_);
}

template <class RoomOracle>
std::expected<Instant, std::string> RoomMembers<RoomOracle>::start() {
  if (process_ == 0)
    state_.set_start(Clock::now() + (state_.processes() > 1 ? kUntilStart : Duration::zero()));
  if (auto done = await(Stage::started); !done)
    return std::unexpected(done.error());
  const Instant start = state_.start();
  if (auto done = poll_for(crowd_, start - Clock::now()); !done)
    return std::unexpected(done.error());
  return start;
}

template <class RoomOracle>
Done RoomMembers<RoomOracle>::send_until(Instant end, const Pacing& pacing) {
  // Another process may have made it our turn.
  const Duration longest_poll = state_.processes() > 1 ? kBetweenLooks : kLongestPoll;
  for (Instant now = Clock::now(); now < end && crowd_.connected() > 0; now = Clock::now()) {
    send_due(now, end, pacing);
    const Duration longest = std::min<Duration>(longest_poll, end - now);
    if (auto polled = crowd_.poll(pacing.pause(now, state_.sent(), longest)); !polled)
      return polled;
    show_progress(now, "sending");
  }
  // What was due before the end is sent, however late it is.
  if (crowd_.connected() > 0)
    send_due(end, end, pacing);
  return {};
}

template <class RoomOracle>
void RoomMembers<RoomOracle>::send_due(Instant now, Instant end, const Pacing& pacing) {
  while (!senders_.empty()) {
    const std::uint64_t seen = state_.seen();
    const std::uint64_t sent = state_.sent();
    const auto due = pacing.due(now, sent, seen);
    if (!due || *due >= end)
      return;
    if (state_.take_turn(sent))
      say_next(*due);
  }
}

template <class RoomOracle>
void RoomMembers<RoomOracle>::say_next(Instant due) {
  const ClientIndex client = senders_[next_sender_];
  next_sender_ = (next_sender_ + 1) % senders_.size();
  const Seat& seat = seats_[client];
  const RoomShare& share = shares_[seat.room];
  const std::uint32_t sender = share.member(seat.listener);
  const std::uint32_t number = oracles_[seat.room].send(sender);
  crowd_.say(client, number,
             compose_text({share.first_sender + sender, number, due}, options_.text_bytes));
  // A watcher may have to get less when it has said something itself.
  if (seat.watches)
    note_seen(seat);
}

template <class RoomOracle>
void RoomMembers<RoomOracle>::note_seen(const Seat& watcher) {
  const std::uint64_t seen = oracles_[watcher.room].seen(watcher.listener);
  state_.add_seen(seen - std::exchange(seen_[watcher.room], seen));
}

template <class RoomOracle>
void RoomMembers<RoomOracle>::posted(ClientIndex client, Sequence sequence, std::string_view text,
                                     Instant at) {
  const Seat& seat = seats_[client];
  RoomOracle& oracle = oracles_[seat.room];
  const auto sent = oracle.deliver(seat.listener, sequence, text);
  if (seat.watches)
    note_seen(seat);
  if (!sent)
    return;
  result_.latency.record(at - *sent);
  if (oracle.everybody_has_it())
    result_.last_delivery.record(at - *sent);
  last_delivery_ = at;
}

template <class RoomOracle>
void RoomMembers<RoomOracle>::acknowledged(ClientIndex client, std::uint32_t number,
                                           Sequence sequence) {
  const Seat& seat = seats_[client];
  oracles_[seat.room].acknowledge(shares_[seat.room].member(seat.listener), number, sequence);
}

template <class RoomOracle>
Done RoomMembers<RoomOracle>::await(Stage stage) {
  state_.reach(stage);
  while (!state_.reached_by_all(stage))
    if (auto polled = crowd_.poll(kBetweenLooks); !polled)
      return polled;
  return {};
}

template <class RoomOracle>
std::uint64_t RoomMembers<RoomOracle>::outstanding() const {
  std::uint64_t outstanding = 0;
  for (const RoomOracle& oracle : oracles_)
    outstanding += oracle.outstanding();
  return outstanding;
}

template <class RoomOracle>
void RoomMembers<RoomOracle>::show_progress(Instant now, std::string_view doing) {
  if (!progress_.due(now))
    return;
  std::uint64_t delivered = 0;
  for (const RoomOracle& oracle : oracles_)
    delivered += oracle.delivered();
  const char* const whose = state_.processes() > 1 ? " to the clients of one process" : "";
  progress_.show(now, fmt::format("{}: {} sent, {} delivered{}, {} to come", doing, state_.sent(),
                                  delivered, whose, outstanding()));
}

template class RoomMembers<Oracle>;
template class RoomMembers<SenderOracle>;

}  // namespace chat::bench
