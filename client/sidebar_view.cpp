#include "client/sidebar_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>

#include "client/name_colour.hpp"
#include "client/pen.hpp"

namespace chat::client {
namespace {

std::string people(std::size_t count) {
  return fmt::format("{} {}", count, count == 1 ? "person" : "people");
}

void draw_name(Pen pen, const Members::Shown& person) {
  if (person.lost)
    pen.write_shortened(fmt::format("{} (lost)", person.nickname), Style::dim);
  else if (person.away)
    pen.write_shortened(fmt::format("{} (away)", person.nickname), Style::dim);
  else
    pen.write_shortened(person.nickname, Ink(Style::normal, colour_of(person.nickname)));
}

void draw_person(Screen& screen, const Area& area, Rows row, const Members::Shown& person) {
  screen.aim({area.at.row + row, area.at.column}, area.size.width,
             ToPerson{std::string(person.nickname)});
  draw_name(Pen(screen, area, row), person);
}

void draw_names(Screen& screen, const Area& area, const Members& members) {
  const auto people = members.sorted();
  const auto rows = static_cast<std::size_t>(std::max(area.size.height.value - 1, 0));
  const std::size_t shown =
      people.size() <= rows ? people.size() : std::max<std::size_t>(rows, 1) - 1;
  Rows row{1};
  for (std::size_t i = 0; i < shown; ++i, row += Rows{1})
    draw_person(screen, area, row, people[i]);
  if (shown < people.size())
    Pen(screen, area, row).write(fmt::format("and {} more", people.size() - shown), Style::dim);
}

// Of a conversation that has not begun. Of one that has come back, only who had it is known.
void draw_both(Screen& screen, const Area& area, const Model& model, const Room& conversation) {
  if (conversation.ended || !model.is_other_there(conversation))
    return;
  constexpr UserId kMe{0};
  constexpr UserId kOther{1};
  Members both;
  both.begin_list(2);
  both.add(kMe, model.nickname());
  both.add(kOther, conversation.name);
  Pen(screen, area).write(people(both.size()), Style::dim);
  draw_names(screen, area, both);
}

}  // namespace

void draw_sidebar(Screen& screen, const Layout& layout, const Model& model) {
  if (layout.sidebar.size.width.value == 0)
    return;
  for (Rows row; row < layout.frame.size.height; row += Rows{1})
    Pen(screen, layout.frame, row).write(" │", Style::frame);
  const Room* room = model.front();
  if (room == nullptr)
    return;
  if (room->is_pair() && room->members.size() == 0)
    return draw_both(screen, layout.sidebar, model, *room);
  Pen(screen, layout.sidebar).write(people(room->members.size()), Style::dim);
  if (room->members.listed())
    draw_names(screen, layout.sidebar, room->members);
  else
    Pen(screen, layout.sidebar, Rows{1}).write("/who lists them", Style::dim);
}

}  // namespace chat::client
