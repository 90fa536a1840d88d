// Where the parts of the screen are.
#pragma once

#include "client/screen.hpp"
#include "client/units.hpp"

namespace chat::client {

struct Area {
  ScreenPosition at;
  Size size;  // 0 in a direction: not shown
};

// What may stand beside the chat area, where there is room for it.
struct Panes {
  bool rooms = true;
  bool people = true;
  Columns rooms_width{16};
  Columns people_width{18};
  bool operator==(const Panes&) const = default;
};

struct Layout {
  Area title;
  Area rooms;
  Area rooms_frame;  // the line between that and the chat area, between blanks
  Area chat;
  Area frame;  // the line between chat and sidebar, between blanks
  Area sidebar;
  Area status;
  Area input;
};

// How many columns a screen must have for them.
Columns columns_for_rooms(const Panes& panes);
Columns columns_for_people(const Panes& panes);

// How many rows the input may have: a third of the screen.
Rows most_input_rows(Size screen);

// Divides a screen of any size. When there is little room, the input line stays longest; then
// come, in this order, the chat area, the status line, the title, the sidebar and the list of
// rooms. The input gets the rows that it needs, but no more than it may have.
Layout layout_for(Size screen, Rows input = {1}, Panes panes = {});

}  // namespace chat::client
