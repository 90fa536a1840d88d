// Drawing a row of a screen.
#pragma once

#include <string_view>

#include "client/layout.hpp"
#include "client/screen.hpp"
#include "client/units.hpp"

namespace chat::client {

// Draws one row of an area from left to right, and nothing outside of it. The screen must outlive
// it.
class Pen {
 public:
  Pen(Screen& screen, const Area& area, Rows row = {});

  void write(std::string_view text, Ink ink);
  // The same, and a click on it is meant for the target.
  void write(std::string_view text, Ink ink, Target target);
  void skip(Columns columns);
  // Leaves the rest of the text out with an ellipsis when it does not fit.
  void write_shortened(std::string_view text, Ink ink);
  // Blanks the rest of the row.
  void fill(Ink ink) { screen_.fill(at_, left_, ink); }
  Columns left() const { return left_; }
  ScreenPosition position() const { return at_; }

 private:
  Screen& screen_;
  ScreenPosition at_;
  Columns left_;
};

}  // namespace chat::client
