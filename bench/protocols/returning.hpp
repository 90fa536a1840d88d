// edgechat's own protocol, spoken by clients who come back after whatever has happened: to their
// connection, to the server, or to themselves (PROTOCOL.md, "Sessions", "What is kept").
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "bench/protocols/dialect.hpp"
#include "bench/protocols/room_reading.hpp"
#include "libchat/protocol.hpp"

namespace chat::bench {

// One of the places in which a client talks: its rooms from 0, and behind them its pair.
using Place = std::size_t;

// Where a client talks.
struct Places {
  std::vector<std::string> rooms{};      // their names; not empty
  std::optional<ClientIndex> partner{};  // with whom it is in a pair
  Place pair() const { return rooms.size(); }
};

// Told of what comes to clients. In a place, messages come in the order in which they stand there,
// those that the history has filled in included.
class ReturningEvents {
 public:
  struct Return {
    bool resumed = false;      // else it has a new session
    std::size_t repeated = 0;  // messages that it says again, since they were not acknowledged
    Instant at;
  };
  // Is in all its rooms again. Not told of the first time.
  virtual void back(ClientIndex client, const Return& how) = 0;
  // The server still has an earlier connection of it; it should come once more.
  virtual void came_too_early(ClientIndex client) = 0;

  // The text lives as long as the call.
  virtual void heard(ClientIndex client, Place place, Sequence sequence, std::string_view text) = 0;
  // What it has said itself in its pair stands there, as the history says.
  virtual void recalled(ClientIndex client, Sequence sequence, std::string_view text) = 0;
  virtual void acknowledged(ClientIndex client, Place place, std::uint32_t number,
                            Sequence sequence) = 0;
  // The server no longer has these.
  virtual void missed(ClientIndex client, Place place, Sequence from, Sequence to) = 0;

 protected:
  ~ReturningEvents() = default;
};

// Clients stay in the lobby and enter their rooms when they are welcome for the first time, and
// whenever they have a new session; welcomed() is told when that is done for the first time. What
// is not acknowledged is said again, in order and under the same ids, whenever a client is back.
class ReturningDialect final : public Dialect {
 public:
  // `places_of` tells of each client where it talks.
  ReturningDialect(std::string names, std::uint32_t clients,
                   const std::function<Places(ClientIndex)>& places_of, ReturningEvents& events,
                   DialectEvents& others);

  void greet(ClientIndex client) override;
  // The message `number` of a client in this place; it is sent when the client is back, if it is
  // away. Precondition: was welcomed.
  void say_in(ClientIndex client, Place place, std::uint32_t number, std::string_view text);
  // Another client takes its place, who knows only what the first one had on its disk: identity,
  // token, and what is not acknowledged. Without the token, when it had not been written yet.
  // Precondition: it has no connection.
  void replace(ClientIndex client, bool has_token);
  void part(ClientIndex client) override;
  void lose(ClientIndex client) override;
  std::size_t take(ClientIndex client, ByteView bytes, Instant at) override;

  // Which the first welcome told, and with it all others.
  std::optional<Epoch> epoch() const { return epoch_; }
  // How many have told another one.
  std::uint64_t other_epochs() const { return other_epochs_; }

  // Of every dialect; but these enter their rooms by themselves, and talk in several.
  void enter(ClientIndex, const std::string&) override {}
  void say(ClientIndex client, std::uint32_t number, std::string_view text) override {
    say_in(client, 0, number, text);
  }

 private:
  enum class State : std::uint8_t { away, greeting, entering, here };

  struct Room {
    RoomReading reading;
    RoomId id{};
    bool is_open = false;  // on the connection that the client has
  };
  struct Unacknowledged {
    MessageId id;
    RequestId request;
    Place place;
    std::uint32_t number;
    std::string text;
    bool was_sent;
  };
  struct Client {
    IdentityId identity;
    IdentitySecret secret;
    Bytes token{};  // empty: none
    UserId user{};
    Places places;
    std::vector<Room> rooms{};  // by place
    RoomId lobby{};
    std::deque<Unacknowledged> unacknowledged{};
    std::optional<Place> asked{};  // whose history has been asked for
    std::uint32_t requests = 0;    // numbers that were given
    State state = State::away;
    bool was_resumed = false;
    bool is_stored = false;  // its session is, since something said in it was acknowledged
    bool has_said = false;   // so who it is must be known from then on
    bool was_welcome = false;
  };

  void handle(ClientIndex client, const Frame& frame, Instant at);
  void handle_welcome(ClientIndex client, const protocol::Welcome& welcome);
  void handle_room_opened(ClientIndex client, const protocol::RoomOpened& opened, Instant at);
  void handle_room_closed(ClientIndex client, const protocol::RoomClosed& closed);
  void handle_posted(ClientIndex client, ByteView body);
  void handle_acknowledged(ClientIndex client, const protocol::Acknowledged& message);
  void handle_gap(ClientIndex client, const protocol::Gap& gap);
  void handle_history(ClientIndex client, protocol::History& history);
  void handle_error(ClientIndex client, const protocol::Error& error);
  void handle_pong(ClientIndex client, const protocol::Pong& pong);

  static std::vector<Room> unread_rooms(const Places& places);
  static Room* find_room(Client& client, RoomId id);
  // Which of its rooms has been opened; null when it is none of them.
  static Room* find_opened(Client& client, const protocol::RoomOpened& opened);
  void check(const Client& client, const Room& room, const protocol::RoomOpened& opened);
  void join_missing(ClientIndex client);
  // When it is in all its rooms.
  void arrive(ClientIndex client, Instant at);
  // Tells what can be read of all its rooms now, and asks for what must be filled in.
  void read_on(ClientIndex client);
  void send_said(ClientIndex client, const Unacknowledged& message);

  template <class Message>
  void send(ClientIndex client, const Message& message) {
    others_.send(client, protocol::encode(message));
  }
  void not_understood() { others_.trouble("the server sent a frame that is not understood"); }
  // Hands a frame's message to `handle`, or is in trouble.
  template <class Message, class Handle>
  void understand(ByteView body, Handle handle);

  std::string names_;
  ReturningEvents& events_;
  DialectEvents& others_;
  std::vector<Client> clients_;
  std::optional<Epoch> epoch_;
  std::uint64_t other_epochs_ = 0;
  std::mt19937_64 random_;
};

}  // namespace chat::bench
