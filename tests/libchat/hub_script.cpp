#include "tests/libchat/hub_script.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <utility>

namespace chat::test {
namespace {

std::string words(const protocol::Welcome& m) {
  return fmt::format("welcome {} user {} {}{}", m.request.value, m.user.value, m.nickname,
                     m.resumed ? " resumed" : "");
}
std::string words(const protocol::RoomOpened& m) {
  return fmt::format("opened {} room {} {} {} next #{} members {}{}{}", m.request.value,
                     m.room.value, m.kind == RoomKind::open ? "open" : "pair", m.name, m.next.value,
                     m.members, m.listed ? "" : " counted",
                     m.read == Sequence{} ? "" : fmt::format(" read #{}", m.read.value));
}
std::string words(const protocol::RoomClosed& m) {
  return fmt::format("closed {} room {}", m.request.value, m.room.value);
}
std::string words(const protocol::NicknameChanged& m) {
  return fmt::format("nickname {} {}", m.request.value, m.nickname);
}
std::string words(const protocol::Acknowledged& m) {
  return fmt::format("acknowledged {} room {} #{}", m.request.value, m.room.value,
                     m.sequence.value);
}
std::string words(const protocol::MemberPage& m) {
  std::string text = fmt::format("members {} room {} total {}{}{}:", m.request.value, m.room.value,
                                 m.total, m.first ? " first" : "", m.last ? " last" : "");
  for (const auto& person : m.people)
    text += " " + person.nickname;
  if (!m.lost.empty())
    text += fmt::format(" ({} lost)", m.lost.size());
  if (!m.away.empty())
    text += fmt::format(" ({} away)", m.away.size());
  return text;
}
std::string words(const protocol::RoomPage& m) {
  std::string text = fmt::format("rooms {}{}:", m.request.value, m.last ? " last" : "");
  for (const auto& room : m.rooms)
    text += fmt::format(" {}={}/{}", room.room.value, room.name, room.members);
  return text;
}
std::string words(const protocol::Error& m) {
  return fmt::format("error {} {}", m.request.value, name_of(m.code));
}
std::string words(const protocol::Gap& m) {
  return fmt::format("gap room {} #{} to #{}", m.room.value, m.from.value, m.to.value);
}
std::string words(const protocol::Posted& m) {
  return fmt::format("posted room {} #{} {}: {}", m.room.value, m.sequence.value, m.nickname,
                     m.text);
}
std::string words(const protocol::Joined& m) {
  std::string text = fmt::format("joined room {}:", m.room.value);
  for (const auto& person : m.people)
    text += " " + person.nickname;
  return text;
}
std::string words(const protocol::Left& m) {
  std::string text = fmt::format("left room {}:", m.room.value);
  for (const auto& person : m.people)
    text += " " + person.nickname + "/" + std::string(name_of(person.reason));
  return text;
}
std::string words(const protocol::Renamed& m) {
  return fmt::format("renamed room {} {} to {}", m.room.value, m.before, m.after);
}
std::string words(const protocol::MemberCount& m) {
  return fmt::format("count room {} {}", m.room.value, m.members);
}
std::string words(const protocol::Presence& m) {
  std::string text = fmt::format("presence room {}:", m.room.value);
  for (const auto& person : m.people)
    text += " " + person.nickname + (person.state == PresenceState::lost ? "/lost" : "/here");
  return text;
}
std::string words(const protocol::Typing& m) {
  return fmt::format("typing room {} {}", m.room.value, m.nickname);
}
std::string words(const protocol::Away& m) {
  return m.is_away ? fmt::format("away room {} {}: {}", m.room.value, m.nickname, m.sentence)
                   : fmt::format("back room {} {}", m.room.value, m.nickname);
}
std::string words(const protocol::Ping&) {
  return "ping";
}
std::string words(const protocol::Pong&) {
  return "pong";
}
std::string words(const protocol::Goodbye& m) {
  return fmt::format("goodbye {}", name_of(m.reason));
}
std::string words(const protocol::History& m) {
  std::string text =
      fmt::format("history {} room {}{}:", m.request.value, m.room.value, m.more ? " more" : "");
  for (const auto& message : m.messages)
    text += fmt::format(" #{} {}: {}", message.sequence.value, message.nickname, message.text);
  return text;
}
std::string words(const protocol::SearchResults& m) {
  std::string text = fmt::format("results {} next {}:", m.request.value, m.next);
  for (const auto& hit : m.hits)
    text += fmt::format(" room {} #{} {}: {}", hit.room.value, hit.sequence.value, hit.nickname,
                        hit.text);
  return text;
}
std::string words(const protocol::Notice& m) {
  return fmt::format("notice {}", name_of(m.code));
}

MessageId message_id(std::uint32_t number) {
  MessageId id{};
  for (std::size_t i = 0; i < sizeof(number); ++i)
    id[i] = static_cast<std::uint8_t>(number >> (8 * i));
  return id;
}

}  // namespace

namespace {

HubOptions with(HubOptions options, const DetachedLimits& detached) {
  options.detached = detached;
  return options;
}

}  // namespace

std::string in_words(const protocol::ServerMessage& message) {
  return std::visit([](const auto& m) { return words(m); }, message);
}

std::vector<protocol::ServerMessage> decode_all(ByteView bytes) {
  std::vector<protocol::ServerMessage> messages;
  while (!bytes.empty()) {
    const auto frame = take_frame(bytes);
    REQUIRE_MESSAGE((frame && *frame), "the bytes end inside a frame");
    const auto message = protocol::decode_server_message(**frame);
    REQUIRE_MESSAGE(message, "the server sent a frame that cannot be decoded");
    messages.push_back(*message);
  }
  return messages;
}

HubScript::HubScript(HubOptions options, const DetachedLimits& detached)
    : options_(with(std::move(options), detached)),
      reactors_(options_.reactors),
      waiting_(options_.reactors) {
  ledger_.emplace();
  hub_.emplace(options_, *ledger_);
}

HubScript::HubScript(KeptStore& store, HubOptions options, const DetachedLimits& detached)
    : store_(&store),
      options_(with(std::move(options), detached)),
      reactors_(options_.reactors),
      waiting_(options_.reactors) {
  restart();
}

void HubScript::restart() {
  hub_.reset();
  clients_.clear();
  reactors_ = std::vector<SimulatedReactor>(options_.reactors);
  waiting_ = std::vector<std::vector<Request>>(options_.reactors);
  ledger_.emplace(store_);
  hub_.emplace(options_, *ledger_, store_->state(), clocks());
}

void HubScript::connect(const std::string& client, ReactorId reactor, AddressKey address) {
  clients_[client] = {reactor, reactors_[reactor.value].connect(), address, Arrival{++arrivals_}};
}

void HubScript::hello(const std::string& client, ReactorId reactor) {
  if (!clients_.contains(client))
    connect(client, reactor);
  send(client, protocol::Hello{.nickname = client});
}

void HubScript::say(const std::string& client, RoomId room, const std::string& text) {
  send(client,
       protocol::Say{
           .room = room, .id = message_id(clients_.at(client).last_request + 1), .text = text});
}

void HubScript::whisper(const std::string& client, const std::string& to, const std::string& text,
                        UserId user) {
  send(client, protocol::Whisper{.id = message_id(clients_.at(client).last_request + 1),
                                 .user = user,
                                 .nickname = to,
                                 .text = text});
}

void HubScript::rename(const std::string& client, const std::string& to) {
  send(client, protocol::Rename{.nickname = to});
}

void HubScript::join(const std::string& client, const std::string& room) {
  send(client, protocol::Join{.name = room});
}

void HubScript::leave(const std::string& client, RoomId room) {
  send(client, protocol::Leave{.room = room});
}

void HubScript::depart(const std::string& client, LeaveReason reason) {
  queue(client, Departed{reason});
  const Client gone = clients_.at(client);
  reactors_[gone.reactor.value].close(gone.connection);
  clients_.erase(client);
}

void HubScript::round(ReactorId id) {
  auto requests = std::exchange(waiting_[id.value], {});
  hub_->enter(id, requests, clocks());
  SimulatedReactor& reactor = reactors_[id.value];
  reactor.carry_out(std::exchange(hub_->outbox(id), {}));
  for (Request& request : reactor.take_requests())
    waiting_[id.value].push_back(std::move(request));
}

bool HubScript::is_idle() {
  for (std::uint16_t i = 0; i < reactors_.size(); ++i)
    if (!waiting_[i].empty() || !hub_->outbox(ReactorId{i}).empty())
      return false;
  return true;
}

void HubScript::run() {
  do {
    for (std::uint16_t i = 0; i < reactors_.size(); ++i)
      round(ReactorId{i});
  } while (!is_idle());
}

std::vector<protocol::ServerMessage> HubScript::frames(const std::string& client) {
  return decode_all(bytes(client));
}

Bytes HubScript::bytes(const std::string& client) {
  run();
  return bytes_so_far(client);
}

Words HubScript::heard(const std::string& client) {
  run();
  return heard_so_far(client);
}

Words HubScript::heard_so_far(const std::string& client) {
  Words all;
  for (const auto& message : decode_all(bytes_so_far(client)))
    all.push_back(in_words(message));
  return all;
}

void HubScript::forget() {
  run();
  for (const auto& [name, client] : clients_)
    bytes_so_far(name);
}

std::optional<CloseReason> HubScript::closing(const std::string& name) {
  run();
  const Client& client = clients_.at(name);
  return reactors_[client.reactor.value].closing(client.connection);
}

RequestId HubScript::next_request(const std::string& client) {
  return RequestId{++clients_.at(client).last_request};
}

void HubScript::queue(const std::string& name, HubRequest what) {
  const Client& client = clients_.at(name);
  waiting_[client.reactor.value].push_back(
      {client.connection, std::move(what), client.address, client.arrival});
}

Bytes HubScript::bytes_so_far(const std::string& name) {
  const Client& client = clients_.at(name);
  return reactors_[client.reactor.value].read(client.connection);
}

}  // namespace chat::test
