// The lines of a room, and which of them are on the screen.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "client/line.hpp"
#include "client/units.hpp"

namespace chat::client {

// One row of the chat area.
struct ChatRow {
  const Line* line;
  std::string_view text;  // the part of the line's text that stands in this row
  bool first;             // the row with the time; the others are indented
};

// How far the further rows of a line are indented in an area that is `width` wide.
Columns indent_for(Columns width);

// Lines in the order in which they came, the oldest forgotten beyond kMaxLines and
// kMaxBytes. Shows their end until somebody scrolls up; then what is being read stays where it is,
// whatever comes in and however the area's size changes. A plain value; areas may have any size,
// also none.
class Scrollback {
 public:
  static constexpr std::size_t kMaxLines = 10'000;
  static constexpr std::size_t kMaxBytes = 4 * 1024 * 1024;

  void append(Line line);
  void clear();
  // Lines that stand below all others for now, instead of those given before.
  void set_pending(std::vector<Line> lines) { pending_ = std::move(lines); }

  // By one page less a row, so that one finds the place again.
  void page_up(Size area);
  void page_down(Size area);
  void to_end();

  bool at_end() const { return !top_; }
  // How many messages have come in below since at_end() was true last.
  std::size_t new_below() const { return new_below_; }

  // What is on the screen, from the top. The views live until the next change of the lines.
  std::vector<ChatRow> visible(Size area) const;

 private:
  // A row: lines are numbered through as they come, rows within a line at the present width.
  struct Place {
    std::uint64_t line;
    std::size_t row;
    auto operator<=>(const Place&) const = default;
  };

  std::uint64_t end_line() const { return first_line_ + lines_.size() + pending_.size(); }
  const Line& line_at(std::uint64_t number) const;
  std::vector<std::string_view> rows_of(std::uint64_t line, Columns width) const;
  Place up(Place from, int rows, Columns width) const;
  Place down(Place from, int rows, Columns width) const;
  // The top row when the end is shown.
  Place top_of_end(Size area) const;
  Place top(Size area) const;

  std::deque<Line> lines_;
  std::vector<Line> pending_;
  std::size_t bytes_ = 0;         // of the texts in lines_
  std::uint64_t first_line_ = 0;  // number of lines_.front()
  std::optional<Place> top_;      // the top row while reading, none at the end
  std::size_t new_below_ = 0;
};

}  // namespace chat::client
