// The client protocol of NATS (https://docs.nats.io/reference/reference-protocols/nats-protocol).
#pragma once

#include <vector>

#include "bench/protocols/dialect.hpp"
#include "bench/protocols/rooms_entered.hpp"

namespace chat::bench {

// What was asked for is done when the ping behind it is answered, since the server says nothing of
// what went well.
class NatsDialect final : public Dialect {
 public:
  NatsDialect(std::uint32_t clients, MessageEvents& messages, DialectEvents& others);

  void greet(ClientIndex client) override;
  void enter(ClientIndex client, const std::string& room) override;
  void say(ClientIndex client, std::uint32_t number, std::string_view text) override;
  void part(ClientIndex) override {}
  std::size_t take(ClientIndex client, ByteView bytes, Instant at) override;

 private:
  struct Subject {
    explicit Subject(const std::string& subject)
        : name(subject), message_prefix("MSG " + subject + " 1 ") {}
    std::string name;
    std::string message_prefix;  // up to the number of bytes of the text
  };

  // Takes a message or a line off the front of a text; false when it is not complete.
  bool take_one(ClientIndex client, std::string_view& text, Instant at);
  bool take_message(ClientIndex client, std::string_view size, std::string_view& text, Instant at);
  void handle(ClientIndex client, std::string_view line);

  MessageEvents& messages_;
  DialectEvents& others_;
  RoomsEntered<Subject> subjects_;
  std::vector<bool> welcome_;
};

}  // namespace chat::bench
