#include "client/holes.hpp"

#include <optional>
#include <utility>

#include "client/wording.hpp"

namespace chat::client {
namespace {

// Between two messages; nobody knows when those were said.
std::optional<Line> hole_between(Sequence above, Sequence below) {
  if (above == Sequence{} || below <= above + 1)
    return std::nullopt;
  Line line = make_line_without_time(LineKind::event, unreadable(below.value - above.value - 1));
  line.number = above + 1;
  return line;
}

}  // namespace

void tell_of_holes(std::vector<Line>& lines, Sequence after, Sequence before) {
  std::vector<Line> all;
  all.reserve(lines.size());
  Sequence above = after;
  for (Line& line : lines) {
    if (auto hole = hole_between(above, line.number))
      all.push_back(std::move(*hole));
    above = line.number;
    all.push_back(std::move(line));
  }
  if (auto hole = hole_between(above, before))
    all.push_back(std::move(*hole));
  lines = std::move(all);
}

}  // namespace chat::client
