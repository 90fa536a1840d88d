#pragma once

#include <string_view>

#include "libchat/vocabulary.hpp"

namespace chat::test {

// The type's name in PROTOCOL.md.
constexpr std::string_view name_of(MessageType type) {
  switch (type) {
    case MessageType::hello:
      return "hello";
    case MessageType::say:
      return "say";
    case MessageType::whisper:
      return "whisper";
    case MessageType::rename:
      return "rename";
    case MessageType::join:
      return "join";
    case MessageType::leave:
      return "leave";
    case MessageType::list_rooms:
      return "list_rooms";
    case MessageType::list_members:
      return "list_members";
    case MessageType::ping:
      return "ping";
    case MessageType::pong:
      return "pong";
    case MessageType::goodbye:
      return "goodbye";
    case MessageType::read_history:
      return "read_history";
    case MessageType::search:
      return "search";
    case MessageType::mark_read:
      return "mark_read";
    case MessageType::tell_typing:
      return "tell_typing";
    case MessageType::set_away:
      return "set_away";
    case MessageType::welcome:
      return "welcome";
    case MessageType::room_opened:
      return "room_opened";
    case MessageType::room_closed:
      return "room_closed";
    case MessageType::nickname_changed:
      return "nickname_changed";
    case MessageType::acknowledged:
      return "acknowledged";
    case MessageType::member_page:
      return "member_page";
    case MessageType::room_page:
      return "room_page";
    case MessageType::error:
      return "error";
    case MessageType::gap:
      return "gap";
    case MessageType::history:
      return "history";
    case MessageType::search_results:
      return "search_results";
    case MessageType::notice:
      return "notice";
    case MessageType::posted:
      return "posted";
    case MessageType::joined:
      return "joined";
    case MessageType::left:
      return "left";
    case MessageType::renamed:
      return "renamed";
    case MessageType::member_count:
      return "member_count";
    case MessageType::typing:
      return "typing";
    case MessageType::away:
      return "away";
    case MessageType::presence:
      return "presence";
  }
  return "";
}

}  // namespace chat::test
