// What must hold in a simulation at every moment, at rest, and at the end.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <variant>

#include "tests/simulation/violation.hpp"
#include "tests/simulation/world.hpp"

namespace chat::sim {
namespace {

constexpr std::size_t kEnough = 1 << 20;  // more than any simulation publishes
constexpr RoomId kLobby{1};

}  // namespace

Promise World::promise() const {
  return {.departures = departures_,
          .grace_ms = setting_.grace_ms,
          .forgets = setting_.room_retention < kEnough || setting_.total_retention < kEnough,
          .is_prompt = setting_.durable == 0 || setting_.crowd == 0};
}

void World::check_bounds() {
  require(hub_->detached_sessions() <= departures_.most_waiting(),
          "too many sessions are detached");
  require(hub_->sessions() >= hub_->detached_sessions(), "more sessions wait than there are");
  // The limit, the largest answer to one request, and the rest of a frame.
  constexpr std::size_t kMostQueued = server::Output::kPrivateLimit + 6 * kMaxFrameBytes;
  for (Reactor& one : reactors_)
    require(one.most_queued() <= kMostQueued, "a connection is owed more than it may be");
}

// --- at rest
// --------------------------------------------------------------------------------------

bool World::flush_all(Reactor& at) {
  bool anything = false;
  const auto flush_here = [&](Link& link) {
    if (link.reactor != &at)
      return;
    anything = anything || at.owes(link.connection);
    flush(link, Reactor::kAll);
  };
  for (Seat& seated : seats_) {
    for (Link& link : seated.former)
      flush_here(link);
    if (seated.link)
      flush_here(*seated.link);
    remove_ended(seated);
  }
  return anything;
}

bool World::is_somebodys(const Reactor& at, ConnectionId id) const {
  const auto is_it = [&](const Link& link) { return link.reactor == &at && link.connection == id; };
  return std::ranges::any_of(seats_, [&](const Seat& seated) {
    return (seated.link && is_it(*seated.link)) || std::ranges::any_of(seated.former, is_it);
  });
}

bool World::run_once() {
  bool anything = false;
  const auto deliver_all = [&](Link& link) {
    anything = anything || !link.client->outgoing().empty();
    deliver(link, Reactor::kAll);
  };
  for (Seat& seated : seats_) {
    for (Link& link : seated.former)
      deliver_all(link);
    if (seated.link && !seated.link->hung_up)
      deliver_all(*seated.link);
  }
  for (Reactor& one : reactors_) {
    anything = anything || one.has_work() || !hub_->outbox(one.id()).empty();
    enter(one);
    one.carry_out();
    anything = flush_all(one) || anything || one.has_work();
    for (const ConnectionId id : one.connections())
      if (one.owes(id) && !is_somebodys(one, id)) {
        anything = true;
        one.flush(id, Reactor::kAll);
      }
  }
  anything = anything || !archive_.is_idle();
  answer(Reactor::kAll);
  return anything;
}

void World::run() {
  constexpr int kMostRounds = 10'000;
  const auto is_due = [this] {
    const auto deadline = hub_->next_deadline();
    return deadline && *deadline <= now_;
  };
  int rounds = 0;
  while (run_once() || ledger_->waiting() > 0 || is_due())
    require(++rounds < kMostRounds, "the server never comes to rest");
}

void World::settle() {
  statistics_.add(Seen::settled);
  ledger_->release();
  run();
  check_agreement();
}

void World::check_agreement() {
  require(segments_.bytes() <= hub_->log_bytes(),
          "a reactor holds on to what the logs have dropped");
  const RoomTruth& lobby = truth_.room(kLobby);
  require(lobby.roster().size() <= hub_->sessions(), "somebody is in the lobby without a session");
  for (const Seat& seated : seats_) {
    check_seat(seated);
    check_absent(seated);
  }
  check_names();
}

void World::check_seat(const Seat& who) const {
  for (const Link& link : who.former)
    require(!who.link || !who.link->client->has_resumed() || !link.client->is_welcome() ||
                link.client->person().user != who.known().user,
            "a connection goes on whose session was taken over");
  if (!who.link || !who.link->client->is_welcome())
    return;
  const Client& client = *who.link->client;
  require(!client.is_leaving() && !who.link->hung_up, "a connection does not end");
  client.check_at_rest();
  for (const RoomId id : truth_.rooms_of(client.person().user))
    require(client.person().rooms.contains(id), "a member does not know that it is in a room");
  for (const auto& [id, room] : client.person().rooms) {
    if (room.kind() == RoomKind::pair)
      continue;
    const auto& people = truth_.room(id).roster().people();
    const auto self = people.find(client.person().user);
    require(self != people.end() && self->second.nickname == client.person().nickname &&
                !self->second.lost,
            "a member is not announced as it is");
  }
}

// Somebody whose connection broke, and of whom it is known for how long that is.
void World::check_absent(const Seat& who) const {
  const Person& person = who.person;
  if (who.link || !who.former.empty() || !person.detached_at || person.is_doubtful ||
      person.said_goodbye ||
      departures_.may_displace(person.address, person.here_until.departures) ||
      !person.rooms.contains(kLobby) || person.rooms_are_doubtful)
    return;
  constexpr std::int64_t kUnnoticed = 10'000;
  const std::int64_t away = milliseconds() - *person.detached_at;
  const auto& people = truth_.room(kLobby).roster().people();
  const auto place = people.find(person.user);
  require((place != people.end()) == (away < setting_.grace_ms),
          "a session does not last as long as it should");
  require(place == people.end() || place->second.lost == (away >= kUnnoticed),
          "that a connection is lost is told too early or too late");
}

void World::check_names() const {
  std::set<std::string> names;
  for (const Seat& seated : seats_)
    if (seated.link && seated.link->client->is_welcome()) {
      std::string name = seated.known().nickname;
      std::ranges::replace(name, 'N', 'n');
      require(names.insert(name).second, "two are called " + name);
    }
}

// --- at the end
// -----------------------------------------------------------------------------------

void World::all_leave() {
  for (std::size_t i = 0; i < seats_.size(); ++i) {
    if (seats_[i].link && i % 2 == 0)
      seats_[i].link->client->goodbye();
    else
      vanish(seats_[i]);
  }
  settle();
  for (Reactor& one : reactors_)
    for (const ConnectionId id : one.connections())
      one.reset(id);
  for (Seat& seated : seats_) {
    seated.link.reset();
    seated.former.clear();
  }
}

// Whoever is here says again what was not acknowledged, and reads all that was said.
void World::read_all_again() {
  const auto each = [&](auto what) {
    for (Seat& seated : seats_)
      if (seated.link && !seated.link->hung_up)
        what(*seated.link->client);
    settle();
  };
  each([](Client& client) { client.say_again(); });
  each([](Client& client) { client.read_all(); });
}

void World::end() {
  settle();
  if (setting_.durable != 0) {
    ledger_->fail_no_more();
    read_all_again();
  }
  all_leave();
  for (int i = 0; i < 3; ++i) {
    now_ += std::chrono::milliseconds(setting_.grace_ms + 1);
    run();
  }
  if (setting_.durable != 0)  // as the server's does by itself when its disk is well again
    ledger_->finish();
  check_nothing_left();
  check_names_are_free();
}

void World::check_nothing_left() {
  require(hub_->sessions() == 0, "a session is left");
  require(hub_->rooms() == 1, "a room is left beside the lobby");
  require(ledger_->numbered_rooms() <= 1, "the ledger knows a room that is gone");
  if (setting_.durable != 0)
    check_nothing_kept_of_sessions();
  require(truth_.nobody_is_left(), "somebody is announced who has left");
  require(segments_.bytes() <= hub_->log_bytes(), "a segment is left that no log holds");
  for (Reactor& one : reactors_) {
    require(one.connections().empty(), "a connection is left");
    require(one.rooms_held() == 0, "a reactor holds a room that nobody reads");
  }
}

void World::check_nothing_kept_of_sessions() const {
  const test::KeptStore& kept = disk_.kept();
  require(ledger_->is_clean(), "something is never committed");
  require(kept.sessions().empty(), "a session is kept that has ended");
  require(kept.memberships().empty(), "a membership is kept of nobody");
  for (const auto& [id, room] : kept.rooms())
    require(id == kLobby || truth_.room(id).has(Sequence{1}),
            "a room is kept where nothing was said");
}

// Whoever comes now can have every name that there was.
void World::check_names_are_free() {
  Reactor& at = reactors_.front();
  const ConnectionId id = accept(at, AddressKey{98});
  Bytes asked = protocol::encode(protocol::Hello{.request = RequestId{1}, .nickname = "n0"});
  for (std::uint32_t i = 0; i < 6; ++i)
    protocol::append_frame(asked, protocol::Rename{RequestId{2}, fmt::format("n{}", i)});
  for (std::uint32_t i = 0; i < setting_.clients; ++i)
    protocol::append_frame(asked, protocol::Rename{RequestId{3}, fmt::format("c{}", i)});
  FrameDecoder decoder;
  const auto look = [](const Frame& frame) {
    require(frame.type != static_cast<std::uint8_t>(MessageType::error),
            "a name is taken, and nobody has it");
    return true;
  };
  at.receive(id, asked);
  do {
    enter(at);
    at.carry_out();
    answer(Reactor::kAll);
    require(decoder.feed(at.flush(id, Reactor::kAll), look).has_value(),
            "bytes that are no frames");
  } while (at.has_work() || at.owes(id));
  at.reset(id);
}

}  // namespace chat::sim
