// Redis' streams, in RESP3. A room is a stream, whose entries get the ids 0-1, 0-2 and so on, so
// that they are numbered as a room's messages are.
#pragma once

#include <optional>
#include <vector>

#include "bench/protocols/dialect.hpp"
#include "bench/protocols/rooms_entered.hpp"

namespace chat::bench {

// A connection that waits for entries is not heard meanwhile, so a client either sends or reads.
// Who reads asks for all entries behind the last one it has, as soon as it has that one.
class RedisStreamsDialect final : public Dialect {
 public:
  // Clients from `first_reader` on read.
  RedisStreamsDialect(std::uint32_t clients, ClientIndex first_reader, MessageEvents& messages,
                      DialectEvents& others);

  void greet(ClientIndex client) override;
  void enter(ClientIndex client, const std::string& room) override;
  void say(ClientIndex client, std::uint32_t number, std::string_view text) override;
  void part(ClientIndex) override {}
  std::size_t take(ClientIndex client, ByteView bytes, Instant at) override;

 private:
  struct Stream {
    explicit Stream(const std::string& name);
    std::string add_prefix;   // of what is sent, up to the number of bytes of the text
    std::string read_prefix;  // of a wish for entries, up to the id behind which they stand
    std::string head;         // of an answer to it, up to how many entries there are
  };

  struct Client {
    bool is_welcome = false;
    std::uint32_t acknowledged = 0;  // of what it said
    Sequence read{};
    std::size_t to_come = 0;  // entries of the answer that is being read
  };

  // Takes one entry, or one value that is no entry, off the front of a text; false when it is not
  // complete.
  bool take_one(ClientIndex client, std::string_view& text, Instant at);
  bool take_head(ClientIndex client, std::string_view& text);
  bool take_entry(ClientIndex client, std::string_view& text, Instant at);
  void handle(ClientIndex client, std::string_view value);
  void handle_added(ClientIndex client, std::string_view value);
  void read_on(ClientIndex client);

  ClientIndex first_reader_;
  MessageEvents& messages_;
  DialectEvents& others_;
  RoomsEntered<Stream> streams_;
  std::vector<Client> clients_;
};

}  // namespace chat::bench
