// How connections of a simulation begin, carry bytes and end.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "tests/simulation/world.hpp"

namespace chat::sim {

// --- arriving and going
// ---------------------------------------------------------------------------

// Who was refused says hello again.
void World::come(Seat& who, std::uint32_t number) {
  if (!who.link)
    return connect(who, number, Claim::none);
  Client& client = *who.link->client;
  if (!client.is_welcome() && !client.awaits_welcome() && !who.link->hung_up)
    client.hello();
}

// A connection that there is goes on: the server sees to its end, or never hears of it.
void World::connect(Seat& who, std::uint32_t number, Claim claim) {
  if (who.link) {
    who.person = leave_behind(*who.link);
    who.link->client->expect_newer();
    who.former.push_back(std::move(*who.link));
  }
  Reactor& at = reactor(number);
  who.link = std::make_unique<Link>(
      Link{.reactor = &at,
           .connection = accept(at, who.person.address),
           .client = std::make_unique<Client>(who.person, truth_, statistics_, promise())});
  if (!who.former.empty() || !who.pending.empty())
    who.link->client->expect_older();
  who.link->client->hello(claim);
}

ConnectionId World::accept(Reactor& at, AddressKey address) {
  return at.accept(address, Arrival{++arrivals_});
}

Person World::leave_behind(const Link& link) const {
  return link.client->leave_behind(link.doomed_at.value_or(moment(link.client->person().address)));
}

void World::doom(Link& link) const {
  if (!link.doomed_at)
    link.doomed_at = moment(link.client->person().address);
}

void World::flood(Seat& who, std::uint32_t times) {
  for (std::uint32_t i = 0; i < times; ++i) {
    connect(who, i, Claim::none);
    who.link->client->hello();
    deliver(*who.link, Reactor::kAll);
  }
}

void World::vanish(Seat& who) {
  if (!who.link)
    return;
  who.link->reactor->reset(who.link->connection);
  lose(who);
}

void World::vanish_former(Seat& who) {
  const Link& link = who.former.front();
  link.reactor->reset(link.connection);
  who.pending.insert(link.reactor);
  who.former.pop_front();
}

void World::hang_up(Seat& who) {
  if (!who.link || who.link->hung_up)
    return;
  who.link->hung_up = true;
  doom(*who.link);
  who.link->reactor->end_input(who.link->connection);
}

// The connection of the seat is gone, and its client knows.
void World::lose(Seat& who) {
  const bool was_here = who.link->client->is_welcome() && !who.link->doomed_at;
  who.person = leave_behind(*who.link);
  who.person.is_doubtful = who.person.is_doubtful || !who.former.empty() || !who.pending.empty();
  who.pending.insert(who.link->reactor);
  who.untold = was_here && !who.person.is_doubtful ? who.link->reactor : nullptr;
  who.link.reset();
}

void World::remove_ended(Seat& who) {
  std::erase_if(who.former, [](const Link& link) {
    const bool ended = !link.reactor->is_open(link.connection);
    if (ended)
      link.client->check_end();
    return ended;
  });
  if (who.link && !who.link->reactor->is_open(who.link->connection)) {
    who.link->client->check_end();
    lose(who);
  }
}

// --- the network
// ----------------------------------------------------------------------------------

void World::deliver(Link& link, std::size_t most) {
  if (link.hung_up)
    return;
  const ByteView bytes = link.client->outgoing();
  if (bytes.empty())
    return;
  const std::size_t taken =
      link.reactor->receive(link.connection, bytes.first(std::min(most, bytes.size())));
  link.client->drop_outgoing(taken);
}

void World::flush(Link& link, std::size_t most) {
  const Bytes sent = link.reactor->flush(link.connection, most);
  digest_.add(sent);
  link.client->receive(sent);
}

// --- reactors
// -------------------------------------------------------------------------------------

void World::enter(Reactor& who) {
  who.enter(*hub_, now());
  truth_.see_logs(*hub_);
  logs_->look(*hub_, truth_);
  digest_.add(hub_->sessions() * 1000 + hub_->detached_sessions());
  for (Seat& seated : seats_)
    told(seated, who);
}

// The hub has heard all that this reactor had to say of those who are gone.
void World::told(Seat& who, const Reactor& by) {
  who.pending.erase(&by);
  if (who.untold != &by)
    return;
  who.untold = nullptr;
  if (!who.link)
    who.person.detached_at = milliseconds();
}

void World::carry_out(Reactor& who, std::uint32_t most) {
  who.carry_out(most == 0 ? Reactor::kAll : most);
}

void World::round(Reactor& who) {
  enter(who);
  who.carry_out();
  flush_all(who);
}

// --- others
// ---------------------------------------------------------------------------------------

void World::send(Reactor& to, ConnectionId connection, const Bytes& bytes) {
  to.receive(connection, bytes);
}

void World::stranger(ByteView bytes) {
  Reactor& to = reactors_.front();
  had_stranger_ = true;
  if (!to.is_open(stranger_))
    stranger_ = accept(to, AddressKey{99});
  to.receive(stranger_, bytes);
}

void World::crowd(Reactor& to) {
  if (!crowd_.empty())
    return crowd_leaves();
  ++crowds_;
  for (std::uint32_t i = 0; i < setting_.crowd; ++i) {
    crowd_.push_back({&to, accept(to, AddressKey{50})});
    send(to, crowd_.back().connection,
         protocol::encode(protocol::Hello{.request = RequestId{1},
                                          .nickname = fmt::format("x{}x{}", crowds_, i)}));
  }
}

// Enough of them for the others to be listed by name again.
void World::crowd_leaves() {
  const std::size_t left = crowd_.size() / 2;
  while (crowd_.size() > left) {
    const Member member = crowd_.back();
    crowd_.pop_back();
    send(*member.reactor, member.connection,
         protocol::encode(protocol::Goodbye{.request = {}, .reason = CloseReason::quit}));
  }
  if (left < 100)
    crowd_.clear();
}

}  // namespace chat::sim
