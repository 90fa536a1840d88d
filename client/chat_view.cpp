#include "client/chat_view.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/findings_view.hpp"
#include "client/glyph.hpp"
#include "client/pen.hpp"
#include "client/urls.hpp"

namespace chat::client {
namespace {

Style style_of(LineKind kind) {
  switch (kind) {
    case LineKind::message:
      return Style::normal;
    case LineKind::own_message:
      return Style::normal;
    case LineKind::pending:
      return Style::dim;
    case LineKind::failed:
      return Style::error;
    case LineKind::event:
      return Style::event;
    case LineKind::notice:
      return Style::notice;
    case LineKind::error:
      return Style::error;
    case LineKind::beginning:
      return Style::dim;
    case LineKind::marker:
      return Style::error;
    case LineKind::hit:
      return Style::hit;
  }
  return Style::normal;
}

// With what the parts of a line's text are written. The line must outlive it.
class Inks {
 public:
  // `search` is what is looked for, or null.
  Inks(const Line& line, const LineSearch* search) : line_(line), style_(style_of(line)) {
    if (search != nullptr)
      found_ = search->parts_of(line.text);
    if (is_said(line.kind) || line.kind == LineKind::pending || line.kind == LineKind::failed ||
        line.kind == LineKind::hit)
      urls_ = urls_in(line.text);
  }

  bool are_of(const Line& line) const { return &line == &line_; }

  // Of the byte at `at`.
  Ink at(std::size_t at) const {
    if (span_with(found_, at) != nullptr)
      return Style::hit;
    if (at >= line_.author.begin && at - line_.author.begin < line_.author.bytes)
      return name();
    Ink ink = style_;
    ink.is_link = span_with(urls_, at) != nullptr;
    return ink;
  }

  // Of a click on it.
  Target target(std::size_t at) const {
    const TextSpan* const url = span_with(urls_, at);
    return url == nullptr
               ? Target()
               : ToPage{page_at(
                     std::string_view(line_.text).substr(url->begin, url->end - url->begin))};
  }

 private:
  static Style style_of(const Line& line) {
    return line.is_mention && line.kind == LineKind::message ? Style::mention
                                                             : client::style_of(line.kind);
  }

  Ink name() const {
    switch (line_.kind) {
      case LineKind::own_message:
        return {Style::own, line_.author.colour};
      case LineKind::hit:
        return Style::hit;
      default:
        return line_.is_mention ? Ink(Style::hit) : Ink(style_, line_.author.colour);
    }
  }

  const Line& line_;
  Style style_;
  std::vector<TextSpan> urls_;
  std::vector<TextSpan> found_;
};

// A part of the line's text, cluster by cluster: what has an ink of its own may begin or end within
// one, and then its begin decides.
void write_part(Pen& pen, const Line& line, std::string_view part, const Inks& inks) {
  auto at = static_cast<std::size_t>(part.data() - line.text.data());
  while (!part.empty()) {
    const std::string_view cluster = take_cluster(part);
    pen.write(cluster, inks.at(at), inks.target(at));
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

void draw_row(Pen pen, const ChatRow& row, Columns width, const Inks& inks) {
  switch (row.part) {
    case ChatRow::Part::day:
      return draw_day(pen, row.line->time);
    case ChatRow::Part::first:
      if (row.line->kind == LineKind::marker)
        break;
      if (const Columns clock = clock_width_for(width); clock > Columns{0})
        draw_clock(pen, row.line->time);
      pen.skip(clock_width_for(width));
      break;
    case ChatRow::Part::further:
      pen.skip(indent_for(width));
      break;
  }
  write_part(pen, *row.line, row.text, inks);
}

}  // namespace

void draw_chat(Screen& screen, const Area& area, const Model& model) {
  if (model.shown() == Model::Shown::findings)
    return draw_findings(screen, area, model);
  if (model.shown() == Model::Shown::urls)
    return draw_urls(screen, area, model);
  Rows at;
  // For all rows of a line: what is in its text is looked for once.
  std::optional<Inks> inks;
  for (const ChatRow& row : model.scrollback().visible(area.size)) {
    if (!inks || !inks->are_of(*row.line))
      inks.emplace(*row.line, model.line_search());
    draw_row(Pen(screen, area, at), row, area.size.width, *inks);
    at += Rows{1};
  }
}

}  // namespace chat::client
