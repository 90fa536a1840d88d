#include "client/room_list_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>

#include "client/glyph.hpp"
#include "client/pen.hpp"
#include "client/room_label.hpp"

namespace chat::client {
namespace {

struct Part {
  std::size_t first;
  std::size_t count;
};

// What fits into so many rows, with the one in front about in the middle.
Part part_of(std::size_t rooms, std::size_t front, std::size_t rows) {
  if (rooms <= rows)
    return {0, rooms};
  const std::size_t count = std::max<std::size_t>(rows, 2) - 1;
  const std::size_t above = std::min(front, count / 2);
  return {std::min(front - above, rooms - count), count};
}

// The news at the right edge, whatever they leave of the name.
void draw_room(Screen& screen, const Area& row, const Room& room, std::size_t index,
               bool is_front) {
  const Style style = is_front ? Style::bar_front : style_in_list(room);
  screen.aim(row.at, row.size.width, ToRoom{index});
  const std::string news = unread_of(room).words_in(row.size.width);
  const Columns for_news = news.empty() ? Columns{0} : width_of(news) + Columns{1};
  const Columns for_name = std::max(row.size.width - for_news, Columns{0});
  if (is_front)
    Pen(screen, row).fill(style);
  Pen(screen, {row.at, {for_name, row.size.height}})
      .write_shortened(fmt::format("{} {}", index + 1, room.shown_name()), style);
  Pen pen(screen, row);
  pen.skip(row.size.width - width_of(news));
  pen.write(news, style);
}

// How many there are beside that part, and whether something is new in one of them.
void draw_the_rest(Pen pen, std::span<const Room> rooms, const Part& part) {
  UnreadCount rest;
  for (std::size_t i = 0; i < rooms.size(); ++i)
    if (i < part.first || i >= part.first + part.count)
      rest.add(rooms[i]);
  pen.write(fmt::format("+{} more", rooms.size() - part.count), Style::dim);
  if (rest.unread > 0)
    pen.write(" " + rest.words_in(pen.left() - Columns{1}),
              rest.mentions > 0 ? Style::error : Style::own);
}

}  // namespace

void draw_room_list(Screen& screen, const Layout& layout, const Model& model) {
  const Area& area = layout.rooms;
  if (area.size.width.value == 0 || area.size.height.value == 0)
    return;
  for (Rows row; row < layout.rooms_frame.size.height; row += Rows{1})
    Pen(screen, layout.rooms_frame, row).write(" │", Style::frame);
  const auto rooms = model.rooms();
  const auto rows = static_cast<std::size_t>(std::max(area.size.height.value, 0));
  const Part part = part_of(rooms.size(), model.front_index(), rows);
  Rows row;
  for (std::size_t i = part.first; i < part.first + part.count; ++i, row += Rows{1})
    draw_room(screen, {{area.at.row + row, area.at.column}, {area.size.width, Rows{1}}}, rooms[i],
              i, i == model.front_index());
  if (part.count < rooms.size())
    draw_the_rest(Pen(screen, area, row), rooms, part);
}

}  // namespace chat::client
