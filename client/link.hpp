// The way to the server in the service of a model: made, watched, lost and made again.
#pragma once

#include <poll.h>

#include <array>
#include <chrono>
#include <expected>
#include <optional>
#include <span>
#include <string_view>

#include "client/answer_watch.hpp"
#include "client/connection.hpp"
#include "client/model.hpp"
#include "client/reconnector.hpp"
#include "net/endpoint.hpp"
#include "net/failure.hpp"

namespace chat::client {

// The time of this machine.
WallTime wall_time();

// What passes between the server and the model. One thread; see Connector.
class Link {
 public:
  // Is told what comes before the model is. Nothing by default.
  class Observer {
   public:
    virtual ~Observer() = default;
    virtual void received(const protocol::ServerMessage&) {}
    // The connection is lost, or was not made: a sentence about why, or an empty one.
    virtual void lost(std::string_view) {}
  };

  // Without a connection, one is made when the model wants it. Model and observer must outlive
  // this.
  Link(net::HostPort server, Model& model, std::optional<Connection> connection,
       Observer* observer = nullptr);

  // Does what is due: tries to connect while the model wants that, and sends what it has to say.
  // To be called before each poll(2).
  void step();
  // What to poll, and how long at most (nothing: until something happens). poll(2) ignores the
  // negative descriptors in it.
  static constexpr std::size_t kPolled = 2;
  std::array<pollfd, kPolled> to_poll() const;
  std::optional<std::chrono::milliseconds> wait() const;
  // Takes what has come, when the first of those that were polled says so; leaves a server that
  // does not answer.
  void polled(std::span<const pollfd, kPolled> entries);

  // Without a connection tries at once; otherwise asks the server for a sign of life, and leaves it
  // soon when there is none.
  void try_now();
  // Sends the last words, and waits for the server to take them; at most kGoodbyePatience.
  void finish();

 private:
  bool is_greeting() const;
  void watch_server();
  void ask_server();
  void note_answers(std::size_t messages);
  void leave_silent_server();
  void seek_connection();
  void take_outcome(std::expected<Connection, net::Failure> outcome);
  void handle_server();
  void receive(const protocol::ServerMessage& message);
  void connection_lost(std::string_view why);
  void send_outgoing();

  Model& model_;
  Observer* observer_;
  std::optional<Connection> connection_;
  AnswerWatch watch_;  // of the connection
  Reconnector reconnector_;
};

}  // namespace chat::client
