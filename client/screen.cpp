#include "client/screen.hpp"

#include <algorithm>
#include <utility>

#include "client/glyph.hpp"

namespace chat::client {

Screen::Screen(Size size)
    : size_{{std::max(size.width.value, 0)}, {std::max(size.height.value, 0)}},
      cells_(static_cast<std::size_t>(size_.width.value) *
                 static_cast<std::size_t>(size_.height.value),
             Cell{" ", {}}) {}

bool Screen::has_same_row(const Screen& other, Rows row) const {
  const auto width = static_cast<std::ptrdiff_t>(size_.width.value);
  const auto begin = static_cast<std::ptrdiff_t>(row.value) * width;
  return std::equal(cells_.begin() + begin, cells_.begin() + begin + width,
                    other.cells_.begin() + begin);
}

Columns Screen::put(ScreenPosition position, std::string_view text, Ink ink, Columns limit) {
  limit = std::min(limit, size_.width - position.column);
  Columns taken;
  while (!text.empty() && contains(position)) {
    Glyph glyph = glyph_of(take_cluster(text));
    if (taken + glyph.width > limit)
      break;
    for (Columns covered{1}; covered < glyph.width; covered += Columns{1})
      cells_[index({position.row, position.column + covered})] = {{}, ink};
    cells_[index(position)] = {std::move(glyph.text), ink};
    position.column += glyph.width;
    taken += glyph.width;
  }
  return taken;
}

void Screen::fill(ScreenPosition position, Columns width, Ink ink) {
  for (; width.value > 0 && contains(position); width -= Columns{1}) {
    cells_[index(position)] = {" ", ink};
    position.column += Columns{1};
  }
}

bool Screen::contains(ScreenPosition position) const {
  return position.row >= Rows{0} && position.row < size_.height && position.column >= Columns{0} &&
         position.column < size_.width;
}

std::size_t Screen::index(ScreenPosition position) const {
  return static_cast<std::size_t>(position.row.value) *
             static_cast<std::size_t>(size_.width.value) +
         static_cast<std::size_t>(position.column.value);
}

void Screen::aim(ScreenPosition position, Columns width, Target target) {
  if (width <= Columns{0} || target == Target())
    return;
  const bool goes_on = !aims_.empty() && aims_.back().at.row == position.row &&
                       aims_.back().at.column + aims_.back().width == position.column &&
                       aims_.back().target == target;
  if (goes_on)
    aims_.back().width += width;
  else
    aims_.push_back({position, width, std::move(target)});
}

Target Screen::target_at(ScreenPosition position) const {
  const auto found = std::ranges::find_if(aims_, [&](const Aim& aim) {
    return aim.at.row == position.row && aim.at.column <= position.column &&
           position.column < aim.at.column + aim.width;
  });
  return found == aims_.end() ? Target() : found->target;
}

}  // namespace chat::client
