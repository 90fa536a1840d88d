#include "tests/fuzz/session_oracle.hpp"

#include <algorithm>

#include "tests/fuzz/expect.hpp"

namespace chat::fuzz {
namespace {

const protocol::LastRead* find_room(const protocol::Hello& hello, RoomId room) {
  const auto place = std::ranges::find(hello.read, room, &protocol::LastRead::room);
  return place == hello.read.end() ? nullptr : &*place;
}

}  // namespace

void SessionOracle::sent_hello(Peer& peer, const protocol::Hello& hello) {
  sent(peer, hello.request);
  Claim claim{hello, person_of(hello), {}};
  if (claim.person)
    claim.view = view_of(people_[*claim.person]);
  peer.hellos.emplace(hello.request, std::move(claim));
}

// Whose token it is, if who says it is that person.
std::optional<std::size_t> SessionOracle::person_of(const protocol::Hello& hello) const {
  const auto person = std::ranges::find_if(people_, [&](const Person& p) {
    return p.token == hello.token && p.identity == hello.identity &&
           (!p.identity || p.secret == hello.secret);
  });
  if (person == people_.end())
    return std::nullopt;
  return static_cast<std::size_t>(person - people_.begin());
}

void SessionOracle::received(Peer& peer, const protocol::ServerMessage& message) {
  std::visit([&](const auto& m) { check(peer, m); }, message);
  peer.view.take(message);
  std::erase_if(peer.unanswered,
                [&](RequestId request) { return peer.view.answered().contains(request); });
}

void SessionOracle::lost(Peer& peer) {
  if (!peer.person || people_[*peer.person].peer != &peer)
    return;
  people_[*peer.person].view = peer.view;
  people_[*peer.person].peer = nullptr;
}

void SessionOracle::check(Peer& peer, const protocol::Welcome& m) {
  const auto claim = peer.hellos.find(m.request);
  expect(claim != peer.hellos.end(), "somebody is welcome without a hello");
  expect(!peer.person, "somebody is welcome twice");
  if (m.resumed)
    take_up_session(peer, claim->second, m);
  else
    begin_session(peer, claim->second.hello, m);
}

void SessionOracle::begin_session(Peer& peer, const protocol::Hello& hello,
                                  const protocol::Welcome& m) {
  for (const Person& person : people_)
    expect(person.user != m.user && person.token != m.token, "two sessions have one id, or token");
  peer.person = people_.size();
  people_.push_back({m.user, m.token, hello.identity, hello.secret, {}, &peer});
}

void SessionOracle::take_up_session(Peer& peer, const Claim& claim, const protocol::Welcome& m) {
  expect(claim.person.has_value(), "a session is taken up without its token");
  Person& person = people_[*claim.person];
  expect(person.user == m.user && person.token == m.token, "another session is taken up");
  peer.person = claim.person;
  peer.view = claim.view;
  peer.view.begin_connection();
  person.peer = &peer;
}

void SessionOracle::check(Peer& peer, const protocol::RoomOpened& m) {
  if (m.kind == RoomKind::pair) {
    auto& users = pairs_[m.room];
    users.insert(people_[peer.person.value()].user);
    expect(users.size() <= 2, "a third one is in a pair");
  }
  const auto place = peer.hellos.find(m.request);
  if (place == peer.hellos.end() || place->second.person != peer.person)
    return;
  // A session that goes on.
  const Claim& claim = place->second;
  const auto known = claim.view.rooms().find(m.room);
  const bool was_known = known != claim.view.rooms().end();
  const protocol::LastRead* const read = find_room(claim.hello, m.room);
  if (read == nullptr) {
    expect(!was_known || m.next <= known->second.next, "a room begins behind what was read");
    return;
  }
  expect(m.next > read->sequence, "a room begins before what was read");
  if (was_known && known->second.next == read->sequence + 1)
    expect(m.next == known->second.next, "a room does not go on where it was read to");
}

void SessionOracle::check(Peer& peer, const protocol::Acknowledged& m) {
  const AcceptedMessage* const message = truth_.find(m.room, m.sequence);
  expect(message != nullptr && message->id == m.id, "what is acknowledged was not committed");
  expect(message->from.user == peer.view.user(), "what somebody else has said is acknowledged");
}

void SessionOracle::check(Peer& peer, const protocol::Posted& m) {
  const AcceptedMessage* const message = truth_.find(m.room, m.sequence);
  expect(message != nullptr, "what is posted was not committed");
  expect(message->from.user == m.user && message->from.nickname.shown() == m.nickname &&
             message->kind == m.kind && message->text == m.text,
         "another message is posted than was committed");
  const auto room = peer.view.rooms().find(m.room);
  if (room == peer.view.rooms().end())
    return;
  // In a pair one's own are left out, and their acknowledgements may have been lost.
  for (Sequence skipped = room->second.next; skipped < m.sequence; skipped = skipped + 1) {
    const AcceptedMessage* const own = truth_.find(m.room, skipped);
    expect(own != nullptr && own->from.user == peer.view.user(), "a message is left out");
  }
}

void SessionOracle::dropped(RoomId room, Sequence before) {
  Sequence& known = dropped_before_[room];
  known = std::max(known, before);
}

void SessionOracle::check(Peer&, const protocol::Gap& m) {
  if (m.from <= m.to)
    expect(truth_.find(m.room, m.from) != nullptr && truth_.find(m.room, m.to) != nullptr,
           "messages are missed that there were not");
  // Without any message of the room, only presence was lost.
  const Sequence held = std::max(dropped_before_[m.room], Sequence{1});
  expect(m.to + 1 <= held, "messages are missed that the log still held");
}

}  // namespace chat::fuzz
