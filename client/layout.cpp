#include "client/layout.hpp"

#include <algorithm>

namespace chat::client {
namespace {

// The line and a blank on both sides.
constexpr Columns kFrameWidth{3};
// What there must be beside the people, and beside the rooms.
constexpr Columns kBesidePeople{42};
constexpr Columns kBesideRooms{84};

Columns width_of(bool is_wanted, Columns pane, Columns needed, Columns screen) {
  return is_wanted && screen >= needed ? pane : Columns{0};
}

Columns frame_of(Columns pane) {
  return pane.value > 0 ? kFrameWidth : Columns{0};
}

}  // namespace

Columns columns_for_rooms(const Panes& panes) {
  return kBesideRooms + panes.rooms_width;
}

Columns columns_for_people(const Panes& panes) {
  return kBesidePeople + panes.people_width;
}

Rows most_input_rows(Size screen) {
  return {std::max(screen.height.value / 3, 1)};
}

Layout layout_for(Size screen, Rows input_rows, Panes panes) {
  const int height = std::max(screen.height.value, 0);
  const Columns width{std::max(screen.width.value, 0)};
  const Rows input =
      height >= 1 ? std::clamp(input_rows, Rows{1}, most_input_rows(screen)) : Rows{};
  const Rows status{height >= 3 ? 1 : 0};
  const Rows title{height >= 4 ? 1 : 0};
  const Rows chat = Rows{height} - input - status - title;
  const Columns sidebar =
      width_of(panes.people, panes.people_width, columns_for_people(panes), width);
  const Columns rooms = width_of(panes.rooms, panes.rooms_width, columns_for_rooms(panes), width);
  const Columns frame = frame_of(sidebar);
  const Columns left = rooms + frame_of(rooms);
  const Columns text = width - left - sidebar - frame;
  return {
      .title = {{Rows{0}, Columns{0}}, {width, title}},
      .rooms = {{title, Columns{0}}, {rooms, chat}},
      .rooms_frame = {{title, rooms}, {frame_of(rooms), chat}},
      .chat = {{title, left}, {text, chat}},
      .frame = {{title, left + text}, {frame, chat}},
      .sidebar = {{title, left + text + frame}, {sidebar, chat}},
      .status = {{title + chat, Columns{0}}, {width, status}},
      .input = {{title + chat + status, Columns{0}}, {width, input}},
  };
}

}  // namespace chat::client
