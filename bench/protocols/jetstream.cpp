#include "bench/protocols/jetstream.hpp"

#include <fmt/format.h>

#include <utility>

#include "bench/protocols/lines.hpp"

namespace chat::bench {
namespace {

// Numbers of a client's subscriptions: answers, and what its consumer sends.
constexpr std::string_view kAnswers = "1";
constexpr std::string_view kDeliveries = "2";
// The last words of the subjects that answers come to; a message's is its number.
constexpr std::string_view kStreamMade = "stream";
constexpr std::string_view kConsumerMade = "consumer";

std::string answers_of(ClientIndex client) {
  return fmt::format("answer.{}", client);
}

std::string deliveries_of(ClientIndex client) {
  return fmt::format("delivery.{}", client);
}

std::string_view last_word(std::string_view subject) {
  return subject.substr(subject.rfind('.') + 1);
}

// The number behind a key of an object that has no other such key inside.
std::optional<std::size_t> number_at(std::string_view json, std::string_view key) {
  const std::size_t at = json.find(key);
  if (at == json.npos)
    return std::nullopt;
  const std::string_view rest = json.substr(at + key.size());
  return decimal(rest.substr(0, rest.find_first_not_of("0123456789")));
}

// "$JS.ACK.<stream>.<consumer>.<times>.<number in the stream>. ...": the number.
std::optional<std::size_t> stream_number(std::string_view reply) {
  constexpr int kWordsBefore = 5;
  for (int word = 0; word < kWordsBefore; ++word) {
    const std::size_t dot = reply.find('.');
    if (dot == reply.npos)
      return std::nullopt;
    reply.remove_prefix(dot + 1);
  }
  return decimal(reply.substr(0, reply.find('.')));
}

}  // namespace

JetStreamDialect::JetStreamDialect(std::uint32_t clients, ClientIndex first_reader,
                                   MessageEvents& messages, DialectEvents& others)
    : first_reader_(first_reader),
      messages_(messages),
      others_(others),
      streams_(clients),
      welcome_(clients) {}

void JetStreamDialect::greet(ClientIndex client) {
  streams_.forget(client);
  welcome_[client] = false;
  others_.send(client, as_bytes(fmt::format(
                           "CONNECT {{\"verbose\":false,\"pedantic\":false,\"tls_required\":false,"
                           "\"lang\":\"c++\",\"version\":\"0\",\"protocol\":0}}\r\n"
                           "SUB {}.* {}\r\nPING\r\n",
                           answers_of(client), kAnswers)));
}

void JetStreamDialect::enter(ClientIndex client, const std::string& room) {
  streams_.enter(client, room);
  const auto [stream, is_new] = waiting_.try_emplace(room);
  if (!is_new && stream->second.empty())
    return read_or_settle(client);
  stream->second.push_back(client);
  if (is_new)
    ask(client, "STREAM.CREATE." + room, kStreamMade,
        fmt::format(R"({{"name":"{0}","subjects":["{0}"],"retention":"limits","storage":"file",)"
                    R"("num_replicas":1,"max_msgs":-1,"max_bytes":-1,"max_consumers":-1}})",
                    room));
}

void JetStreamDialect::stream_is_there(const std::string& name) {
  for (const ClientIndex client : std::exchange(waiting_[name], {}))
    read_or_settle(client);
}

void JetStreamDialect::read_or_settle(ClientIndex client) {
  if (client < first_reader_)
    return others_.settled(client, Sequence{1});
  const std::string& stream = streams_.of(client)->name;
  others_.send(client, as_bytes(fmt::format("SUB {} {}\r\n", deliveries_of(client), kDeliveries)));
  ask(client, "CONSUMER.CREATE." + stream, kConsumerMade,
      fmt::format(R"({{"stream_name":"{}","config":{{"deliver_subject":"{}","ack_policy":"none",)"
                  R"("deliver_policy":"all","replay_policy":"instant","mem_storage":true}}}})",
                  stream, deliveries_of(client)));
}

void JetStreamDialect::ask(ClientIndex client, const std::string& api, std::string_view answer,
                           const std::string& json) {
  others_.send(client, as_bytes(fmt::format("PUB $JS.API.{} {}.{} {}\r\n{}\r\n", api,
                                            answers_of(client), answer, json.size(), json)));
}

void JetStreamDialect::say(ClientIndex client, std::uint32_t number, std::string_view text) {
  others_.send(client, as_bytes(fmt::format("PUB {} {}.{} {}\r\n{}\r\n", streams_.of(client)->name,
                                            answers_of(client), number, text.size(), text)));
}

std::size_t JetStreamDialect::take(ClientIndex client, ByteView bytes, Instant at) {
  std::string_view rest = as_text(bytes);
  while (take_one(client, rest, at)) {
  }
  if (rest.size() < kMaxIncomplete)
    return bytes.size() - rest.size();
  others_.trouble("the server sent a line or a message of an impossible length");
  return bytes.size();
}

bool JetStreamDialect::take_one(ClientIndex client, std::string_view& text, Instant at) {
  constexpr std::string_view kEnd = "\r\n";
  std::string_view rest = text;
  const auto line = take_line(rest);
  if (!line)
    return false;
  if (!line->starts_with("MSG ")) {
    text = rest;
    handle(client, *line);
    return true;
  }
  const auto message = parse_message_line(*line);
  if (message && (rest.size() < kEnd.size() || rest.size() - kEnd.size() < message->bytes))
    return false;
  if (message) {
    handle_message(client, *message, rest.substr(0, message->bytes), at);
    rest.remove_prefix(message->bytes + kEnd.size());
  } else {
    others_.trouble("the server sent a message without its size");
  }
  text = rest;
  return true;
}

std::optional<JetStreamDialect::Line> JetStreamDialect::parse_message_line(std::string_view line) {
  Line message;
  take_word(line);
  message.subject = take_word(line);
  message.subscription = take_word(line);
  std::string_view size = take_word(line);
  if (!line.empty())
    message.reply = std::exchange(size, take_word(line));
  const auto bytes = decimal(size);
  message.bytes = bytes.value_or(0);
  return bytes ? std::optional(message) : std::nullopt;
}

void JetStreamDialect::handle(ClientIndex client, std::string_view line) {
  std::string_view rest = line;
  const std::string_view word = take_word(rest);
  if (word == "PING")
    return others_.send(client, as_bytes("PONG\r\n"));
  if (word == "PONG" && !welcome_[client]) {
    welcome_[client] = true;
    return others_.welcomed(client);
  }
  if (word == "-ERR")
    return others_.trouble(fmt::format("the server refused: {}", rest));
  if (word != "INFO" && word != "+OK" && word != "PONG")
    others_.trouble("the server sent a line that is not understood");
}

void JetStreamDialect::handle_message(ClientIndex client, const Line& line, std::string_view text,
                                      Instant at) {
  if (line.subscription == kDeliveries)
    return handle_delivery(client, line, text, at);
  handle_answer(client, line, text);
}

void JetStreamDialect::handle_delivery(ClientIndex client, const Line& line, std::string_view text,
                                       Instant at) {
  const auto sequence = stream_number(line.reply);
  if (!sequence)
    return others_.trouble("the server sent a message without its number");
  messages_.posted(client, Sequence{*sequence}, text, at);
}

void JetStreamDialect::handle_answer(ClientIndex client, const Line& line, std::string_view text) {
  if (text.contains("\"error\":"))
    return others_.trouble(fmt::format("the server refused: {}", text));
  const std::string_view what = last_word(line.subject);
  if (what == kStreamMade)
    return stream_is_there(streams_.of(client)->name);
  if (what == kConsumerMade)
    return others_.settled(client, Sequence{1});
  const auto number = decimal(what);
  const auto sequence = number_at(text, "\"seq\":");
  if (!number || !sequence)
    return others_.trouble("the server acknowledged without a number");
  messages_.acknowledged(client, static_cast<std::uint32_t>(*number), Sequence{*sequence});
}

}  // namespace chat::bench
