#include "client/input_view.hpp"

#include <algorithm>
#include <cstddef>

#include "client/glyph.hpp"
#include "client/input_rows.hpp"
#include "client/pen.hpp"

namespace chat::client {
namespace {

constexpr std::string_view kNickname = "Nickname: ";
constexpr Columns kWidthForLabel{24};

// The part of a text longer than its row that is shown: it moves by half a row, so that there
// is something to see on both sides of the cursor.
struct Window {
  std::string_view text;
  Columns cursor;  // within the window
};

Window window_of(std::string_view text, std::size_t cursor, Columns width) {
  const Columns column = width_of(text.substr(0, cursor));
  if (column + Columns{1} <= width && width_of(text) <= width)
    return {text, column};
  const int half = std::max(width.value / 2, 1);
  const Columns begin{std::max(column.value / half - 1, 0) * half};
  Columns skipped;
  while (skipped < begin && skipped < column)
    skipped += glyph_of(take_cluster(text)).width;
  return {text, column - skipped};
}

// The first of the rows that are shown, so that there are some above and below the cursor's.
std::size_t first_shown(std::size_t cursor, std::size_t rows, std::size_t shown) {
  const std::size_t above = shown / 2;
  const std::size_t last = rows - std::min(shown, rows);
  return std::min(cursor - std::min(above, cursor), last);
}

void draw_rows(Screen& screen, const Area& area, Columns wrap_at, const Editor& editor) {
  const std::string_view text = editor.text();
  const auto rows = input_rows(text, wrap_at);
  const std::size_t cursor_row = row_of(rows, editor.cursor());
  const auto height = static_cast<std::size_t>(area.size.height.value);
  const std::size_t first = first_shown(cursor_row, rows.size(), height);
  for (std::size_t i = first; i < std::min(first + height, rows.size()); ++i) {
    Pen pen(screen, area, Rows{static_cast<int>(i - first)});
    const auto [begin, end] = rows[i];
    std::string_view shown = text.substr(begin, end - begin);
    if (i == cursor_row) {
      const auto [part, column] = window_of(shown, editor.cursor() - begin, area.size.width);
      const ScreenPosition at = pen.position();
      const Columns last = area.at.column + area.size.width - Columns{1};
      screen.place_cursor({at.row, std::min(at.column + column, last)});
      shown = part;
    }
    pen.write(shown, Style::normal);
  }
}

}  // namespace

InputShape input_shape(const Model& model, const Prompt& prompt, Size screen) {
  const bool has_label = model.phase() == Phase::naming && screen.width >= kWidthForLabel;
  const std::string_view label = has_label ? kNickname : std::string_view();
  const Rows most = most_input_rows(screen);
  if (most == Rows{1} || screen.width.value <= 0)
    return {label, kEndless, Rows{1}};
  const Columns width = screen.width - width_of(label);
  const auto rows = static_cast<int>(input_rows(prompt.editor().text(), width).size());
  return {label, width, std::min(Rows{rows}, most)};
}

void draw_input(Screen& screen, const Area& area, const InputShape& shape, const Editor& editor) {
  Pen pen(screen, area);
  pen.write(shape.label, Style::bar_front);
  if (pen.left().value <= 0 || area.size.height.value <= 0)
    return;
  const Area rest{pen.position(), {pen.left(), area.size.height}};
  draw_rows(screen, rest, shape.wrap_at, editor);
}

}  // namespace chat::client
