// edgechat's own protocol (libchat/PROTOCOL.md).
#pragma once

#include <random>
#include <vector>

#include "bench/protocols/dialect.hpp"

namespace chat::bench {

// On arrival everybody is in the lobby, where other people might talk: a client leaves it when it
// has entered its room, unless that is the lobby.
class EdgechatDialect final : public Dialect {
 public:
  EdgechatDialect(std::string names, std::uint32_t clients, MessageEvents& messages,
                  DialectEvents& others);

  void greet(ClientIndex client) override;
  void enter(ClientIndex client, const std::string& room) override;
  void say(ClientIndex client, std::uint32_t number, std::string_view text) override;
  void whisper(ClientIndex from, ClientIndex to, std::uint32_t number,
               std::string_view text) override;
  void search(ClientIndex client, std::string_view word) override;
  void part(ClientIndex client) override;
  std::size_t take(ClientIndex client, ByteView bytes, Instant at) override;

 private:
  struct Client {
    RoomId lobby;
    RoomId room;    // 0 until it has been entered; the server's numbers begin at 1
    Sequence next;  // of the room, when it was entered
    bool parting = false;
  };

  void handle(ClientIndex client, const Frame& frame, Instant at);
  void handle_posted(ClientIndex client, ByteView body, Instant at);
  void handle_acknowledged(ClientIndex client, ByteView body);
  void handle_room_opened(ClientIndex client, ByteView body);
  void handle_room_closed(ClientIndex client, ByteView body);
  void handle_found(ClientIndex client, ByteView body, Instant at);
  void handle_ping(ClientIndex client, ByteView body);
  void handle_error(ByteView body);
  void handle_gap(ClientIndex client, ByteView body);
  void handle_goodbye(ClientIndex client, ByteView body);

  template <class Message>
  void send(ClientIndex client, const Message& message);
  MessageId random_id();

  std::string names_;
  MessageEvents& messages_;
  DialectEvents& others_;
  std::vector<Client> clients_;
  std::mt19937_64 random_;
  Bytes outgoing_;  // empty between calls; kept for its memory
};

}  // namespace chat::bench
