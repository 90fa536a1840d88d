#include "bench/protocols/returning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <utility>

#include "bench/protocols/framed.hpp"
#include "bench/protocols/nickname.hpp"
#include "bench/protocols/random_id.hpp"

namespace chat::bench {
namespace {

// Requests that are one at a time have a number each (kHistory is another); then come the rooms,
// and the messages.
constexpr RequestId kHello{1};
constexpr RequestId kAllOpened{2};
constexpr std::uint32_t kFirstJoin = 16;
constexpr std::uint32_t kFirstSay = 1024;

}  // namespace

ReturningDialect::ReturningDialect(std::string names, std::uint32_t clients,
                                   const std::function<Places(ClientIndex)>& places_of,
                                   ReturningEvents& events, DialectEvents& others)
    : names_(std::move(names)), events_(events), others_(others), random_(std::random_device{}()) {
  clients_.reserve(clients);
  for (ClientIndex client = 0; client < clients; ++client) {
    Places places = places_of(client);
    assert(!places.rooms.empty() && places.rooms.size() < kFirstSay - kFirstJoin);
    auto rooms = unread_rooms(places);
    clients_.push_back({.identity = IdentityId{random_id(random_)},
                        .secret = IdentitySecret{random_id(random_)},
                        .places = std::move(places),
                        .rooms = std::move(rooms)});
  }
}

std::vector<ReturningDialect::Room> ReturningDialect::unread_rooms(const Places& places) {
  std::vector<Room> rooms(places.rooms.size(), Room{RoomReading(RoomKind::open)});
  rooms.push_back({RoomReading(RoomKind::pair)});
  return rooms;
}

// --- what a client does -------------------------------------------------------------------------

void ReturningDialect::greet(ClientIndex client) {
  Client& state = clients_[client];
  state.state = State::greeting;
  protocol::Hello hello{.request = kHello,
                        .nickname = nickname_of(names_, client),
                        .identity = state.identity,
                        .secret = state.secret,
                        .token = state.token};
  for (const Room& room : state.rooms)
    if (room.id != RoomId{})
      hello.read.push_back({room.id, room.reading.last()});
  if (!hello.read.empty())
    hello.epoch = *epoch_;
  send(client, hello);
}

void ReturningDialect::say_in(ClientIndex client, Place place, std::uint32_t number,
                              std::string_view text) {
  Client& state = clients_[client];
  const bool is_here = state.state == State::here;
  state.unacknowledged.push_back({random_id(random_), RequestId{kFirstSay + state.requests++},
                                  place, number, std::string(text), is_here});
  if (is_here)
    send_said(client, state.unacknowledged.back());
}

void ReturningDialect::send_said(ClientIndex client, const Unacknowledged& message) {
  const Client& state = clients_[client];
  if (message.place != state.places.pair())
    return send(client, protocol::Say{message.request, state.rooms[message.place].id, message.id,
                                      MessageKind::text, message.text});
  send(client, protocol::Whisper{message.request, message.id, UserId{},
                                 nickname_of(names_, *state.places.partner), MessageKind::text,
                                 message.text});
}

void ReturningDialect::replace(ClientIndex client, bool has_token) {
  Client& state = clients_[client];
  assert(state.state == State::away);
  state.rooms = unread_rooms(state.places);
  if (has_token)
    return;
  state.token.clear();
  state.is_stored = false;
}

void ReturningDialect::part(ClientIndex client) {
  send(client, protocol::Goodbye{{}, CloseReason::quit, {}});
}

void ReturningDialect::lose(ClientIndex client) {
  Client& state = clients_[client];
  state.state = State::away;
  state.asked.reset();
  for (Room& room : state.rooms) {
    room.is_open = false;
    room.reading.lose();
  }
}

// --- what it is told ----------------------------------------------------------------------------

std::size_t ReturningDialect::take(ClientIndex client, ByteView bytes, Instant at) {
  return take_frames(bytes, others_, "the server",
                     [&](const Frame& frame) { handle(client, frame, at); });
}

template <class Message, class Handle>
void ReturningDialect::understand(ByteView body, Handle handle) {
  if (auto message = wire::decode<Message>(body))
    handle(*message);
  else
    not_understood();
}

void ReturningDialect::handle(ClientIndex client, const Frame& frame, Instant at) {
  using namespace protocol;
  const ByteView body = frame.body;
  switch (static_cast<MessageType>(frame.type)) {
    case MessageType::welcome:
      return understand<Welcome>(body, [&](auto& it) { handle_welcome(client, it); });
    case MessageType::room_opened:
      return understand<RoomOpened>(body, [&](auto& it) { handle_room_opened(client, it, at); });
    case MessageType::room_closed:
      return understand<RoomClosed>(body, [&](auto& it) { handle_room_closed(client, it); });
    case MessageType::posted:
      return handle_posted(client, body);
    case MessageType::acknowledged:
      return understand<Acknowledged>(body, [&](auto& it) { handle_acknowledged(client, it); });
    case MessageType::gap:
      return understand<Gap>(body, [&](auto& it) { handle_gap(client, it); });
    case MessageType::history:
      return understand<History>(body, [&](auto& it) { handle_history(client, it); });
    case MessageType::error:
      return understand<Error>(body, [&](auto& it) { handle_error(client, it); });
    case MessageType::ping:
      return understand<Ping>(body, [&](auto& it) { send(client, Pong{it.request}); });
    case MessageType::pong:
      return understand<Pong>(body, [&](auto& it) { handle_pong(client, it); });
    case MessageType::goodbye:
      return understand<Goodbye>(body, [&](auto& it) {
        others_.trouble(
            fmt::format("the server said goodbye: {} ({})", it.sentence, name_of(it.reason)));
      });
    default:  // who is there, and what later versions add
      return;
  }
}

void ReturningDialect::handle_welcome(ClientIndex client, const protocol::Welcome& welcome) {
  Client& state = clients_[client];
  if (epoch_.value_or(welcome.epoch) != welcome.epoch) {
    ++other_epochs_;
    others_.trouble("the server began another epoch, as if it had lost something");
  }
  epoch_ = epoch_.value_or(welcome.epoch);
  if (state.has_said && state.user != welcome.user)
    others_.trouble("the server gave an identity that it knew another user's number");
  if (!welcome.resumed && std::exchange(state.is_stored, false))
    others_.trouble("the server does not know a session any more that it had stored");
  state.user = welcome.user;
  state.token = welcome.token;
  state.was_resumed = welcome.resumed;
  state.state = State::entering;
  // A session that is taken up may be without a room that was entered just before the server ended.
  if (welcome.resumed)
    return send(client, protocol::Ping{kAllOpened});
  for (Room& room : state.rooms)
    room.reading.closed();
  join_missing(client);
}

void ReturningDialect::handle_pong(ClientIndex client, const protocol::Pong& pong) {
  if (pong.request == kAllOpened && clients_[client].state == State::entering)
    join_missing(client);
}

void ReturningDialect::join_missing(ClientIndex client) {
  const Client& state = clients_[client];
  for (Place place = 0; place < state.places.rooms.size(); ++place)
    if (!state.rooms[place].is_open)
      send(client, protocol::Join{RequestId{kFirstJoin + static_cast<std::uint32_t>(place)},
                                  state.places.rooms[place]});
}

void ReturningDialect::handle_room_opened(ClientIndex client, const protocol::RoomOpened& opened,
                                          Instant at) {
  Client& state = clients_[client];
  Room* const room = find_opened(state, opened);
  if (room == nullptr) {
    if (opened.name != kLobbyName || opened.kind != RoomKind::open)
      others_.trouble("the server opened a room that nobody has entered");
    state.lobby = opened.room;
    return;
  }
  check(state, *room, opened);
  using enum RoomReading::Opened;
  const auto taken_up = room->id == RoomId{} ? unnamed : named;
  room->reading.opened(opened.next, opened.request == kHello ? taken_up : entered);
  room->id = opened.room;
  room->is_open = true;
  read_on(client);
  const auto rooms = std::span(state.rooms).first(state.places.rooms.size());
  if (state.state == State::entering && std::ranges::all_of(rooms, &Room::is_open))
    arrive(client, at);
}

ReturningDialect::Room* ReturningDialect::find_opened(Client& client,
                                                      const protocol::RoomOpened& opened) {
  if (opened.kind == RoomKind::pair)
    return client.places.partner ? &client.rooms[client.places.pair()] : nullptr;
  const auto name = std::ranges::find(client.places.rooms, opened.name);
  return name == client.places.rooms.end()
             ? nullptr
             : &client.rooms[static_cast<Place>(name - client.places.rooms.begin())];
}

void ReturningDialect::check(const Client& client, const Room& room,
                             const protocol::RoomOpened& opened) {
  const bool is_known = room.reading.last() > Sequence{};
  if (opened.reset)
    others_.trouble("the server declared void what was known of a room");
  if (room.is_open)
    others_.trouble("the server opened a room that was open");
  if (is_known && room.id != RoomId{} && room.id != opened.room)
    others_.trouble("the server gave another number to a room that has messages");
  const bool goes_on = client.was_resumed && opened.request == kHello;
  if (goes_on ? !room.reading.may_go_on_with(opened.next) : opened.next <= room.reading.last())
    others_.trouble("the server opened a room elsewhere than behind the last known message");
}

void ReturningDialect::arrive(ClientIndex client, Instant at) {
  Client& state = clients_[client];
  state.state = State::here;
  if (!std::exchange(state.was_welcome, true))
    others_.welcomed(client);
  else
    events_.back(client, {.resumed = state.was_resumed,
                          .repeated = static_cast<std::size_t>(std::ranges::count(
                              state.unacknowledged, true, &Unacknowledged::was_sent)),
                          .at = at});
  for (Unacknowledged& message : state.unacknowledged) {
    message.was_sent = true;
    send_said(client, message);
  }
}

// One that was named in hello and has ended; or a pair that the other one has left.
void ReturningDialect::handle_room_closed(ClientIndex client, const protocol::RoomClosed& closed) {
  Room* const room = find_room(clients_[client], closed.room);
  const bool was_asked = closed.request == kHello;
  const bool is_pair = room == &clients_[client].rooms.back();
  if (room == nullptr || !(was_asked || (closed.request == RequestId{} && is_pair)))
    return others_.trouble("the server closed a room that nobody left");
  room->is_open = false;
  room->reading.closed();
}

void ReturningDialect::handle_error(ClientIndex client, const protocol::Error& error) {
  if (error.request == kHello && error.code == ErrorCode::identity_in_use)
    return events_.came_too_early(client);
  others_.trouble(fmt::format("the server refused: {} ({})", error.sentence, name_of(error.code)));
}

}  // namespace chat::bench
