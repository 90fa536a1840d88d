// Internet Relay Chat (RFC 2812). A sender does not get its own messages.
#pragma once

#include "bench/protocols/dialect.hpp"
#include "bench/protocols/rooms_entered.hpp"

namespace chat::bench {

class IrcDialect final : public Dialect {
 public:
  IrcDialect(std::uint32_t clients, MessageEvents& messages, DialectEvents& others);

  void greet(ClientIndex client) override;
  void enter(ClientIndex client, const std::string& room) override;
  void say(ClientIndex client, std::uint32_t number, std::string_view text) override;
  void part(ClientIndex client) override;
  std::size_t take(ClientIndex client, ByteView bytes, Instant at) override;

 private:
  struct Channel {
    explicit Channel(const std::string& room)
        : name(room), privmsg_prefix("PRIVMSG #" + room + " :") {}
    std::string name;            // without the '#'
    std::string privmsg_prefix;  // up to the text, in both directions
  };

  void handle(ClientIndex client, std::string_view line, Instant at);
  void handle_command(ClientIndex client, std::string_view command, std::string_view parameters);
  void handle_numeric(ClientIndex client, std::size_t number, std::string_view parameters);

  MessageEvents& messages_;
  DialectEvents& others_;
  RoomsEntered<Channel> channels_;
};

}  // namespace chat::bench
