#include "client/title_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "client/glyph.hpp"
#include "client/pen.hpp"
#include "client/room_label.hpp"

namespace chat::client {
namespace {

// "2 cpp" or, with unread messages, "2 cpp +5"
std::string label_of(const Room& room, std::size_t index) {
  const std::string news = news_of(room);
  const auto label = fmt::format("{} {}", index + 1, room.shown_name());
  return news.empty() ? label : fmt::format("{} {}", label, news);
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

struct Tabs {
  std::size_t begin;
  std::size_t end;
};

// Those that fit wholly, the room in front among them; none when not even that one does.
Tabs tabs_for(const Model& model, Columns width) {
  const std::size_t front = model.front_index();
  Tabs tabs{front, front};
  const auto fits = [&](std::size_t begin, std::size_t end) {
    return end <= model.rooms().size() && width_of_tabs(model, begin, end) <= width;
  };
  if (fits(front, front + 1))
    ++tabs.end;
  while (tabs.begin > 0 && tabs.begin < tabs.end && fits(tabs.begin - 1, tabs.end))
    --tabs.begin;
  while (tabs.begin < tabs.end && fits(tabs.begin, tabs.end + 1))
    ++tabs.end;
  return tabs;
}

// What is new in the rooms without a tab: " +5 "
std::string news_beside(const Model& model, const Tabs& tabs) {
  UnreadCount rest;
  for (std::size_t i = 0; i < model.rooms().size(); ++i)
    if (i < tabs.begin || i >= tabs.end)
      rest.add(model.rooms()[i]);
  return rest.unread == 0 ? "" : fmt::format(" {} ", rest.words());
}

// That of the room in front, and what is new in the others.
Columns width_of_fewest_tabs(const Model& model) {
  const std::size_t front = model.front_index();
  return width_of_tab(model, front) + width_of(news_beside(model, {front, front + 1}));
}

// At the right edge.
void draw_tabs(Pen& pen, const Model& model) {
  Tabs tabs = tabs_for(model, pen.left());
  // With fewer tabs more is new beside them, but never more than in all rooms.
  if (!news_beside(model, tabs).empty())
    tabs = tabs_for(model, pen.left() - width_of(news_beside(model, {0, 0})));
  const std::string news = news_beside(model, tabs);
  pen.skip(std::max(pen.left() - width_of_tabs(model, tabs.begin, tabs.end) - width_of(news),
                    Columns{0}));
  for (std::size_t i = tabs.begin; i < tabs.end; ++i) {
    const bool front = i == model.front_index();
    const auto label = label_of(model.rooms()[i], i);
    pen.write(front ? fmt::format("[{}]", label) : fmt::format(" {} ", label),
              front ? Style::bar_front : style_in_bar(model.rooms()[i]), ToRoom{i});
  }
  pen.write(news, Style::bar_alert);
}

std::string people(std::size_t count) {
  return fmt::format("{} {}", count, count == 1 ? "person" : "people");
}

// Who is there; of a conversation that only whether it goes on.
std::string state_of(const Room& room) {
  if (!room.is_pair())
    return fmt::format(" · {} ", people(room.members.size()));
  return room.ended ? " · has ended " : " ";
}

// Nothing is said of a server where what is acknowledged is durable.
std::string_view durability_of(const Model& model) {
  return model.keeps_nothing() ? "· keeps nothing " : "";
}

// What stands behind the name of the room in front, as far as it leaves room for all others, which
// take all but `beside`. They give way, up to `most`, so that one sees that nothing is kept, and of
// a conversation whether it goes on.
std::string details_of(const Model& model, const Room& room, Columns beside, Columns most) {
  const std::string state = state_of(room);
  const std::string durability(durability_of(model));
  const std::string all = fmt::format("{}· {} {}", state, model.server(), durability);
  for (const auto& details : {all, state + durability})
    if (width_of(details) <= beside)
      return details;
  if (room.ended && width_of(state + durability) <= most)
    return state + durability;
  const std::string news = room.ended ? state : " " + durability;
  if (!durability.empty() && width_of(news) <= most)
    return news;
  return width_of(state) <= beside ? state : " ";
}

}  // namespace

void draw_title(Screen& screen, const Area& area, const Model& model, bool with_rooms) {
  Pen pen(screen, area);
  pen.fill(Style::bar);
  const Room* const room = model.front();
  if (room == nullptr)
    return pen.write_shortened(fmt::format(" edgechat · {}{}", model.server(),
                                           model.keeps_nothing() ? " · keeps nothing" : ""),
                               Style::bar);
  pen.write_shortened(fmt::format(" {}", room->shown_name()), Style::bar_front);
  const Columns tabs = with_rooms ? width_of_tabs(model, 0, model.rooms().size()) : Columns{0};
  const Columns fewest = with_rooms ? width_of_fewest_tabs(model) : Columns{0};
  pen.write(details_of(model, *room, pen.left() - tabs, pen.left() - fewest), Style::bar);
  if (with_rooms)
    draw_tabs(pen, model);
}

}  // namespace chat::client
