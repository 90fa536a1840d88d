// edgechat's own protocol, spoken by clients whose sessions outlive their connections (PROTOCOL.md,
// "Sessions").
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "bench/protocols/dialect.hpp"
#include "bench/protocols/known_messages.hpp"
#include "libchat/protocol.hpp"

namespace chat::bench {

// Told of those who come back.
class ResumeEvents {
 public:
  // Has its session again; `at` is when the welcome came. What it missed follows. It says again
  // what it had said through an earlier connection, and what was not acknowledged: so many
  // messages.
  virtual void resumed(ClientIndex client, Instant at, std::size_t repeated) = 0;
  // Got a new session, and says goodbye: what it had is gone.
  virtual void lost_session(ClientIndex client) = 0;

 protected:
  ~ResumeEvents() = default;
};

// As in EdgechatDialect, a client leaves the lobby when it has entered its room; from then on it
// may lose its connection. It is in one pair at most. What it says while it has no connection, and
// what was not acknowledged before it lost one, is sent when it has its session again, in order and
// under the same ids.
class ResumingDialect final : public Dialect {
 public:
  ResumingDialect(std::string names, std::uint32_t clients, MessageEvents& messages,
                  ResumeEvents& resumes, DialectEvents& others);

  // Who has a session asks for it; resumed() or lost_session() follows instead of welcomed().
  void greet(ClientIndex client) override;
  void enter(ClientIndex client, const std::string& room) override;
  void say(ClientIndex client, std::uint32_t number, std::string_view text) override;
  void whisper(ClientIndex from, ClientIndex to, std::uint32_t number,
               std::string_view text) override;
  void part(ClientIndex client) override;
  void lose(ClientIndex client) override { clients_[client].is_here = false; }
  std::size_t take(ClientIndex client, ByteView bytes, Instant at) override;

 private:
  struct Unacknowledged {
    MessageId id;
    RequestId request;
    Bytes frame;
    bool was_sent = false;
  };

  struct Client {
    IdentityId identity;
    IdentitySecret secret;
    Bytes token;  // empty until the first welcome
    Epoch epoch;
    RoomId lobby;
    RoomId room;    // 0 until it has been entered
    Sequence read;  // of the room: the last message that came, or is known to be missing
    RoomId pair;    // 0 until there is one
    KnownMessages known_of_pair;
    std::set<Sequence> come_again;  // messages of the pair that are known behind what hello said
    std::deque<Unacknowledged> unacknowledged;
    bool is_here = false;  // welcome through the connection that it has
    bool parting = false;
  };

  void handle(ClientIndex client, const Frame& frame, Instant at);
  void handle_welcome(ClientIndex client, ByteView body, Instant at);
  void handle_room_opened(ClientIndex client, ByteView body);
  void handle_room_closed(ClientIndex client, ByteView body);
  void handle_posted(ClientIndex client, ByteView body, Instant at);
  void handle_acknowledged(ClientIndex client, ByteView body);
  void handle_gap(ClientIndex client, ByteView body);
  void handle_error(ByteView body);
  void handle_ping(ClientIndex client, ByteView body);
  void handle_goodbye(ClientIndex client, ByteView body);

  // The room goes on where the client said that it is.
  void check_place(const protocol::RoomOpened& opened, Sequence known);
  void resume(ClientIndex client, Instant at);

  template <class Message>
  void send(ClientIndex client, const Message& message);
  // Sends it now, if the client is here, and again until it is acknowledged.
  template <class Message>
  void send_surely(ClientIndex client, const Message& message);

  std::string names_;
  MessageEvents& messages_;
  ResumeEvents& resumes_;
  DialectEvents& others_;
  std::vector<Client> clients_;
  std::mt19937_64 random_;
};

}  // namespace chat::bench
