// What holds of every screen, whatever has happened.
#pragma once

#include <wchar.h>

#include <string>
#include <string_view>

#include "client/screen.hpp"
#include "client/units.hpp"
#include "libchat/text.hpp"
#include "libchat/utf8.hpp"

namespace chat::client::test {

// As a terminal counts, which knows no clusters: what is a circle and a vowel for it, in one cell,
// would be two glyphs if it were a text.
inline Columns columns_of(std::string_view glyph) {
  Columns columns;
  while (!glyph.empty()) {
    const auto [code_point, bytes] = first_code_point(glyph);
    columns += Columns{::wcwidth(static_cast<wchar_t>(code_point))};
    glyph.remove_prefix(bytes);
  }
  return columns;
}

inline std::string fault_of_row(const Screen& screen, Rows row) {
  const Columns width = screen.size().width;
  Columns column;
  while (column < width) {
    const std::string& glyph = screen.at({row, column}).text;
    if (harmless(glyph) != glyph)
      return "a control character is on the screen";
    const Columns end = column + columns_of(glyph);
    if (end <= column)
      return "a cell is covered by nothing";
    if (end > width)
      return "a row is wider than the screen";
    for (column += Columns{1}; column < end; column += Columns{1})
      if (!screen.at({row, column}).text.empty())
        return "two glyphs are in one cell";
  }
  return {};
}

// Where there is a place for it.
inline bool is_inside(ScreenPosition cursor, Size size) {
  return cursor.row >= Rows{} && cursor.column >= Columns{} &&
         (size.height == Rows{} || cursor.row < size.height) &&
         (size.width == Columns{} || cursor.column < size.width);
}

// What is wrong with a screen that is to have this size; empty: nothing. Glyphs cover each row, no
// row is wider than the screen, nothing in it controls a terminal, and the cursor is inside.
inline std::string fault_of(const Screen& screen, Size size) {
  if (screen.size() != size)
    return "the screen has another size";
  for (Rows row; row < size.height; row += Rows{1})
    if (std::string fault = fault_of_row(screen, row); !fault.empty())
      return fault + ", in row " + std::to_string(row.value);
  return is_inside(screen.cursor(), size) ? "" : "the cursor is off the screen";
}

}  // namespace chat::client::test
