// People of one server, spread over its reactors.
#pragma once

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/libchat/client_view.hpp"
#include "tests/support/peer.hpp"
#include "tests/support/server_process.hpp"

namespace chat::test {

// A peer whose frames are all held to what PROTOCOL.md promises a client; the test fails where one
// is not. Reads only when told to. Move-only; one thread.
class Participant {
 public:
  // Connects and says hello; does not wait for an answer.
  Participant(std::uint16_t port, const std::string& nickname);

  // Waits until one has come into the lobby.
  void arrive();

  Peer& peer() { return peer_; }
  const ClientView& view() const { return view_; }
  UserId user() const { return view_.user(); }
  RoomId lobby() const { return lobby_; }
  const ClientView::RoomView& room(RoomId id) const { return view_.rooms().at(id); }
  // Requests that were acknowledged, and with which number.
  const std::map<RequestId, Sequence>& acknowledged() const { return acknowledged_; }

  // Sends a request under the next number, which it returns.
  template <class Request>
  RequestId ask(Request request) {
    request.request = RequestId{++last_request_};
    peer_.send(request);
    return request.request;
  }
  RequestId say(RoomId room, const std::string& text);

  // Reads the next message; nothing at the end of the connection.
  std::optional<protocol::ServerMessage> read();
  template <class Predicate>
  void read_until(Predicate&& reached) {
    while (!reached())
      REQUIRE_MESSAGE(read().has_value(), "the connection ended too early");
  }
  // Reads up to the end of the connection.
  std::vector<protocol::ServerMessage> read_to_end();
  // Reads up to the answer to a request.
  void read_answer(RequestId request);
  // Reads up to the message with this number.
  void read_to(RoomId room, Sequence last);

 private:
  Peer peer_;
  ClientView view_;
  RoomId lobby_;
  std::uint32_t last_request_ = 0;
  std::map<RequestId, Sequence> acknowledged_;
};

// A server with several reactors, and in its lobby at least `each` people with each of them. One
// thread.
class Crowd {
 public:
  Crowd(std::size_t reactors, std::size_t each, std::vector<std::string> more_arguments = {});

  ServerProcess& server() { return server_; }
  std::vector<Participant>& people() { return people_; }
  RoomId lobby() const { return people_.front().lobby(); }
  // One of those with a reactor; `i` is less than `each`.
  Participant& with_reactor(std::size_t reactor, std::size_t i = 0) {
    return people_[by_reactor_[reactor][i]];
  }

  // More people, who come at once.
  std::vector<Participant> newcomers(std::size_t count);

  // Says something in the room, and has everybody in it read up to there. Returns the number.
  Sequence meet(RoomId room);

 private:
  void let_in(std::size_t count);

  ServerProcess server_;
  std::size_t names_ = 0;
  std::vector<Participant> people_;
  std::vector<std::vector<std::size_t>> by_reactor_;
};

// How many connections each reactor was given, by what a server has logged.
std::vector<std::size_t> connections_by_reactor(const std::string& log, std::size_t reactors);

}  // namespace chat::test
