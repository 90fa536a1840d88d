// How fake clients speak with a chat-server: the protocol's part of a run, without sockets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "bench/load/client_index.hpp"
#include "bench/load/clock.hpp"
#include "libchat/frame.hpp"
#include "libchat/ids.hpp"

namespace chat::bench {

// Told of the messages that come to clients in their room. Called for every single delivery.
class MessageEvents {
 public:
  // The text lives as long as the call.
  virtual void posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) = 0;
  // The message `number` of this client has been published.
  virtual void acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) = 0;

 protected:
  ~MessageEvents() = default;
};

// Told of all else.
class DialectEvents {
 public:
  // Bytes to be sent; they live as long as the call.
  virtual void send(ClientIndex client, ByteView bytes) = 0;
  // The greeting was answered: the client is in the lobby.
  virtual void welcomed(ClientIndex client) = 0;
  // The client is in the room that it entered, and nowhere else. The room's next message will have
  // the number `next`.
  virtual void settled(ClientIndex client, Sequence next) = 0;
  // The server did or said what it should not; a sentence, as it came from the server.
  virtual void trouble(std::string sentence) = 0;

 protected:
  ~DialectEvents() = default;
};

// One thread. Both kinds of events outlive it.
class Dialect {
 public:
  Dialect(std::uint32_t clients, MessageEvents& messages, DialectEvents& others);

  // Says hello with a name of the client's own; welcomed() follows.
  void greet(ClientIndex client);
  // Enters a room, which is made for it, and leaves the lobby, where other people might talk;
  // settled() follows. Precondition: was welcomed.
  void enter(ClientIndex client, const std::string& room);
  // Precondition: settled.
  void say(ClientIndex client, std::uint32_t number, std::string_view text);
  void part(ClientIndex client);

  // Understands the complete frames in what a client received; gives how many bytes they take.
  std::size_t take(ClientIndex client, ByteView bytes, Instant at);

 private:
  struct Client {
    RoomId lobby;
    RoomId room;    // 0 until it has been entered; the server's numbers begin at 1
    Sequence next;  // of the room, when it was entered
  };

  void handle(ClientIndex client, const Frame& frame, Instant at);
  void handle_posted(ClientIndex client, ByteView body, Instant at);
  void handle_acknowledged(ClientIndex client, ByteView body);
  void handle_room_opened(ClientIndex client, ByteView body);
  void handle_ping(ClientIndex client, ByteView body);
  void handle_error(ByteView body);
  void handle_gap(ClientIndex client, ByteView body);
  void handle_goodbye(ByteView body);

  template <class Message>
  void send(ClientIndex client, const Message& message);
  MessageId random_id();

  MessageEvents& messages_;
  DialectEvents& others_;
  std::vector<Client> clients_;
  std::mt19937_64 random_;
  Bytes outgoing_;  // empty between calls; kept for its memory
};

}  // namespace chat::bench
