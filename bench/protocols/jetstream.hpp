// NATS JetStream (https://docs.nats.io/reference/reference-protocols/nats_api_reference), spoken as
// JSON over NATS' client protocol. A room is a stream in files.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench/protocols/dialect.hpp"
#include "bench/protocols/rooms_entered.hpp"

namespace chat::bench {

// Who reads has a consumer of its own, which sends it all that is in the stream, in order; whoever
// only subscribed to the subject would get messages that are not stored yet. A message is
// acknowledged when it is in the stream.
class JetStreamDialect final : public Dialect {
 public:
  // Clients from `first_reader` on read.
  JetStreamDialect(std::uint32_t clients, ClientIndex first_reader, MessageEvents& messages,
                   DialectEvents& others);

  void greet(ClientIndex client) override;
  void enter(ClientIndex client, const std::string& room) override;
  void say(ClientIndex client, std::uint32_t number, std::string_view text) override;
  void part(ClientIndex) override {}
  std::size_t take(ClientIndex client, ByteView bytes, Instant at) override;

 private:
  struct Stream {
    explicit Stream(std::string named) : name(std::move(named)) {}
    std::string name;
  };

  // What a message stands in; views of the line that came before it.
  struct Line {
    std::string_view subject;
    std::string_view subscription;
    std::string_view reply;  // empty when none is wanted
    std::size_t bytes = 0;
  };

  // Takes a message or a line off the front of a text; false when it is not complete.
  bool take_one(ClientIndex client, std::string_view& text, Instant at);
  void handle(ClientIndex client, std::string_view line);
  void handle_message(ClientIndex client, const Line& line, std::string_view text, Instant at);
  void handle_answer(ClientIndex client, const Line& line, std::string_view text);
  void handle_delivery(ClientIndex client, const Line& line, std::string_view text, Instant at);
  void stream_is_there(const std::string& name);
  void read_or_settle(ClientIndex client);

  void ask(ClientIndex client, const std::string& api, std::string_view answer,
           const std::string& json);
  static std::optional<Line> parse_message_line(std::string_view line);

  ClientIndex first_reader_;
  MessageEvents& messages_;
  DialectEvents& others_;
  RoomsEntered<Stream> streams_;
  // Those who wait for a stream; nobody when it is there.
  std::unordered_map<std::string, std::vector<ClientIndex>> waiting_;
  std::vector<bool> welcome_;
};

}  // namespace chat::bench
