// A model on a server that keeps messages, for the tests of what is shown of the past.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/model.hpp"
#include "tests/client/chatting.hpp"

namespace chat::client::test {

inline constexpr std::uint16_t kHistory = 5;
inline constexpr RoomId kTea{2};
inline constexpr RoomId kPair{8};

struct Server {
  Epoch epoch{1};
  UserId user = kMe;
  bool resumed = false;
  std::uint16_t history = kHistory;
};

inline void welcome_to(Model& model, RequestId request, const Server& server) {
  give(model, protocol::Welcome{.request = request,
                                .user = server.user,
                                .nickname = "Ann",
                                .server = "test",
                                .server_version = "1.0",
                                .epoch = server.epoch,
                                .time = kNoon,
                                .max_rooms = kMaxRooms,
                                .resumed = server.resumed,
                                .token = {7},
                                .history = server.history});
}

inline void open(Model& model, RequestId request, RoomId room, std::string name, std::uint64_t next,
                 bool reset = false) {
  give(model, protocol::RoomOpened{.request = request,
                                   .room = room,
                                   .name = std::move(name),
                                   .next = {next},
                                   .reset = reset});
}

inline void open_pair(Model& model, RequestId request, std::uint64_t next, bool reset = false) {
  give(model, protocol::RoomOpened{.request = request,
                                   .room = kPair,
                                   .kind = RoomKind::pair,
                                   .name = "Lisa",
                                   .next = {next},
                                   .reset = reset});
}

// Ann in the lobby, whose next message has this number.
inline Model model_with_history(std::uint64_t next) {
  Model model = new_model();
  model.start("Ann", kNoon);
  const auto hello = sent<protocol::Hello>(model);
  welcome_to(model, hello->request, {});
  open(model, hello->request, kLobby, "lobby", next);
  return model;
}

inline protocol::HistoryMessage message(std::uint64_t number) {
  return {{number}, {kNoon.milliseconds - 60'000}, kLisa, MessageKind::text,
          "Lisa",   "m" + std::to_string(number)};
}

// The messages from `first` to `last`.
inline protocol::History page_of(const protocol::ReadHistory& read, std::uint64_t first,
                                 std::uint64_t last, bool more) {
  protocol::History page{.request = read.request, .room = read.room, .more = more, .messages = {}};
  for (std::uint64_t number = first; number <= last; ++number)
    page.messages.push_back(message(number));
  return page;
}

// Loses the connection; the hello of the next one.
inline protocol::Hello lose_and_greet(Model& model) {
  model.connection_lost("", kNoon);
  model.connected(kNoon);
  const auto hello = sent<protocol::Hello>(model);
  REQUIRE(hello.has_value());
  return *hello;
}

// The same user in another session, where the lobby's next message has this number.
inline void come_anew(Model& model, std::uint64_t next, const Server& server = {}) {
  const auto hello = lose_and_greet(model);
  welcome_to(model, hello.request, server);
  open(model, hello.request, kLobby, "lobby", next);
}

// What the model asks for; it must ask for something.
inline protocol::ReadHistory asked(Model& model) {
  const auto read = sent<protocol::ReadHistory>(model);
  REQUIRE(read.has_value());
  return *read;
}

// As a server answers that keeps all messages up to `last`, from `oldest` on.
inline protocol::ReadHistory answer(Model& model, std::uint64_t last, std::uint64_t oldest = 1) {
  const auto read = asked(model);
  const std::uint64_t end = read.before == Sequence{} ? last + 1 : read.before.value;
  const std::uint64_t begin = std::max(end > read.count ? end - read.count : 1, oldest);
  give(model, page_of(read, begin, std::min(end - 1, last), begin > oldest));
  return read;
}

inline void post_numbered(Model& model, RoomId room, std::uint64_t number, std::string text) {
  give(model, protocol::Posted{.room = room,
                               .sequence = {number},
                               .time = kNoon,
                               .user = kLisa,
                               .nickname = "Lisa",
                               .text = std::move(text)});
}

// "<Lisa> m3", "<Lisa> m4", ...
inline std::vector<std::string> said_by_lisa(std::uint64_t first, std::uint64_t last) {
  std::vector<std::string> all;
  for (std::uint64_t number = first; number <= last; ++number)
    all.push_back("<Lisa> m" + std::to_string(number));
  return all;
}

// The chat area's lines that are messages of Lisa's.
inline std::vector<std::string> messages_of_lisa(const Model& model) {
  auto all = lines(model);
  std::erase_if(all, [](const std::string& line) { return !line.starts_with("<Lisa>"); });
  return all;
}

}  // namespace chat::client::test
