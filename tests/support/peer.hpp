// A connection to a server, driven by a test: what a client may send, and what it may not.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "libchat/frame.hpp"
#include "libchat/protocol.hpp"
#include "net/unique_fd.hpp"
#include "tests/support/deadline.hpp"

namespace chat::test {

// Blocks, up to a deadline. Throws std::runtime_error when what is waited for does not come.
// Answers pings only when told to. Move-only; one thread.
class Peer {
 public:
  explicit Peer(std::uint16_t port, const std::string& host = "127.0.0.1");
  // Connects and says hello, and waits until one is in the lobby.
  Peer(std::uint16_t port, const std::string& nickname, const std::string& host);
  static Peer named(std::uint16_t port, const std::string& nickname) {
    return Peer(port, nickname, "127.0.0.1");
  }

  UserId user() const { return user_; }    // once welcome
  RoomId lobby() const { return lobby_; }  // when the constructor has waited for it

  void send_bytes(ByteView bytes, Deadline deadline = Deadline());
  // As much as the kernel takes without waiting; returns how much.
  std::size_t send_some(ByteView bytes);
  template <class Message>
  void send(const Message& message) {
    send_bytes(protocol::encode(message));
  }
  // A fresh id for a message: random, and the same in every run. Once welcome.
  MessageId message_id();
  // Says a text in the lobby.
  void say(const std::string& text, RequestId request = RequestId{1});

  // The next message; nothing when the server has closed the connection.
  std::optional<protocol::ServerMessage> receive(Deadline deadline = Deadline());

  // The next message of a kind; those before it are passed over.
  template <class Message>
  Message expect(Deadline deadline = Deadline()) {
    while (auto message = receive(deadline))
      if (auto* wanted = std::get_if<Message>(&*message))
        return std::move(*wanted);
    fail("the connection ended before the message came");
  }

  // The next text that somebody posts.
  std::string expect_text(Deadline deadline = Deadline()) {
    return expect<protocol::Posted>(deadline).text;
  }

  // Everything up to the server's end of the connection.
  std::vector<protocol::ServerMessage> receive_all(Deadline deadline = Deadline());

  // Asks for the list of rooms and returns everything that came before it: all answers to what was
  // sent until now. Only once named.
  std::vector<protocol::ServerMessage> settle(Deadline deadline = Deadline());

  // Closes our side; the server's is still read.
  void finish_sending();
  // Ends the connection with a reset.
  void reset();
  void close() { socket_.reset(); }

 private:
  [[noreturn]] static void fail(const std::string& what);
  bool wait(short events, Deadline deadline) const;
  bool read_more(Deadline deadline);
  void become(UserId user);

  net::UniqueFd socket_;
  FrameDecoder decoder_;
  std::deque<protocol::ServerMessage> received_;
  UserId user_;
  RoomId lobby_;
  std::mt19937 random_;
};

// Those messages of a list that are of one kind.
template <class Message>
std::vector<Message> only(const std::vector<protocol::ServerMessage>& messages) {
  std::vector<Message> found;
  for (const auto& message : messages)
    if (const auto* wanted = std::get_if<Message>(&message))
      found.push_back(*wanted);
  return found;
}

}  // namespace chat::test
