// A model in the middle of a chat, for the tests of model, view and keys.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "client/model.hpp"
#include "client/screen.hpp"
#include "libchat/protocol.hpp"
#include "tests/client/forgetful_state.hpp"

namespace chat::client::test {

inline constexpr WallTime kNoon{12 * 3'600'000};
inline constexpr RoomId kLobby{1};
inline constexpr std::uint16_t kMaxRooms = 4;
inline constexpr UserId kMe{10};
inline constexpr UserId kLisa{11};

// Ids for messages, none of them twice; the first is 0, 1.
inline Model::IdSource counted_ids() {
  return [last = 0U]() mutable {
    ++last;
    return MessageId{static_cast<std::uint8_t>(last >> 8), static_cast<std::uint8_t>(last)};
  };
}

inline Model new_model() {
  return Model("127.0.0.1:1338", counted_ids(), std::make_unique<ForgetfulState>());
}

template <class Message>
void give(Model& model, Message message) {
  model.receive(protocol::ServerMessage(std::move(message)), kNoon);
}

// The only message of this type among those that the model wants to send.
template <class Message>
std::optional<Message> sent(Model& model) {
  std::optional<Message> found;
  for (const auto& message : model.take_outgoing())
    if (const auto* wanted = std::get_if<Message>(&message))
      found = *wanted;
  return found;
}

inline void welcome(Model& model, RequestId request, std::string nickname,
                    std::uint16_t history = 0, DurabilityClaim durability = {}) {
  give(model, protocol::Welcome{.request = request,
                                .user = kMe,
                                .nickname = std::move(nickname),
                                .server = "test",
                                .server_version = "1.0",
                                .epoch = {1},
                                .time = kNoon,
                                .max_rooms = kMaxRooms,
                                .history = history,
                                .durability = durability});
}

inline void open_room(Model& model, RequestId request, RoomId room, std::string name,
                      std::vector<protocol::Person> people) {
  const auto count = static_cast<std::uint32_t>(people.size());
  give(model, protocol::RoomOpened{.request = request,
                                   .room = room,
                                   .name = std::move(name),
                                   .next = {1},
                                   .members = count});
  give(model, protocol::MemberPage{
                  .request = {}, .room = room, .total = count, .people = std::move(people)});
}

// The user "Ann" in the lobby with Lisa.
inline Model chatting_model() {
  Model model = new_model();
  model.start("Ann", kNoon);
  const auto hello = sent<protocol::Hello>(model);
  welcome(model, hello->request, "Ann");
  open_room(model, hello->request, kLobby, "lobby", {{kLisa, "Lisa"}});
  give(model, protocol::Joined{.room = kLobby, .time = kNoon, .people = {{kMe, "Ann"}}});
  return model;
}

// The next message of an open room.
inline void post(Model& model, RoomId room, UserId user, std::string nickname, std::string text,
                 MessageKind kind = MessageKind::text) {
  const auto known = std::ranges::find(model.rooms(), room, &Room::id);
  const Sequence last = known == model.rooms().end() ? Sequence{} : known->last;
  give(model, protocol::Posted{.room = room,
                               .sequence = last + 1,
                               .time = kNoon,
                               .user = user,
                               .kind = kind,
                               .nickname = std::move(nickname),
                               .text = std::move(text)});
}

inline std::string submit(Model& model, std::string_view line) {
  const auto outcome = model.submit(line, kNoon);
  return outcome ? "taken" : outcome.error();
}

// The lines of a chat area, without the times.
inline std::vector<std::string> lines(const Scrollback& scrollback) {
  std::vector<std::string> all;
  for (const auto& row : scrollback.visible({Columns{1000}, Rows{1000}}))
    all.emplace_back(row.text);
  return all;
}

inline std::vector<std::string> lines(const Model& model) {
  return lines(model.scrollback());
}

inline std::string last_line(const Model& model) {
  const auto all = lines(model);
  return all.empty() ? "" : all.back();
}

// The conversation with somebody; there must be one.
inline const Room& conversation(const Model& model, std::string_view nickname = "Lisa") {
  const auto rooms = model.rooms();
  const auto found = std::ranges::find_if(
      rooms, [&](const Room& room) { return room.is_pair() && room.name == nickname; });
  REQUIRE(found != rooms.end());
  return *found;
}

// Brings it to the front.
inline void show_conversation(Model& model, std::string_view nickname = "Lisa") {
  model.show_room(static_cast<std::size_t>(&conversation(model, nickname) - model.rooms().data()));
}

// A screen as text: its rows without blanks at the end, each with a line break.
inline std::string text_of(const Screen& screen) {
  std::string all;
  for (Rows row; row < screen.size().height; row += Rows{1}) {
    std::string text;
    for (Columns column; column < screen.size().width; column += Columns{1})
      text += screen.at({row, column}).text;
    text.erase(text.find_last_not_of(' ') + 1);
    all += text + "\n";
  }
  return all;
}

}  // namespace chat::client::test
