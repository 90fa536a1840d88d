#include "bench/protocols/nats.hpp"

#include <fmt/format.h>

#include "bench/protocols/lines.hpp"

namespace chat::bench {

NatsDialect::NatsDialect(std::uint32_t clients, MessageEvents& messages, DialectEvents& others)
    : messages_(messages), others_(others), subjects_(clients), welcome_(clients) {}

void NatsDialect::greet(ClientIndex client) {
  subjects_.forget(client);
  welcome_[client] = false;
  others_.send(client, as_bytes("CONNECT {\"verbose\":false,\"pedantic\":false,\"echo\":true,"
                                "\"tls_required\":false,\"lang\":\"c++\",\"version\":\"0\","
                                "\"protocol\":0}\r\nPING\r\n"));
}

void NatsDialect::enter(ClientIndex client, const std::string& room) {
  subjects_.enter(client, room);
  others_.send(client, as_bytes(fmt::format("SUB {} 1\r\nPING\r\n", room)));
}

void NatsDialect::say(ClientIndex client, std::uint32_t, std::string_view text) {
  others_.send(client, as_bytes(fmt::format("PUB {} {}\r\n{}\r\n", subjects_.of(client)->name,
                                            text.size(), text)));
}

std::size_t NatsDialect::take(ClientIndex client, ByteView bytes, Instant at) {
  std::string_view rest = as_text(bytes);
  while (take_one(client, rest, at)) {
  }
  if (rest.size() < kMaxIncomplete)
    return bytes.size() - rest.size();
  others_.trouble("the server sent a line or a message of an impossible length");
  return bytes.size();
}

bool NatsDialect::take_one(ClientIndex client, std::string_view& text, Instant at) {
  std::string_view rest = text;
  const auto line = take_line(rest);
  if (!line)
    return false;
  const Subject* const subject = subjects_.of(client);
  if (subject != nullptr && line->starts_with(subject->message_prefix)) [[likely]] {
    if (!take_message(client, line->substr(subject->message_prefix.size()), rest, at))
      return false;
  } else {
    handle(client, *line);
  }
  text = rest;
  return true;
}

bool NatsDialect::take_message(ClientIndex client, std::string_view size_field,
                               std::string_view& text, Instant at) {
  const auto size = decimal(size_field);
  constexpr std::string_view kEnd = "\r\n";
  if (!size) {
    others_.trouble("the server sent a message without its size");
    return true;
  }
  if (text.size() < kEnd.size() || text.size() - kEnd.size() < *size)
    return false;
  messages_.posted(client, {}, text.substr(0, *size), at);
  text.remove_prefix(*size + kEnd.size());
  return true;
}

void NatsDialect::handle(ClientIndex client, std::string_view line) {
  std::string_view rest = line;
  const std::string_view word = take_word(rest);
  if (word == "PING")
    return others_.send(client, as_bytes("PONG\r\n"));
  if (word == "PONG" && subjects_.of(client) != nullptr)
    return others_.settled(client, Sequence{1});
  if (word == "PONG" && !welcome_[client]) {
    welcome_[client] = true;
    return others_.welcomed(client);
  }
  if (word == "-ERR")
    return others_.trouble(fmt::format("the server refused: {}", rest));
  if (word == "MSG")
    return others_.trouble("the server sent a message of a subject that was not subscribed to");
  if (word != "INFO" && word != "+OK")
    others_.trouble("the server sent a line that is not understood");
}

}  // namespace chat::bench
