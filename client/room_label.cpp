#include "client/room_label.hpp"

#include <fmt/format.h>

#include "client/glyph.hpp"

namespace chat::client {

void UnreadCount::add(const Room& room) {
  unread += room.unread;
  mentions += room.mentions;
}

std::string UnreadCount::words() const {
  if (unread == 0)
    return {};
  return mentions == 0 ? fmt::format("+{}", unread) : fmt::format("!{} +{}", mentions, unread);
}

std::string UnreadCount::words_in(Columns width) const {
  const std::string all = words();
  const std::string shorter = mentions == 0 ? all : fmt::format("!{}", mentions);
  for (const std::string& text : {all, shorter})
    if (width_of(text) <= width)
      return text;
  return width < Columns{1} ? std::string() : all.substr(0, 1);
}

UnreadCount unread_of(const Room& room) {
  UnreadCount count;
  count.add(room);
  return count;
}

std::string news_of(const Room& room) {
  return unread_of(room).words();
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
