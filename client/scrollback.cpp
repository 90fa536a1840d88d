#include "client/scrollback.hpp"

#include <algorithm>
#include <utility>

#include "client/wrap.hpp"

namespace chat::client {
namespace {

// "12:03 "
constexpr Columns kClockWidth{6};

bool is_empty(Size area) {
  return area.width.value <= 0 || area.height.value <= 0;
}

int page_of(Size area) {
  return std::max(area.height.value - 1, 1);
}

}  // namespace

Columns clock_width_for(Columns width) {
  return width < 2 * kClockWidth ? Columns{0} : kClockWidth;
}

Columns indent_for(Columns width) {
  if (width >= 4 * kClockWidth)
    return kClockWidth;
  return width < kClockWidth ? Columns{0} : Columns{2};
}

void Scrollback::append(Line line) {
  if (top_ && is_said(line.kind))
    ++new_below_;
  lines_.append(std::move(line));
}

void Scrollback::clear() {
  lines_.clear();
  mark_behind_.reset();
  to_end();
}

void Scrollback::insert(std::vector<Line> lines, HeldLines::Forget forget,
                        HeldLines::Arrival arrival) {
  for (const HeldLines::Insertion& insertion : lines_.insert(std::move(lines), arrival))
    follow(insertion);
  keep_mark();
  lines_.forget_surplus(forget);
}

void Scrollback::insert_beginning(Line line) {
  if (const auto insertion = lines_.insert_beginning(std::move(line)))
    follow(*insertion);
  keep_mark();
}

void Scrollback::take_out(const std::function<bool(const Line&)>& is_meant) {
  for (auto line = lines_.end(); line > lines_.begin(); --line)
    if (const auto place = line - 1; is_meant(lines_.at(place))) {
      lines_.take_out(place);
      close_up(place);
      return keep_mark();
    }
}

void Scrollback::mark(Sequence last_seen) {
  unmark();
  mark_behind_ = last_seen;
  keep_mark();
}

// To be asked for with each message that is said, when mostly nothing is marked.
void Scrollback::unmark() {
  if (!mark_behind_)
    return;
  mark_behind_.reset();
  take_mark_out();
}

// What has come in may belong on its other side.
void Scrollback::keep_mark() {
  if (!mark_behind_ || lines_.is_marked_right(*mark_behind_))
    return;
  take_mark_out();
  if (const auto insertion = lines_.mark(marker_line(), *mark_behind_))
    follow(*insertion);
}

void Scrollback::take_mark_out() {
  if (const auto place = lines_.unmark())
    close_up(*place);
}

// Where a line was taken out, those above it move down.
void Scrollback::close_up(HeldLines::Position place) {
  if (found_ && *found_ <= place)
    ++*found_;
  if (top_ && top_->line <= place)
    top_ = Place{top_->line + 1, top_->line == place ? 0 : top_->row};
}

void Scrollback::forget_numbers() {
  unmark();
  lines_.forget_numbers();
}

bool Scrollback::holds_message(Sequence number) const {
  const auto line = lines_.find(number);
  return line && lines_.at(*line).kind != LineKind::event;
}

// The lines above it have moved up.
void Scrollback::follow(const HeldLines::Insertion& insertion) {
  if (found_ && *found_ < insertion.before)
    *found_ -= insertion.count;
  if (!top_ || top_->line >= insertion.before)
    return;
  top_->line = std::max(top_->line - insertion.count, lines_.begin());
  // What was put in below the top row would push down what is read below that.
  const Columns width = read_in_.width;
  const int height = read_in_.height.value;
  const Place first_new{insertion.before - insertion.count, 0};
  const int above = rows_between(*top_, first_new, height, width);
  if (above < height)
    top_ = up({insertion.before, 0}, above, width);
}

void Scrollback::page_up(Size area, std::optional<Rows> by) {
  if (is_empty(area))
    return;
  read_in_ = area;
  const Place here = top(area);
  const Place above = up(here, by ? by->value : page_of(area), area.width);
  if (above < here)
    top_ = above;
}

void Scrollback::page_down(Size area, std::optional<Rows> by) {
  if (is_empty(area) || !top_)
    return;
  read_in_ = area;
  const Place below = down(top(area), by ? by->value : page_of(area), area.width);
  if (below < top_of_end(area))
    top_ = below;
  else
    to_end();
}

void Scrollback::to_end() {
  top_.reset();
  new_below_ = 0;
}

void Scrollback::stay(Size area) {
  if (is_empty(area))
    return;
  read_in_ = area;
  top_ = top(area);
}

bool Scrollback::show(Sequence number, Size area, int rows_above) {
  const auto line = lines_.find(number);
  if (!line || is_empty(area))
    return false;
  read_in_ = area;
  put_below(rows_above, *line, area);
  return true;
}

bool Scrollback::shows(Sequence number, Size area) const {
  return std::ranges::any_of(visible(area),
                             [&](const ChatRow& row) { return row.line->number == number; });
}

std::optional<Sequence> Scrollback::last_shown(Size area) const {
  std::optional<Sequence> last;
  for (const ChatRow& row : visible(area))
    if (row.line->number != Sequence{})
      last = std::max(last.value_or(Sequence{}), row.line->number);
  return last;
}

bool Scrollback::find_older(const LineSearch& search, Size area, From from) {
  auto line = found_.value_or(lines_.end());
  line = std::min(from == From::here ? line + 1 : line, lines_.end());
  while (line > lines_.begin())
    if (search.is_in(lines_.at(--line).text))
      return stop_at(line, area);
  return false;
}

bool Scrollback::find_newer(const LineSearch& search, Size area) {
  auto line = std::max(found_.value_or(lines_.end()), lines_.begin());
  while (++line < lines_.end())
    if (search.is_in(lines_.at(line).text))
      return stop_at(line, area);
  return false;
}

bool Scrollback::stop_at(HeldLines::Position line, Size area) {
  found_ = line;
  if (is_empty(area))
    return true;
  read_in_ = area;
  put_below(area.height.value / 2, line, area);
  return true;
}

// Fewer rows than that when the end of the line would not be in the area otherwise.
void Scrollback::put_below(int rows_above, HeldLines::Position line, Size area) {
  const int most = std::max(area.height.value - rows_end(line, area.width), 0);
  top_ = up({line, 0}, std::min(rows_above, most), area.width);
}

bool Scrollback::shows_first(Size area) const {
  return !is_empty(area) && top(area).line <= lines_.first_message();
}

bool Scrollback::is_near_first(Size area) const {
  return !is_empty(area) && up(top(area), page_of(area), area.width).line <= lines_.first_message();
}

bool Scrollback::is_near_end(Size area) const {
  return !is_empty(area) && down(top(area), 2 * page_of(area) + 1, area.width).line >= end_line();
}

std::vector<ChatRow> Scrollback::visible(Size area) const {
  std::vector<ChatRow> shown;
  if (is_empty(area))
    return shown;
  const auto limit = static_cast<std::size_t>(area.height.value);
  Place place = top(area);
  while (place.line < end_line()) {
    const auto texts = rows_of(place.line, area.width);
    for (; place.row < static_cast<int>(texts.size()); ++place.row) {
      if (shown.size() == limit)
        return shown;
      shown.push_back(row_at(place.line, place.row, texts));
    }
    ++place.line;
    place.row = place.line < end_line() ? rows_begin(place.line) : 0;
  }
  return shown;
}

ChatRow Scrollback::row_at(HeldLines::Position line, int row,
                           std::span<const std::string_view> texts) const {
  const Line& at = line_at(line);
  if (row < 0)
    return {&at, {}, ChatRow::Part::day};
  return {&at, texts[static_cast<std::size_t>(row)],
          row == 0 ? ChatRow::Part::first : ChatRow::Part::further};
}

const Line& Scrollback::line_at(HeldLines::Position position) const {
  return position < lines_.end() ? lines_.at(position) : pending_[position - lines_.end()];
}

std::vector<std::string_view> Scrollback::rows_of(HeldLines::Position line, Columns width) const {
  return wrap(line_at(line).text, width - clock_width_for(width), width - indent_for(width));
}

int Scrollback::rows_begin(HeldLines::Position line) const {
  return begins_day(line) ? -1 : 0;
}

int Scrollback::rows_end(HeldLines::Position line, Columns width) const {
  return static_cast<int>(rows_of(line, width).size());
}

bool Scrollback::begins_day(HeldLines::Position line) const {
  const Line& below = line_at(line);
  if (below.time == WallTime{})
    return false;
  if (const Line* above = line > lines_.begin() ? timed_line(line - 1) : nullptr)
    return !is_same_day(above->time, below.time);
  return first_day_ == FirstDay::always ||
         !is_same_day(timed_line(end_line() - 1)->time, below.time);
}

const Line* Scrollback::timed_line(HeldLines::Position line) const {
  while (line_at(line).time == WallTime{}) {
    if (line == lines_.begin())
      return nullptr;
    --line;
  }
  return &line_at(line);
}

Scrollback::Place Scrollback::up(Place from, int rows, Columns width) const {
  from.row -= rows;
  while (from.line > lines_.begin()) {
    const int begin = from.line < end_line() ? rows_begin(from.line) : 0;
    if (from.row >= begin)
      return from;
    --from.line;
    from.row += rows_end(from.line, width) - begin;
  }
  const int begin = lines_.begin() < end_line() ? rows_begin(from.line) : 0;
  return {from.line, std::max(from.row, begin)};
}

Scrollback::Place Scrollback::down(Place from, int rows, Columns width) const {
  from.row += rows;
  while (from.line < end_line()) {
    const int end = rows_end(from.line, width);
    if (from.row < end)
      break;
    ++from.line;
    from.row -= end - (from.line < end_line() ? rows_begin(from.line) : 0);
  }
  return from;
}

int Scrollback::rows_between(Place from, Place to, int most, Columns width) const {
  int rows = -from.row;
  for (; from.line < to.line && rows < most; ++from.line)
    rows += rows_end(from.line, width) - rows_begin(from.line + 1);
  return std::min(rows + to.row, most);
}

Scrollback::Place Scrollback::top_of_end(Size area) const {
  return up({end_line(), 0}, area.height.value, area.width);
}

Scrollback::Place Scrollback::top(Size area) const {
  const Place end = top_of_end(area);
  // What was being read may be gone, and all else with it.
  const bool is_empty_now = lines_.begin() == end_line();
  if (!top_ || *top_ > end || is_empty_now)
    return end;
  if (top_->line < lines_.begin())
    return {lines_.begin(), rows_begin(lines_.begin())};
  // In a wider area the line has fewer rows, and the day above it may be said no more.
  const int row = std::min(top_->row, rows_end(top_->line, area.width) - 1);
  return {top_->line, std::max(row, rows_begin(top_->line))};
}

}  // namespace chat::client
