// How rooms are marked where they are listed.
#pragma once

#include <cstddef>
#include <string>

#include "client/room.hpp"
#include "client/screen.hpp"
#include "client/units.hpp"

namespace chat::client {

// What the user has not seen of some rooms.
struct UnreadCount {
  std::size_t unread = 0;
  std::size_t mentions = 0;

  void add(const Room& room);
  // "", "+5", or "!2 +5" where some of it mentions the user.
  std::string words() const;
  // What fits of it into so many columns: at least that there is something, in one of them.
  std::string words_in(Columns width) const;
};

// That of one room, and its words.
UnreadCount unread_of(const Room& room);
std::string news_of(const Room& room);

// A room that is not in front: in the title, and in the list beside the chat area.
Style style_in_bar(const Room& room);
Style style_in_list(const Room& room);

}  // namespace chat::client
