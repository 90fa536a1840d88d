#include "client/room_label.hpp"

#include <fmt/format.h>

namespace chat::client {

std::string news_of(const Room& room) {
  if (room.unread == 0)
    return {};
  return room.mentions == 0 ? fmt::format("+{}", room.unread)
                            : fmt::format("!{} +{}", room.mentions, room.unread);
}

Style style_in_bar(const Room& room) {
  return room.unread > 0 ? Style::bar_alert : Style::bar;
}

// A message that mentions the user wants an answer; a whisper does so anyway.
Style style_in_list(const Room& room) {
  if (room.mentions > 0 || (room.is_pair() && room.unread > 0))
    return Style::error;
  if (room.unread > 0)
    return Style::own;
  return room.ended ? Style::dim : Style::normal;
}

}  // namespace chat::client
