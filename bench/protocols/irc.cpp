#include "bench/protocols/irc.hpp"

#include <fmt/format.h>

#include "bench/protocols/lines.hpp"
#include "bench/protocols/nickname.hpp"

namespace chat::bench {
namespace {

// Numeric replies (RFC 2812, 5).
constexpr std::size_t kWelcome = 1;
constexpr std::size_t kEndOfNames = 366;
constexpr std::size_t kFirstError = 400;
constexpr std::size_t kNoMessageOfTheDay = 422;
constexpr std::size_t kLastError = 599;

}  // namespace

IrcDialect::IrcDialect(std::uint32_t clients, MessageEvents& messages, DialectEvents& others)
    : messages_(messages), others_(others), channels_(clients) {}

void IrcDialect::greet(ClientIndex client) {
  channels_.forget(client);
  others_.send(client, as_bytes(fmt::format("NICK {}\r\nUSER bench 0 * :bench\r\n",
                                            short_nickname_of(client))));
}

void IrcDialect::enter(ClientIndex client, const std::string& room) {
  channels_.enter(client, room);
  others_.send(client, as_bytes(fmt::format("JOIN #{}\r\n", room)));
}

void IrcDialect::say(ClientIndex client, std::uint32_t, std::string_view text) {
  others_.send(client,
               as_bytes(fmt::format("{}{}\r\n", channels_.of(client)->privmsg_prefix, text)));
}

void IrcDialect::part(ClientIndex client) {
  others_.send(client, as_bytes("QUIT\r\n"));
}

std::size_t IrcDialect::take(ClientIndex client, ByteView bytes, Instant at) {
  std::string_view rest = as_text(bytes);
  while (const auto line = take_line(rest))
    handle(client, *line, at);
  if (rest.size() < kMaxIncomplete)
    return bytes.size() - rest.size();
  others_.trouble("the server sent a line of an impossible length");
  return bytes.size();
}

void IrcDialect::handle(ClientIndex client, std::string_view line, Instant at) {
  if (line.starts_with(':'))
    take_word(line);
  const Channel* const channel = channels_.of(client);
  if (channel != nullptr && line.starts_with(channel->privmsg_prefix)) [[likely]]
    return messages_.posted(client, {}, line.substr(channel->privmsg_prefix.size()), at);
  const std::string_view command = take_word(line);
  handle_command(client, command, line);
}

void IrcDialect::handle_command(ClientIndex client, std::string_view command,
                                std::string_view parameters) {
  if (const auto number = decimal(command))
    return handle_numeric(client, *number, parameters);
  if (command == "PING")
    return others_.send(client, as_bytes(fmt::format("PONG {}\r\n", parameters)));
  if (command == "ERROR")
    return others_.trouble(fmt::format("the server ended it: {}", parameters));
  if (command == "PRIVMSG")
    others_.trouble("the server sent a message of a channel that was not entered");
}

void IrcDialect::handle_numeric(ClientIndex client, std::size_t number,
                                std::string_view parameters) {
  if (number == kWelcome)
    return others_.welcomed(client);
  if (number == kEndOfNames)
    return others_.settled(client, Sequence{1});
  if (number >= kFirstError && number <= kLastError && number != kNoMessageOfTheDay) {
    take_word(parameters);  // to whom it is said
    others_.trouble(fmt::format("the server refused: {} ({})", parameters, number));
  }
}

}  // namespace chat::bench
