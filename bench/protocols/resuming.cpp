#include "bench/protocols/resuming.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "bench/protocols/framed.hpp"
#include "bench/protocols/nickname.hpp"
#include "bench/protocols/posted_view.hpp"
#include "bench/protocols/random_id.hpp"

namespace chat::bench {
namespace {

// Requests are few, so each has its number, and messages count from kFirstSay.
constexpr RequestId kHello{1};
constexpr RequestId kJoin{2};
constexpr RequestId kLeave{3};
constexpr std::uint32_t kFirstSay = 16;

constexpr const char* kNotUnderstood = "the server sent a frame that is not understood";

}  // namespace

ResumingDialect::ResumingDialect(std::string names, std::uint32_t clients, MessageEvents& messages,
                                 ResumeEvents& resumes, DialectEvents& others)
    : names_(std::move(names)),
      messages_(messages),
      resumes_(resumes),
      others_(others),
      clients_(clients),
      random_(std::random_device{}()) {
  for (Client& client : clients_) {
    client.identity = IdentityId{random_id(random_)};
    client.secret = IdentitySecret{random_id(random_)};
  }
}

void ResumingDialect::greet(ClientIndex client) {
  Client& state = clients_[client];
  state.is_here = false;
  protocol::Hello hello{.request = kHello,
                        .nickname = nickname_of(names_, client),
                        .identity = state.identity,
                        .secret = state.secret,
                        .token = state.token,
                        .epoch = state.epoch};
  if (state.room != RoomId{})
    hello.read.push_back({state.room, state.read});
  if (state.pair != RoomId{})
    hello.read.push_back({state.pair, state.known_of_pair.last()});
  state.come_again = state.known_of_pair.ahead();
  send(client, hello);
}

void ResumingDialect::enter(ClientIndex client, const std::string& room) {
  send(client, protocol::Join{kJoin, room});
}

void ResumingDialect::say(ClientIndex client, std::uint32_t number, std::string_view text) {
  send_surely(client, protocol::Say{RequestId{kFirstSay + number}, clients_[client].room,
                                    random_id(random_), MessageKind::text, std::string(text)});
}

void ResumingDialect::whisper(ClientIndex from, ClientIndex to, std::uint32_t number,
                              std::string_view text) {
  send_surely(from,
              protocol::Whisper{RequestId{kFirstSay + number}, random_id(random_), UserId{},
                                nickname_of(names_, to), MessageKind::text, std::string(text)});
}

void ResumingDialect::part(ClientIndex client) {
  clients_[client].parting = true;
  send(client, protocol::Goodbye{{}, CloseReason::quit, {}});
}

std::size_t ResumingDialect::take(ClientIndex client, ByteView bytes, Instant at) {
  return take_frames(bytes, others_, "the server",
                     [&](const Frame& frame) { handle(client, frame, at); });
}

void ResumingDialect::handle(ClientIndex client, const Frame& frame, Instant at) {
  switch (static_cast<MessageType>(frame.type)) {
    case MessageType::welcome:
      return handle_welcome(client, frame.body, at);
    case MessageType::room_opened:
      return handle_room_opened(client, frame.body);
    case MessageType::room_closed:
      return handle_room_closed(client, frame.body);
    case MessageType::posted:
      return handle_posted(client, frame.body, at);
    case MessageType::acknowledged:
      return handle_acknowledged(client, frame.body);
    case MessageType::gap:
      return handle_gap(client, frame.body);
    case MessageType::error:
      return handle_error(frame.body);
    case MessageType::ping:
      return handle_ping(client, frame.body);
    case MessageType::goodbye:
      return handle_goodbye(client, frame.body);
    default:  // who is there, and what later versions add
      return;
  }
}

void ResumingDialect::handle_welcome(ClientIndex client, ByteView body, Instant at) {
  auto welcome = wire::decode<protocol::Welcome>(body);
  if (!welcome)
    return others_.trouble(kNotUnderstood);
  Client& state = clients_[client];
  const bool is_new = state.token.empty();
  if (is_new)
    state.epoch = welcome->epoch;
  else if (welcome->epoch != state.epoch)
    others_.trouble("the server took up a session in another epoch");
  state.token = std::move(welcome->token);
  if (is_new)
    state.is_here = true;
  else if (welcome->resumed)
    resume(client, at);
  else {
    resumes_.lost_session(client);
    part(client);
  }
}

void ResumingDialect::resume(ClientIndex client, Instant at) {
  Client& state = clients_[client];
  state.is_here = true;
  const auto repeated = std::ranges::count(state.unacknowledged, true, &Unacknowledged::was_sent);
  resumes_.resumed(client, at, static_cast<std::size_t>(repeated));
  for (Unacknowledged& message : state.unacknowledged) {
    message.was_sent = true;
    others_.send(client, message.frame);
  }
}

void ResumingDialect::handle_room_opened(ClientIndex client, ByteView body) {
  const auto opened = wire::decode<protocol::RoomOpened>(body);
  if (!opened)
    return others_.trouble(kNotUnderstood);
  Client& state = clients_[client];
  if (state.parting)
    return;
  if (opened->kind == RoomKind::pair) {
    if (state.pair != RoomId{} && state.pair != opened->room)
      others_.trouble("the server opened a second pair for two who have one");
    state.pair = opened->room;
    return check_place(*opened, state.known_of_pair.last());
  }
  if (opened->request == kJoin) {
    state.room = opened->room;
    state.read = opened->next - 1;
    return send(client, protocol::Leave{kLeave, state.lobby});
  }
  if (state.room != RoomId{})
    return check_place(*opened, state.read);
  state.lobby = opened->room;
  others_.welcomed(client);
}

void ResumingDialect::check_place(const protocol::RoomOpened& opened, Sequence known) {
  if (opened.next != known + 1)
    others_.trouble("the server opened a room elsewhere than behind the last known message");
}

void ResumingDialect::handle_room_closed(ClientIndex client, ByteView body) {
  const auto closed = wire::decode<protocol::RoomClosed>(body);
  if (!closed)
    return others_.trouble(kNotUnderstood);
  if (closed->request == RequestId{})  // a pair that the other one has left
    return;
  if (closed->request != kLeave)
    return others_.trouble("the server closed a room that nobody left");
  others_.settled(client, clients_[client].read + 1);
}

void ResumingDialect::handle_posted(ClientIndex client, ByteView body, Instant at) {
  const auto posted = view_posted(body);
  if (!posted)
    return others_.trouble(kNotUnderstood);
  Client& state = clients_[client];
  if (posted->room == state.room) {
    state.read = std::max(state.read, posted->sequence);
    messages_.posted(client, posted->sequence, posted->text, at);
  } else if (posted->room == state.pair) {
    if (state.come_again.erase(posted->sequence) > 0)
      return;
    state.known_of_pair.add(posted->sequence);
    messages_.whispered(client, posted->sequence, posted->text, at);
  } else if (posted->room != state.lobby) {
    others_.trouble("the server sent a message of a room that the client is not in");
  }
}

void ResumingDialect::handle_acknowledged(ClientIndex client, ByteView body) {
  const auto message = wire::decode<protocol::Acknowledged>(body);
  if (!message)
    return others_.trouble(kNotUnderstood);
  Client& state = clients_[client];
  const auto place = std::ranges::find(state.unacknowledged, message->id, &Unacknowledged::id);
  if (place == state.unacknowledged.end() || place->request != message->request)
    return others_.trouble("the server acknowledged what it was not asked for");
  state.unacknowledged.erase(place);
  if (message->room == state.pair)
    state.known_of_pair.add(message->sequence);
  messages_.acknowledged(client, message->request.value - kFirstSay, message->sequence);
}

void ResumingDialect::handle_gap(ClientIndex client, ByteView body) {
  const auto gap = wire::decode<protocol::Gap>(body);
  if (!gap)
    return others_.trouble(kNotUnderstood);
  if (gap->to < gap->from)  // only presence was lost
    return;
  Client& state = clients_[client];
  state.read = gap->room == state.room ? std::max(state.read, gap->to) : state.read;
  if (gap->room != state.room || !messages_.missed(client, gap->from, gap->to))
    others_.trouble("the server dropped messages that a client had not read");
}

void ResumingDialect::handle_error(ByteView body) {
  const auto message = wire::decode<protocol::Error>(body);
  if (!message)
    return others_.trouble(kNotUnderstood);
  others_.trouble(
      fmt::format("the server refused: {} ({})", message->sentence, name_of(message->code)));
}

void ResumingDialect::handle_ping(ClientIndex client, ByteView body) {
  const auto message = wire::decode<protocol::Ping>(body);
  if (!message)
    return others_.trouble(kNotUnderstood);
  send(client, protocol::Pong{message->request});
}

void ResumingDialect::handle_goodbye(ClientIndex client, ByteView body) {
  const auto message = wire::decode<protocol::Goodbye>(body);
  if (!message)
    return others_.trouble(kNotUnderstood);
  if (clients_[client].parting && message->reason == CloseReason::quit)
    return others_.parted(client);
  others_.trouble(
      fmt::format("the server said goodbye: {} ({})", message->sentence, name_of(message->reason)));
}

template <class Message>
void ResumingDialect::send(ClientIndex client, const Message& message) {
  others_.send(client, protocol::encode(message));
}

template <class Message>
void ResumingDialect::send_surely(ClientIndex client, const Message& message) {
  Client& state = clients_[client];
  state.unacknowledged.push_back(
      {message.id, message.request, protocol::encode(message), state.is_here});
  if (state.is_here)
    others_.send(client, state.unacknowledged.back().frame);
}

}  // namespace chat::bench
