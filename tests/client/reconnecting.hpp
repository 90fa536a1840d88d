// A model whose session can be taken up again, for the tests of what happens without a connection.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/model.hpp"
#include "tests/client/chatting.hpp"

namespace chat::client::test {

inline constexpr Epoch kEpoch{1};
inline constexpr Bytes::value_type kToken = 7;

struct Session {
  bool resumed = false;
  UserId user = kMe;
  Epoch epoch = kEpoch;
  Bytes token = {kToken};
  std::string nickname = "Ann";
};

inline void welcome_as(Model& model, RequestId request, const Session& session) {
  give(model, protocol::Welcome{.request = request,
                                .user = session.user,
                                .nickname = session.nickname,
                                .server = "test",
                                .server_version = "1.0",
                                .epoch = session.epoch,
                                .time = kNoon,
                                .max_rooms = 3000,
                                .resumed = session.resumed,
                                .token = session.token});
}

// The user "Ann" in the lobby with Lisa.
inline Model resumable_model() {
  Model model = new_model();
  model.start("Ann", kNoon);
  const auto hello = sent<protocol::Hello>(model);
  REQUIRE(hello.has_value());
  welcome_as(model, hello->request, {});
  open_room(model, hello->request, kLobby, "lobby", {{kMe, "Ann"}, {kLisa, "Lisa"}});
  return model;
}

// There is a new connection; its hello.
inline protocol::Hello reconnect(Model& model) {
  model.connected(kNoon);
  const auto hello = sent<protocol::Hello>(model);
  REQUIRE(hello.has_value());
  return *hello;
}

inline void open_again(Model& model, RequestId request, RoomId room, std::string name,
                       std::uint64_t next) {
  give(model, protocol::RoomOpened{
                  .request = request, .room = room, .name = std::move(name), .next = {next}});
}

// Loses the connection and takes the session up again, with the lobby where it was.
inline void lose_and_resume(Model& model) {
  model.connection_lost("", kNoon);
  const auto hello = reconnect(model);
  welcome_as(model, hello.request, {.resumed = true});
  open_again(model, hello.request, kLobby, "lobby", model.front()->last.value + 1);
}

inline void post_numbered(Model& model, std::uint64_t number, UserId user, std::string nickname,
                          std::string text) {
  give(model, protocol::Posted{.room = kLobby,
                               .sequence = {number},
                               .time = kNoon,
                               .user = user,
                               .nickname = std::move(nickname),
                               .text = std::move(text)});
}

inline void acknowledge(Model& model, const protocol::Say& say, std::uint64_t number) {
  give(model, protocol::Acknowledged{say.request, say.id, say.room, {number}, kNoon});
}

// All of this type among what the model wants to send.
template <class Message>
std::vector<Message> all_sent(Model& model) {
  std::vector<Message> found;
  for (const auto& message : model.take_outgoing())
    if (const auto* wanted = std::get_if<Message>(&message))
      found.push_back(*wanted);
  return found;
}

inline std::ptrdiff_t times_shown(const Model& model, std::string_view line) {
  return std::ranges::count(lines(model), line);
}

}  // namespace chat::client::test
