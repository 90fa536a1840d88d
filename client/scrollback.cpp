#include "client/scrollback.hpp"

#include <algorithm>
#include <utility>

#include "client/wrap.hpp"

namespace chat::client {
namespace {

bool is_empty(Size area) {
  return area.width.value <= 0 || area.height.value <= 0;
}

int page_of(Size area) {
  return std::max(area.height.value - 1, 1);
}

}  // namespace

Columns indent_for(Columns width) {
  if (width.value >= 4 * kClockWidth)
    return Columns{kClockWidth};
  return Columns{width.value >= kClockWidth ? 2 : 0};
}

void Scrollback::append(Line line) {
  if (top_ && is_said(line.kind))
    ++new_below_;
  bytes_ += line.text.size();
  lines_.push_back(std::move(line));
  while (lines_.size() > kMaxLines || bytes_ > kMaxBytes) {
    bytes_ -= lines_.front().text.size();
    lines_.pop_front();
    ++first_line_;
  }
}

void Scrollback::clear() {
  first_line_ += lines_.size();
  lines_.clear();
  bytes_ = 0;
  to_end();
}

void Scrollback::page_up(Size area) {
  if (is_empty(area))
    return;
  const Place here = top(area);
  const Place above = up(here, page_of(area), area.width);
  if (above < here)
    top_ = above;
}

void Scrollback::page_down(Size area) {
  if (is_empty(area) || !top_)
    return;
  const Place below = down(top(area), page_of(area), area.width);
  if (below < top_of_end(area))
    top_ = below;
  else
    to_end();
}

void Scrollback::to_end() {
  top_.reset();
  new_below_ = 0;
}

std::vector<ChatRow> Scrollback::visible(Size area) const {
  std::vector<ChatRow> shown;
  if (is_empty(area))
    return shown;
  const auto limit = static_cast<std::size_t>(area.height.value);
  Place place = top(area);
  for (; place.line < end_line(); ++place.line, place.row = 0) {
    const auto rows = rows_of(place.line, area.width);
    for (std::size_t row = place.row; row < rows.size(); ++row) {
      if (shown.size() == limit)
        return shown;
      shown.push_back({&line_at(place.line), rows[row], row == 0});
    }
  }
  return shown;
}

const Line& Scrollback::line_at(std::uint64_t number) const {
  const std::uint64_t index = number - first_line_;
  return index < lines_.size() ? lines_[index] : pending_[index - lines_.size()];
}

std::vector<std::string_view> Scrollback::rows_of(std::uint64_t line, Columns width) const {
  return wrap(line_at(line).text, width, width - indent_for(width));
}

Scrollback::Place Scrollback::up(Place from, int rows, Columns width) const {
  auto left = static_cast<std::size_t>(rows);
  while (left > from.row) {
    if (from.line == first_line_)
      return {first_line_, 0};
    left -= from.row + 1;
    --from.line;
    from.row = rows_of(from.line, width).size() - 1;
  }
  return {from.line, from.row - left};
}

Scrollback::Place Scrollback::down(Place from, int rows, Columns width) const {
  from.row += static_cast<std::size_t>(rows);
  while (from.line < end_line()) {
    const std::size_t height = rows_of(from.line, width).size();
    if (from.row < height)
      break;
    from.row -= height;
    ++from.line;
  }
  return from;
}

Scrollback::Place Scrollback::top_of_end(Size area) const {
  return up({end_line(), 0}, area.height.value, area.width);
}

Scrollback::Place Scrollback::top(Size area) const {
  const Place end = top_of_end(area);
  if (!top_ || *top_ > end)
    return end;
  if (top_->line < first_line_)
    return {first_line_, 0};
  // In a wider area the line has fewer rows.
  return {top_->line, std::min(top_->row, rows_of(top_->line, area.width).size() - 1)};
}

}  // namespace chat::client
