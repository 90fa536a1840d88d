// Somebody else in a chat, whose deeds have an order.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "libchat/protocol.hpp"
#include "tests/support/peer.hpp"

namespace chat::test {

// Is in the lobby of the server at this port. What it does is published when the call returns, so
// that everybody is told of it before what any visitor does later. Throws as Peer does; one thread.
class Visitor {
 public:
  Visitor(std::uint16_t port, const std::string& nickname) : peer_(Peer::named(port, nickname)) {}

  RoomId lobby() const { return peer_.lobby(); }
  RoomId enter(const std::string& room) {
    peer_.send(protocol::Join{.request = kRequest, .name = room});
    return peer_.expect<protocol::RoomOpened>().room;
  }
  void say(std::string text) { say_in(lobby(), std::move(text)); }
  void say_in(RoomId room, std::string text) {
    peer_.send(protocol::Say{
        .request = kRequest, .room = room, .id = peer_.message_id(), .text = std::move(text)});
    peer_.expect<protocol::Acknowledged>();
  }
  void whisper(const std::string& nickname, std::string text) {
    peer_.send(protocol::Whisper{.request = kRequest,
                                 .id = peer_.message_id(),
                                 .user = {},
                                 .nickname = nickname,
                                 .text = std::move(text)});
    peer_.expect<protocol::Acknowledged>();
  }
  void type() {
    peer_.send(protocol::TellTyping{.request = kRequest, .room = lobby()});
    peer_.settle();
  }
  void go_away(std::string why) {
    peer_.send(protocol::SetAway{.request = kRequest, .is_away = true, .sentence = std::move(why)});
    peer_.settle();
  }
  void leave_chat() {
    peer_.send(protocol::Goodbye{.request = kRequest, .reason = CloseReason::quit, .sentence = {}});
    peer_.receive_all();
  }

 private:
  static constexpr RequestId kRequest{1};

  Peer peer_;
};

}  // namespace chat::test
