#include "client/chat_view.hpp"

#include <cstddef>
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

void draw_row(Pen pen, const ChatRow& row, Columns width) {
  if (!row.first) {
    pen.skip(indent_for(width));
  } else if (const Columns clock = clock_width_for(width); clock > Columns{0}) {
    if (row.line->time != WallTime{})
      Pen(pen).write(clock_of(row.line->time), Style::dim);
    pen.skip(clock);
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
