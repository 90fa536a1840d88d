#include "bench/protocols/mqtt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "bench/protocols/nickname.hpp"
#include "libchat/wire.hpp"

namespace chat::bench {
namespace {

// The first byte of a packet: its type and its flags (2.2).
constexpr std::uint8_t kConnect = 0x10;
constexpr std::uint8_t kConnectAccepted = 0x20;
constexpr std::uint8_t kPublish = 0x30;
constexpr std::uint8_t kSubscribe = 0x82;
constexpr std::uint8_t kSubscribed = 0x90;
constexpr std::uint8_t kDisconnect = 0xE0;

struct Packet {
  std::uint8_t first = 0;
  ByteView body;
  std::size_t bytes = 0;  // in all; 0 while it is not complete
};

// The packet at the front; nothing for a length that no packet has here. A length has seven bits in
// each of up to four bytes, the lowest ones first (2.2.3).
std::optional<Packet> packet_at_front(ByteView bytes) {
  std::size_t length = 0;
  for (std::size_t at = 1; at < bytes.size() && at <= 4; ++at) {
    length |= std::size_t{bytes[at] & 0x7FU} << 7 * (at - 1);
    if (length >= kMaxIncomplete)
      return std::nullopt;
    if ((bytes[at] & 0x80) != 0)
      continue;
    const ByteView rest = bytes.subspan(at + 1);
    if (rest.size() < length)
      return Packet{};
    return Packet{bytes[0], rest.first(length), at + 1 + length};
  }
  return bytes.size() > 4 ? std::nullopt : std::optional(Packet{});
}

Bytes packet(std::uint8_t first, ByteView body) {
  Bytes bytes{first};
  std::size_t length = body.size();
  for (; length > 0x7F; length >>= 7)
    bytes.push_back(static_cast<std::uint8_t>(length | 0x80));
  bytes.push_back(static_cast<std::uint8_t>(length));
  append(bytes, body);
  return bytes;
}

}  // namespace

MqttDialect::Topic::Topic(const std::string& topic) : name(topic) {
  wire::write(field, topic);
}

MqttDialect::MqttDialect(std::string names, std::uint32_t clients, MessageEvents& messages,
                         DialectEvents& others)
    : names_(std::move(names)), messages_(messages), others_(others), topics_(clients) {}

void MqttDialect::greet(ClientIndex client) {
  topics_.forget(client);
  // The protocol's name, level 4, a clean session, no keep-alive (3.1.2).
  Bytes body{0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 0};
  wire::write(body, nickname_of(names_, client));
  send(client, kConnect, body);
}

void MqttDialect::enter(ClientIndex client, const std::string& room) {
  Bytes body{0, 1};  // the number of the packet
  append(body, topics_.enter(client, room).field);
  body.push_back(0);  // the quality of service
  send(client, kSubscribe, body);
}

void MqttDialect::say(ClientIndex client, std::uint32_t, std::string_view text) {
  Bytes body = topics_.of(client)->field;
  append(body, as_bytes(text));
  send(client, kPublish, body);
}

void MqttDialect::part(ClientIndex client) {
  send(client, kDisconnect, {});
}

std::size_t MqttDialect::take(ClientIndex client, ByteView bytes, Instant at) {
  ByteView rest = bytes;
  while (true) {
    const auto packet = packet_at_front(rest);
    if (!packet) {
      others_.trouble("the server sent a packet of an impossible length");
      return bytes.size();
    }
    if (packet->bytes == 0)
      return bytes.size() - rest.size();
    handle(client, packet->first, packet->body, at);
    rest = rest.subspan(packet->bytes);
  }
}

void MqttDialect::handle(ClientIndex client, std::uint8_t first, ByteView body, Instant at) {
  constexpr std::uint8_t kRefusedTopic = 0x80;  // 3.9.3
  if (first == kPublish) [[likely]]
    return handle_publish(client, body, at);
  if (first == kConnectAccepted && body.size() == 2 && body[1] == 0)
    return others_.welcomed(client);
  if (first == kConnectAccepted && body.size() == 2)
    return others_.trouble(fmt::format("the server refused the connection (code {})", body[1]));
  if (first == kSubscribed && body.size() == 3 && body[2] != kRefusedTopic)
    return others_.settled(client, Sequence{1});
  others_.trouble(fmt::format("the server sent a packet that is not understood ({:#x})", first));
}

void MqttDialect::handle_publish(ClientIndex client, ByteView body, Instant at) {
  const Topic* const topic = topics_.of(client);
  if (topic == nullptr || body.size() < topic->field.size() ||
      !std::ranges::equal(body.first(topic->field.size()), topic->field))
    return others_.trouble("the server sent a message of a topic that was not subscribed to");
  messages_.posted(client, {}, as_text(body.subspan(topic->field.size())), at);
}

void MqttDialect::send(ClientIndex client, std::uint8_t first, ByteView rest) {
  others_.send(client, packet(first, rest));
}

}  // namespace chat::bench
