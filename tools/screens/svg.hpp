// A terminal's screen as a picture.
#pragma once

#include <string>
#include <vector>

#include "tests/client/pty_program.hpp"

namespace chat::screens {

using Cells = std::vector<std::vector<test::PtyProgram::DrawnCell>>;

// As an SVG document (https://www.w3.org/TR/SVG11/) with a rectangle for the screen, one for each
// run of cells of another background, and one text for each run of cells that look alike. The
// cursor is a frame around its cell.
std::string svg_of(const Cells& cells, test::ScreenCursor cursor);

}  // namespace chat::screens
