#include "bench/protocols/redis.hpp"

#include <fmt/format.h>

#include "bench/protocols/lines.hpp"
#include "bench/protocols/resp.hpp"

namespace chat::bench {

RedisDialect::Channel::Channel(const std::string& channel)
    : name(channel),
      message_prefix(fmt::format(">3\r\n$7\r\nmessage\r\n${}\r\n{}\r\n$", name.size(), name)),
      publish_prefix(fmt::format("*3\r\n$7\r\nPUBLISH\r\n${}\r\n{}\r\n$", name.size(), name)) {}

RedisDialect::RedisDialect(std::uint32_t clients, MessageEvents& messages, DialectEvents& others)
    : messages_(messages), others_(others), channels_(clients), welcome_(clients) {}

void RedisDialect::greet(ClientIndex client) {
  channels_.forget(client);
  welcome_[client] = false;
  others_.send(client, as_bytes("HELLO 3\r\n"));
}

void RedisDialect::enter(ClientIndex client, const std::string& room) {
  channels_.enter(client, room);
  others_.send(client, as_bytes(fmt::format("SUBSCRIBE {}\r\n", room)));
}

void RedisDialect::say(ClientIndex client, std::uint32_t, std::string_view text) {
  others_.send(client, as_bytes(fmt::format("{}{}\r\n{}\r\n", channels_.of(client)->publish_prefix,
                                            text.size(), text)));
}

std::size_t RedisDialect::take(ClientIndex client, ByteView bytes, Instant at) {
  std::string_view rest = as_text(bytes);
  while (true) {
    if (take_message(client, rest, at)) [[likely]]
      continue;
    const auto value = resp_value_at_front(rest);
    if (!value || (*value == 0 && rest.size() >= kMaxIncomplete)) {
      others_.trouble("the server sent what is no RESP");
      return bytes.size();
    }
    if (*value == 0)
      return bytes.size() - rest.size();
    handle(client, rest.substr(0, *value));
    rest.remove_prefix(*value);
  }
}

bool RedisDialect::take_message(ClientIndex client, std::string_view& text, Instant at) {
  const Channel* const channel = channels_.of(client);
  if (channel == nullptr || !text.starts_with(channel->message_prefix))
    return false;
  std::string_view rest = text.substr(channel->message_prefix.size());
  const auto line = take_line(rest);
  const auto size = line ? decimal(*line) : std::nullopt;
  constexpr std::string_view kEnd = "\r\n";
  if (!size || rest.size() < kEnd.size() || rest.size() - kEnd.size() < *size)
    return false;
  messages_.posted(client, {}, rest.substr(0, *size), at);
  text = rest.substr(*size + kEnd.size());
  return true;
}

// Answers to PUBLISH are numbers.
void RedisDialect::handle(ClientIndex client, std::string_view value) {
  const char type = value.front();
  if (type == '-' || type == '!')
    return others_.trouble(fmt::format("the server refused: {}", value.substr(1)));
  if (type == '>')
    return handle_push(client, value);
  if (type == '%' && !welcome_[client]) {
    welcome_[client] = true;
    others_.welcomed(client);
  }
}

void RedisDialect::handle_push(ClientIndex client, std::string_view value) {
  const std::string_view kind = first_string_of(value);
  if (kind == "subscribe")
    return others_.settled(client, Sequence{1});
  if (kind == "message")
    others_.trouble("the server sent a message of a channel that was not subscribed to");
}

}  // namespace chat::bench
