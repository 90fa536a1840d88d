// The model of somebody in a room that holds as many lines as it can.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "client/held_lines.hpp"
#include "client/model.hpp"
#include "client/state.hpp"
#include "libchat/protocol.hpp"

namespace chat::client {

inline constexpr std::string_view kEnglish =
    "Good morning! Who has the minutes of yesterday? I lost them on the train: the last page was "
    "at https://example.org/minutes/2026-11-29 anyway. ";
inline constexpr WallTime kNoon{12 * 3'600'000};

// Remembers nothing: no disk is measured.
class NoState final : public State {
 public:
  Remembered recall(const Nickname&) override { return {credentials_, {}}; }
  Credentials renew() override { return credentials_; }
  void keep_token(ByteView) override {}
  void said(const UnsentMessage&) override {}
  void attempted(const MessageId&) override {}
  void done(const MessageId&) override {}
  void given_up(const MessageId&, std::string_view) override {}
  void given_up_seen() override {}
  void keep_pair(const KnownPair&) override {}
  void forget_pair(RoomId) override {}
  bool is_lasting() const override { return false; }
  std::optional<std::string> take_trouble() override { return std::nullopt; }

 private:
  Credentials credentials_{.identity = IdentityId{{1}}, .secret = IdentitySecret{{2}}, .token = {}};
};

class FullRoom {
 public:
  FullRoom() : model_("127.0.0.1:1338", [] { return MessageId{}; }, std::make_unique<NoState>()) {
    model_.start("Ann", kNoon);
    const auto sent = model_.take_outgoing();
    const RequestId hello = std::get<protocol::Hello>(sent.front()).request;
    give(protocol::Welcome{.request = hello,
                           .user = UserId{1},
                           .nickname = "Ann",
                           .server = "bench",
                           .server_version = "1",
                           .epoch = {1},
                           .time = kNoon,
                           .max_rooms = 4});
    give(protocol::RoomOpened{
        .request = hello, .room = kRoom, .name = "lobby", .next = {1}, .members = 2});
    for (std::size_t line = 0; line < HeldLines::kMaxLines; ++line)
      post(std::string(kEnglish.substr(line % kEnglish.size())));
  }

  // Somebody says this.
  void post(std::string text) {
    ++last_.value;
    give(protocol::Posted{.room = kRoom,
                          .sequence = last_,
                          .time = kNoon,
                          .user = UserId{2},
                          .kind = MessageKind::text,
                          .nickname = "Lisa",
                          .text = std::move(text)});
  }

  Model& model() { return model_; }

 private:
  static constexpr RoomId kRoom{1};

  template <class Message>
  void give(Message message) {
    model_.receive(protocol::ServerMessage(std::move(message)), kNoon);
  }

  Model model_;
  Sequence last_;
};

}  // namespace chat::client
