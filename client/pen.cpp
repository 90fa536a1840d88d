#include "client/pen.hpp"

#include <utility>

#include "client/glyph.hpp"

namespace chat::client {

Pen::Pen(Screen& screen, const Area& area, Rows row)
    : screen_(screen), at_{area.at.row + row, area.at.column}, left_(area.size.width) {
  if (row >= area.size.height)
    left_ = {};
}

void Pen::write(std::string_view text, Ink ink) {
  skip(screen_.put(at_, text, ink, left_));
}

void Pen::write(std::string_view text, Ink ink, Target target) {
  const ScreenPosition begin = at_;
  write(text, ink);
  screen_.aim(begin, at_.column - begin.column, std::move(target));
}

void Pen::skip(Columns columns) {
  at_.column += columns;
  left_ -= columns;
}

void Pen::write_shortened(std::string_view text, Ink ink) {
  if (width_of(text) <= left_)
    return write(text, ink);
  const Columns rest = left_ - Columns{1};
  skip(screen_.put(at_, text, ink, rest));
  write("…", ink);
}

}  // namespace chat::client
