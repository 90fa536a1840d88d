// A picture of the terminal in memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "client/name_colour.hpp"
#include "client/units.hpp"

namespace chat::client {

// What a cell is; the terminal decides how that looks.
enum class Style {
  normal,
  bar,        // title and status line
  bar_front,  // the room in front
  bar_alert,  // what wants attention in a bar
  frame,      // lines between areas
  dim,        // times and hints
  event,
  notice,
  own,
  whisper,
  error,
  mention,  // what should not be overlooked
  hit,      // what was searched for
};

// What something is drawn with. A style is an ink, too.
struct Ink {
  Style style = Style::normal;
  NameColour name{};  // stands out from the style
  bool is_link = false;

  constexpr Ink() = default;
  constexpr Ink(Style of_style) : style(of_style) {}
  constexpr Ink(Style of_style, NameColour of_name) : style(of_style), name(of_name) {}
  bool operator==(const Ink&) const = default;
};

struct Cell {
  std::string text;  // a glyph; empty in the cells that a wide glyph to the left covers
  Ink ink;
  bool operator==(const Cell&) const = default;
};

// What a click on a cell is meant for.
struct ToRoom {
  std::size_t index;  // by the order in which rooms were entered
  bool operator==(const ToRoom&) const = default;
};
struct ToPerson {
  std::string nickname;
  bool operator==(const ToPerson&) const = default;
};
struct ToPage {
  std::string url;
  bool operator==(const ToPage&) const = default;
};
using Target = std::variant<std::monostate, ToRoom, ToPerson, ToPage>;

struct ScreenPosition {
  Rows row;
  Columns column;
  bool operator==(const ScreenPosition&) const = default;
};

// A grid of cells that accepts any position and draws only what is inside. A plain value.
class Screen {
 public:
  // Blank. Negative sizes count as 0.
  explicit Screen(Size size);

  Size size() const { return size_; }
  const Cell& at(ScreenPosition position) const { return cells_[index(position)]; }

  // Whether a row is the same in another screen of the same size.
  bool has_same_row(const Screen& other, Rows row) const;

  // Draws a text from `position` on, as far as it fits into `limit` columns; a wide glyph that
  // does not fit wholly is left out with all behind it. Returns how many columns were taken.
  Columns put(ScreenPosition position, std::string_view text, Ink ink, Columns limit);
  // Blanks `width` cells.
  void fill(ScreenPosition position, Columns width, Ink ink);

  // What a click on these cells is meant for.
  void aim(ScreenPosition position, Columns width, Target target);
  Target target_at(ScreenPosition position) const;

  ScreenPosition cursor() const { return cursor_; }
  void place_cursor(ScreenPosition position) { cursor_ = position; }

 private:
  bool contains(ScreenPosition position) const;
  std::size_t index(ScreenPosition position) const;

  Size size_;
  struct Aim {
    ScreenPosition at;
    Columns width;
    Target target;
  };

  std::vector<Cell> cells_;
  std::vector<Aim> aims_;
  ScreenPosition cursor_;
};

}  // namespace chat::client
