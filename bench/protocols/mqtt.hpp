// MQTT 3.1.1 with quality of service 0 (docs.oasis-open.org/mqtt/mqtt/v3.1.1). Numbers in comments
// are its sections.
#pragma once

#include "bench/protocols/dialect.hpp"
#include "bench/protocols/rooms_entered.hpp"

namespace chat::bench {

class MqttDialect final : public Dialect {
 public:
  MqttDialect(std::string names, std::uint32_t clients, MessageEvents& messages,
              DialectEvents& others);

  void greet(ClientIndex client) override;
  void enter(ClientIndex client, const std::string& room) override;
  void say(ClientIndex client, std::uint32_t number, std::string_view text) override;
  void part(ClientIndex client) override;
  std::size_t take(ClientIndex client, ByteView bytes, Instant at) override;

 private:
  struct Topic {
    explicit Topic(const std::string& topic);
    std::string name;
    Bytes field;  // as it stands in a packet, with its length in front
  };

  void handle(ClientIndex client, std::uint8_t type, ByteView body, Instant at);
  void handle_publish(ClientIndex client, ByteView body, Instant at);
  // Sends a packet: its first byte, the length of the rest, the rest.
  void send(ClientIndex client, std::uint8_t first, ByteView rest);

  std::string names_;
  MessageEvents& messages_;
  DialectEvents& others_;
  RoomsEntered<Topic> topics_;
};

}  // namespace chat::bench
