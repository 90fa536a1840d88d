// Where the parts of the screen are.
#pragma once

#include "client/screen.hpp"
#include "client/units.hpp"

namespace chat::client {

struct Area {
  ScreenPosition at;
  Size size;  // 0 in a direction: not shown
};

struct Layout {
  Area title;
  Area chat;
  Area frame;  // the line between chat and sidebar, between blanks
  Area sidebar;
  Area status;
  Area input;
};

// How many rows the input may have: a third of the screen.
Rows most_input_rows(Size screen);

// Divides a screen of any size. When there is little room, the input line stays longest; then
// come, in this order, the chat area, the status line, the title and the sidebar. The input gets
// the rows that it needs, but no more than it may have.
Layout layout_for(Size screen, Rows input = {1});

}  // namespace chat::client
