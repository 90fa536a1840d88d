#include "client/view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "client/chat_view.hpp"
#include "client/glyph.hpp"
#include "client/input_view.hpp"
#include "client/layout.hpp"
#include "client/pen.hpp"
#include "client/status_line.hpp"

namespace chat::client {
namespace {

std::string people(std::size_t count) {
  return fmt::format("{} {}", count, count == 1 ? "person" : "people");
}

// "2 cpp" or, with unread messages, "2 cpp +5"
std::string label_of(const Room& room, std::size_t index) {
  const auto label = fmt::format("{} {}", index + 1, room.shown_name());
  return room.unread == 0 ? label : fmt::format("{} +{}", label, room.unread);
}

Columns width_of_tab(const Model& model, std::size_t index) {
  return width_of(label_of(model.rooms()[index], index)) + Columns{2};
}

Columns width_of_tabs(const Model& model, std::size_t from, std::size_t to) {
  Columns width;
  for (std::size_t i = from; i < to; ++i)
    width += width_of_tab(model, i);
  return width;
}

// The first tab to be drawn, so that the room in front is among those that fit.
std::size_t first_tab(const Model& model, Columns width) {
  std::size_t first = 0;
  while (first < model.front_index() &&
         width < width_of_tabs(model, first, model.front_index() + 1))
    ++first;
  return first;
}

void draw_tabs(Pen& pen, const Model& model) {
  const std::size_t count = model.rooms().size();
  const std::size_t first = first_tab(model, pen.left());
  // At the right edge, if there is room for it.
  pen.skip(std::max(pen.left() - width_of_tabs(model, first, count), Columns{0}));
  for (std::size_t i = first; i < count; ++i) {
    const bool front = i == model.front_index();
    const auto label = label_of(model.rooms()[i], i);
    pen.write(front ? fmt::format("[{}]", label) : fmt::format(" {} ", label),
              front                         ? Style::bar_front
              : model.rooms()[i].unread > 0 ? Style::bar_alert
                                            : Style::bar);
  }
}

// What stands behind the name of the room in front: as much as leaves the other rooms visible.
std::string details_of(const Model& model, const Room& room, Columns width) {
  const auto members = fmt::format(" · {} ", people(room.members.size()));
  const auto server = fmt::format("{}· {} ", members, model.server());
  const Columns spare = width - width_of_tabs(model, 0, model.rooms().size());
  for (const auto& details : {server, members})
    if (width_of(details) <= spare)
      return details;
  return " ";
}

void draw_title(Screen& screen, const Area& area, const Model& model) {
  Pen pen(screen, area);
  pen.fill(Style::bar);
  if (const Room* room = model.front()) {
    pen.write(fmt::format(" {}", room->shown_name()), Style::bar_front);
    pen.write(details_of(model, *room, pen.left()), Style::bar);
  } else {
    pen.write(fmt::format(" edgechat · {} ", model.server()), Style::bar);
  }
  draw_tabs(pen, model);
}

void draw_names(Screen& screen, const Area& area, const Members& members) {
  const auto people = members.sorted();
  const auto rows = static_cast<std::size_t>(std::max(area.size.height.value - 1, 0));
  const std::size_t shown =
      people.size() <= rows ? people.size() : std::max<std::size_t>(rows, 1) - 1;
  Rows row{1};
  for (std::size_t i = 0; i < shown; ++i, row += Rows{1})
    Pen(screen, area, row)
        .write_shortened(people[i].lost ? fmt::format("{} (lost)", people[i].nickname)
                                        : std::string(people[i].nickname),
                         people[i].lost ? Style::dim : Style::normal);
  if (shown < people.size())
    Pen(screen, area, row).write(fmt::format("and {} more", people.size() - shown), Style::dim);
}

void draw_sidebar(Screen& screen, const Layout& layout, const Model& model) {
  if (layout.sidebar.size.width.value == 0)
    return;
  for (Rows row; row < layout.frame.size.height; row += Rows{1})
    Pen(screen, layout.frame, row).write(" │", Style::frame);
  const Room* room = model.front();
  if (!room)
    return;
  Pen(screen, layout.sidebar).write(people(room->members.size()), Style::dim);
  if (room->members.listed())
    draw_names(screen, layout.sidebar, room->members);
  else
    Pen(screen, layout.sidebar, Rows{1}).write("/who lists them", Style::dim);
}

}  // namespace

Screen compose(const Model& model, const Controller& controller, Size size) {
  Screen screen(size);
  const InputShape input = input_shape(model, controller.prompt(), size);
  const Layout layout = layout_for(size, input.rows);
  draw_title(screen, layout.title, model);
  draw_chat(screen, layout.chat, model);
  draw_sidebar(screen, layout, model);
  draw_status(screen, layout.status, model, controller.says());
  draw_input(screen, layout.input, input, controller.prompt().editor());
  return screen;
}

}  // namespace chat::client
