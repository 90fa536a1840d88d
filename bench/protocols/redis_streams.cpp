#include "bench/protocols/redis_streams.hpp"

#include <fmt/format.h>

#include <utility>

#include "bench/protocols/lines.hpp"
#include "bench/protocols/resp.hpp"

namespace chat::bench {
namespace {

// Of the entries' one field.
constexpr std::string_view kBeforeText = "*2\r\n$1\r\nm\r\n";
constexpr std::string_view kBeforeId = "*2\r\n";

// "0-17" as 17. Nothing when the server numbered otherwise.
std::optional<Sequence> sequence_of(std::string_view id) {
  if (!id.starts_with("0-"))
    return std::nullopt;
  const auto number = decimal(id.substr(2));
  return number ? std::optional(Sequence{*number}) : std::nullopt;
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  const bool there = text.starts_with(prefix);
  if (there)
    text.remove_prefix(prefix.size());
  return there;
}

// Takes a counted string off the front of a text in which it is complete; nothing when there is
// something else.
std::optional<std::string_view> take_string(std::string_view& text) {
  constexpr std::string_view kEnd = "\r\n";
  const auto line = take_line(text);
  const auto size = line && line->starts_with('$') ? decimal(line->substr(1)) : std::nullopt;
  if (!size || text.size() < kEnd.size() || text.size() - kEnd.size() < *size)
    return std::nullopt;
  const std::string_view string = text.substr(0, *size);
  text.remove_prefix(*size + kEnd.size());
  return string;
}

}  // namespace

RedisStreamsDialect::Stream::Stream(const std::string& name)
    : add_prefix(fmt::format("*5\r\n$4\r\nXADD\r\n${}\r\n{}\r\n$3\r\n0-*\r\n$1\r\nm\r\n$",
                             name.size(), name)),
      read_prefix(fmt::format("XREAD BLOCK 0 STREAMS {} 0-", name)),
      head(fmt::format("%1\r\n${}\r\n{}\r\n*", name.size(), name)) {}

RedisStreamsDialect::RedisStreamsDialect(std::uint32_t clients, ClientIndex first_reader,
                                         MessageEvents& messages, DialectEvents& others)
    : first_reader_(first_reader),
      messages_(messages),
      others_(others),
      streams_(clients),
      clients_(clients) {}

void RedisStreamsDialect::greet(ClientIndex client) {
  streams_.forget(client);
  clients_[client] = {};
  others_.send(client, as_bytes("HELLO 3\r\n"));
}

// A stream begins with its first entry; there is nothing to wait for.
void RedisStreamsDialect::enter(ClientIndex client, const std::string& room) {
  streams_.enter(client, room);
  if (client >= first_reader_)
    read_on(client);
  others_.settled(client, Sequence{1});
}

void RedisStreamsDialect::say(ClientIndex client, std::uint32_t, std::string_view text) {
  others_.send(client, as_bytes(fmt::format("{}{}\r\n{}\r\n", streams_.of(client)->add_prefix,
                                            text.size(), text)));
}

void RedisStreamsDialect::read_on(ClientIndex client) {
  others_.send(client, as_bytes(fmt::format("{}{}\r\n", streams_.of(client)->read_prefix,
                                            clients_[client].read.value)));
}

std::size_t RedisStreamsDialect::take(ClientIndex client, ByteView bytes, Instant at) {
  std::string_view rest = as_text(bytes);
  while (take_one(client, rest, at)) {
  }
  if (rest.size() < kMaxIncomplete)
    return bytes.size() - rest.size();
  others_.trouble("the server sent what is no RESP");
  return bytes.size();
}

bool RedisStreamsDialect::take_one(ClientIndex client, std::string_view& text, Instant at) {
  if (clients_[client].to_come == 0 && take_head(client, text))
    return true;
  const auto value = resp_value_at_front(text);
  if (!value) {
    others_.trouble("the server sent what is no RESP");
    text = {};
    return false;
  }
  if (*value == 0)
    return false;
  std::string_view one = text.substr(0, *value);
  text.remove_prefix(*value);
  if (clients_[client].to_come == 0)
    handle(client, one);
  else if (!take_entry(client, one, at))
    others_.trouble("the server sent an entry that is not understood");
  return true;
}

bool RedisStreamsDialect::take_head(ClientIndex client, std::string_view& text) {
  const Stream* const stream = streams_.of(client);
  std::string_view rest = text;
  if (stream == nullptr || !take_prefix(rest, stream->head))
    return false;
  const auto line = take_line(rest);
  const auto entries = line ? decimal(*line) : std::nullopt;
  if (!entries)
    return false;
  clients_[client].to_come = *entries;
  text = rest;
  return true;
}

bool RedisStreamsDialect::take_entry(ClientIndex client, std::string_view& text, Instant at) {
  Client& state = clients_[client];
  --state.to_come;
  if (!take_prefix(text, kBeforeId))
    return false;
  const auto id = take_string(text);
  const auto sequence = id ? sequence_of(*id) : std::nullopt;
  if (!sequence || !take_prefix(text, kBeforeText))
    return false;
  const auto said = take_string(text);
  if (!said)
    return false;
  state.read = *sequence;
  if (state.to_come == 0)
    read_on(client);
  messages_.posted(client, *sequence, *said, at);
  return true;
}

void RedisStreamsDialect::handle(ClientIndex client, std::string_view value) {
  const char type = value.front();
  if (type == '-' || type == '!')
    return others_.trouble(fmt::format("the server refused: {}", value.substr(1)));
  if (type == '$')
    return handle_added(client, value);
  if (type == '%' && !std::exchange(clients_[client].is_welcome, true))
    others_.welcomed(client);
}

// Answers come in the order of what they answer.
void RedisStreamsDialect::handle_added(ClientIndex client, std::string_view value) {
  const auto id = take_string(value);
  const auto sequence = id ? sequence_of(*id) : std::nullopt;
  if (!sequence)
    return others_.trouble("the server gave an entry another number than the next");
  messages_.acknowledged(client, clients_[client].acknowledged++, *sequence);
}

}  // namespace chat::bench
