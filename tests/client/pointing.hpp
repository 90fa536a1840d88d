// The mouse, as a terminal tells a program of it.
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "tests/client/pty_program.hpp"

namespace chat::test {

// The key that takes the mouse.
inline constexpr std::string_view kF4 = "\033OS";

// Presses and releases a button at a place of the screen (xterm: "SGR").
inline void press_button(PtyProgram& program, int button, const ScreenCursor& at) {
  const std::string event = fmt::format("\033[<{};{};{}", button, at.column + 1, at.row + 1);
  program.type(event + "M" + event + "m");
}

// Where this stands on the screen first; the upper left corner when it stands nowhere.
inline ScreenCursor place_of(const PtyProgram& program, std::string_view text) {
  const auto cells = program.cells();
  for (std::size_t row = 0; row < cells.size(); ++row)
    for (std::size_t column = 0; column < cells[row].size(); ++column) {
      std::string here;
      for (std::size_t i = column; i < cells[row].size() && here.size() < text.size(); ++i)
        here += cells[row][i].text;
      if (here == text)
        return {.row = static_cast<int>(row), .column = static_cast<int>(column)};
    }
  return {};
}

inline void click(PtyProgram& program, const ScreenCursor& at) {
  press_button(program, 0, at);
}

inline void wheel_up(PtyProgram& program, const ScreenCursor& at) {
  press_button(program, 64, at);
}

inline void wheel_down(PtyProgram& program, const ScreenCursor& at) {
  press_button(program, 65, at);
}

}  // namespace chat::test
