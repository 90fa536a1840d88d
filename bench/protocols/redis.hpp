// Redis' publish and subscribe, in RESP3, in which a connection that has subscribed may publish,
// too.
#pragma once

#include <vector>

#include "bench/protocols/dialect.hpp"
#include "bench/protocols/rooms_entered.hpp"

namespace chat::bench {

class RedisDialect final : public Dialect {
 public:
  RedisDialect(std::uint32_t clients, MessageEvents& messages, DialectEvents& others);

  void greet(ClientIndex client) override;
  void enter(ClientIndex client, const std::string& room) override;
  void say(ClientIndex client, std::uint32_t number, std::string_view text) override;
  void part(ClientIndex) override {}
  std::size_t take(ClientIndex client, ByteView bytes, Instant at) override;

 private:
  struct Channel {
    explicit Channel(const std::string& channel);
    std::string name;
    std::string message_prefix;  // of what comes, up to the number of bytes of the text
    std::string publish_prefix;  // the same of what is sent
  };

  // Takes a message of the client's channel off the front of a text, if one is there.
  bool take_message(ClientIndex client, std::string_view& text, Instant at);
  void handle(ClientIndex client, std::string_view value);
  void handle_push(ClientIndex client, std::string_view value);

  MessageEvents& messages_;
  DialectEvents& others_;
  RoomsEntered<Channel> channels_;
  std::vector<bool> welcome_;
};

}  // namespace chat::bench
