#include "client/chat_view.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "client/findings_view.hpp"
#include "client/glyph.hpp"
#include "client/pen.hpp"

namespace chat::client {
namespace {

Style style_of(LineKind kind) {
  switch (kind) {
    case LineKind::message:
      return Style::normal;
    case LineKind::own_message:
      return Style::own;
    case LineKind::pending:
      return Style::dim;
    case LineKind::whisper:
      return Style::whisper;
    case LineKind::event:
      return Style::event;
    case LineKind::notice:
      return Style::notice;
    case LineKind::error:
      return Style::error;
    case LineKind::beginning:
      return Style::dim;
    case LineKind::hit:
      return Style::hit;
  }
  return Style::normal;
}

// Of the byte at `at` in a line's text.
Ink ink_at(const Line& line, std::size_t at) {
  const Style style = style_of(line.kind);
  const bool is_name = at >= line.author.begin && at - line.author.begin < line.author.bytes;
  return is_name ? Ink(style, line.author.colour) : Ink(style);
}

// A part of the line's text, cluster by cluster: what has an ink of its own may begin or end within
// one, and then its begin decides.
void write_part(Pen& pen, const Line& line, std::string_view part) {
  auto at = static_cast<std::size_t>(part.data() - line.text.data());
  while (!part.empty()) {
    const std::string_view cluster = take_cluster(part);
    pen.write(cluster, ink_at(line, at));
    at += cluster.size();
  }
}

// "── Sunday, 29 November 2026 ──"
void draw_day(Pen pen, WallTime when) {
  constexpr std::string_view kLine = "──";
  const auto lines = 2 * (width_of(kLine) + Columns{1});
  const std::string day = day_of(when, pen.left() - lines);
  pen.write(width_of(day) + lines <= pen.left() ? fmt::format("{0} {1} {0}", kLine, day) : day,
            Style::dim);
}

void draw_clock(Pen pen, WallTime when) {
  if (when != WallTime{})
    pen.write(clock_of(when), Style::dim);
}

void draw_row(Pen pen, const ChatRow& row, Columns width) {
  switch (row.part) {
    case ChatRow::Part::day:
      return draw_day(pen, row.line->time);
    case ChatRow::Part::first:
      if (const Columns clock = clock_width_for(width); clock > Columns{0})
        draw_clock(pen, row.line->time);
      pen.skip(clock_width_for(width));
      break;
    case ChatRow::Part::further:
      pen.skip(indent_for(width));
      break;
  }
  write_part(pen, *row.line, row.text);
}

}  // namespace

void draw_chat(Screen& screen, const Area& area, const Model& model) {
  if (model.shown() == Model::Shown::findings)
    return draw_findings(screen, area, model);
  Rows row;
  for (const ChatRow& line : model.scrollback().visible(area.size)) {
    draw_row(Pen(screen, area, row), line, area.size.width);
    row += Rows{1};
  }
}

}  // namespace chat::client
