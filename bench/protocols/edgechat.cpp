#include "bench/protocols/edgechat.hpp"

#include <fmt/format.h>

#include <cstring>

#include "bench/protocols/framed.hpp"
#include "bench/protocols/nickname.hpp"
#include "bench/protocols/posted_view.hpp"
#include "libchat/protocol.hpp"

namespace chat::bench {
namespace {

// Requests are few, so each has its number, and messages count from kFirstSay.
constexpr RequestId kHello{1};
constexpr RequestId kJoin{2};
constexpr RequestId kLeave{3};
constexpr RequestId kSearch{4};
constexpr std::uint32_t kFirstSay = 16;

constexpr const char* kNotUnderstood = "the server sent a frame that is not understood";

}  // namespace

EdgechatDialect::EdgechatDialect(std::string names, std::uint32_t clients, MessageEvents& messages,
                                 DialectEvents& others)
    : names_(std::move(names)),
      messages_(messages),
      others_(others),
      clients_(clients),
      random_(std::random_device{}()) {}

void EdgechatDialect::greet(ClientIndex client) {
  clients_[client] = {};
  send(client, protocol::Hello{kHello, kProtocolVersion, nickname_of(names_, client)});
}

void EdgechatDialect::enter(ClientIndex client, const std::string& room) {
  Client& state = clients_[client];
  if (room != kLobbyName)
    return send(client, protocol::Join{kJoin, room});
  state.room = state.lobby;
  others_.settled(client, state.next);
}

void EdgechatDialect::say(ClientIndex client, std::uint32_t number, std::string_view text) {
  send(client, protocol::Say{RequestId{kFirstSay + number}, clients_[client].room, random_id(),
                             MessageKind::text, std::string(text)});
}

void EdgechatDialect::whisper(ClientIndex from, ClientIndex to, std::uint32_t number,
                              std::string_view text) {
  send(from, protocol::Whisper{RequestId{kFirstSay + number}, random_id(), UserId{},
                               nickname_of(names_, to), MessageKind::text, std::string(text)});
}

void EdgechatDialect::search(ClientIndex client, std::string_view word) {
  constexpr std::uint16_t kMostHits = 50;
  send(client, protocol::Search{kSearch, std::string(word), {}, kMostHits});
}

void EdgechatDialect::part(ClientIndex client) {
  clients_[client].parting = true;
  send(client, protocol::Goodbye{{}, CloseReason::quit, {}});
}

std::size_t EdgechatDialect::take(ClientIndex client, ByteView bytes, Instant at) {
  return take_frames(bytes, others_, "the server",
                     [&](const Frame& frame) { handle(client, frame, at); });
}

void EdgechatDialect::handle(ClientIndex client, const Frame& frame, Instant at) {
  switch (static_cast<MessageType>(frame.type)) {
    case MessageType::posted:
      return handle_posted(client, frame.body, at);
    case MessageType::acknowledged:
      return handle_acknowledged(client, frame.body);
    case MessageType::room_opened:
      messages_.presence(client, frame, at);
      return handle_room_opened(client, frame.body);
    case MessageType::room_closed:
      return handle_room_closed(client, frame.body);
    case MessageType::ping:
      return handle_ping(client, frame.body);
    case MessageType::search_results:
      return handle_found(client, frame.body, at);
    case MessageType::error:
      return handle_error(frame.body);
    case MessageType::gap:
      return handle_gap(client, frame.body);
    case MessageType::goodbye:
      return handle_goodbye(client, frame.body);
    case MessageType::welcome:
    case MessageType::member_page:
    case MessageType::joined:
    case MessageType::left:
    case MessageType::member_count:
      return messages_.presence(client, frame, at);
    default:  // what this tool does not ask for, and what later versions add
      return;
  }
}

void EdgechatDialect::handle_posted(ClientIndex client, ByteView body, Instant at) {
  const auto posted = view_posted(body);
  if (!posted)
    return others_.trouble(kNotUnderstood);
  const Client& state = clients_[client];
  if (posted->room == state.room)
    messages_.posted(client, posted->sequence, posted->text, at);
  else if (posted->room != state.lobby)
    messages_.whispered(client, posted->sequence, posted->text, at);
}

void EdgechatDialect::handle_acknowledged(ClientIndex client, ByteView body) {
  const auto message = wire::decode<protocol::Acknowledged>(body);
  if (!message)
    return others_.trouble(kNotUnderstood);
  messages_.acknowledged(client, message->request.value - kFirstSay, message->sequence);
}

void EdgechatDialect::handle_room_opened(ClientIndex client, ByteView body) {
  const auto message = wire::decode<protocol::RoomOpened>(body);
  if (!message)
    return others_.trouble(kNotUnderstood);
  Client& state = clients_[client];
  if (message->request == kHello) {
    state.lobby = message->room;
    state.next = message->next;
    return others_.welcomed(client);
  }
  if (message->request != kJoin)  // somebody whispers to us
    return;
  state.room = message->room;
  state.next = message->next;
  send(client, protocol::Leave{kLeave, state.lobby});
}

void EdgechatDialect::handle_room_closed(ClientIndex client, ByteView body) {
  const auto message = wire::decode<protocol::RoomClosed>(body);
  if (!message)
    return others_.trouble(kNotUnderstood);
  if (message->request == kLeave)  // else a pair that the other one has left
    others_.settled(client, clients_[client].next);
}

void EdgechatDialect::handle_found(ClientIndex client, ByteView body, Instant at) {
  const auto message = wire::decode<protocol::SearchResults>(body);
  if (!message)
    return others_.trouble(kNotUnderstood);
  messages_.found(client, message->hits.size(), at);
}

void EdgechatDialect::handle_ping(ClientIndex client, ByteView body) {
  const auto message = wire::decode<protocol::Ping>(body);
  if (!message)
    return others_.trouble(kNotUnderstood);
  send(client, protocol::Pong{message->request});
}

void EdgechatDialect::handle_error(ByteView body) {
  const auto message = wire::decode<protocol::Error>(body);
  if (!message)
    return others_.trouble(kNotUnderstood);
  others_.trouble(
      fmt::format("the server refused: {} ({})", message->sentence, name_of(message->code)));
}

void EdgechatDialect::handle_gap(ClientIndex client, ByteView body) {
  const auto message = wire::decode<protocol::Gap>(body);
  if (!message)
    return others_.trouble(kNotUnderstood);
  const bool of_messages = message->room == clients_[client].room && message->from <= message->to;
  if (of_messages && !messages_.missed(client, message->from, message->to))
    others_.trouble("a client fell so far behind that the server dropped messages for it");
}

void EdgechatDialect::handle_goodbye(ClientIndex client, ByteView body) {
  const auto message = wire::decode<protocol::Goodbye>(body);
  if (!message)
    return others_.trouble(kNotUnderstood);
  if (clients_[client].parting && message->reason == CloseReason::quit)
    return others_.parted(client);
  others_.trouble(
      fmt::format("the server said goodbye: {} ({})", message->sentence, name_of(message->reason)));
}

template <class Message>
void EdgechatDialect::send(ClientIndex client, const Message& message) {
  protocol::append_frame(outgoing_, message);
  others_.send(client, outgoing_);
  outgoing_.clear();
}

MessageId EdgechatDialect::random_id() {
  const std::array<std::uint64_t, 2> halves{random_(), random_()};
  MessageId id;
  static_assert(sizeof id == sizeof halves);
  std::memcpy(id.data(), halves.data(), sizeof id);
  return id;
}

}  // namespace chat::bench
