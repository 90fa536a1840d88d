#include "client/room_label.hpp"

#include <fmt/format.h>

namespace chat::client {

void News::add(const Room& room) {
  unread += room.unread;
  mentions += room.mentions;
}

std::string News::words() const {
  if (unread == 0)
    return {};
  return mentions == 0 ? fmt::format("+{}", unread) : fmt::format("!{} +{}", mentions, unread);
}

std::string news_of(const Room& room) {
  News news;
  news.add(room);
  return news.words();
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
