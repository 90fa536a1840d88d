// Which of the lines of a room are on the screen.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "client/held_lines.hpp"
#include "client/line.hpp"
#include "client/line_search.hpp"
#include "client/units.hpp"
#include "libchat/ids.hpp"

namespace chat::client {

// One row of the chat area.
struct ChatRow {
  enum class Part {
    day,      // says of which day the line is; nothing of its text
    first,    // the row with the time
    further,  // indented
  };

  const Line* line;
  std::string_view text;  // the part of the line's text that stands in this row
  Part part;
};

// How many columns the time takes in front of a line, with the space behind it, in an area that is
// `width` wide. 0: there is no room for it.
Columns clock_width_for(Columns width);

// How far the further rows of a line are indented there.
Columns indent_for(Columns width);

// Lines and which of them are read. Shows their end until somebody scrolls up; then what is being
// read stays where it is, whatever comes in, also above it, and however the area's size changes. A
// plain value; areas may have any size, also none.
//
// Where the day changes, a row says so. It belongs to the line below it, so that it is right
// whatever comes in above.
class Scrollback {
 public:
  // Whether the day of the first line is said always, or only when the last one is of another.
  enum class FirstDay { always, if_past };

  explicit Scrollback(FirstDay first_day = FirstDay::if_past) : first_day_(first_day) {}

  void append(Line line);
  void clear();
  // Lines that stand below all others for now, instead of those given before.
  void set_pending(std::vector<Line> lines) { pending_ = std::move(lines); }

  // See HeldLines: messages that belong above others.
  void insert(std::vector<Line> lines, HeldLines::Forget forget = HeldLines::Forget::first,
              HeldLines::Arrival arrival = HeldLines::Arrival::news);
  void insert_beginning(Line line);
  // The last line that is what `is_meant` means is no longer there; nothing happens without one.
  void take_out(const std::function<bool(const Line&)>& is_meant);
  void divide() { lines_.divide(); }
  // Shows where the messages behind this one begin, as soon as that place is held, until that is
  // taken back.
  void mark(Sequence last_seen);
  // The message at which that is shown.
  std::optional<Sequence> marked() const {
    return mark_behind_ ? lines_.first_behind(*mark_behind_) : std::nullopt;
  }
  void unmark();
  // See HeldLines.
  void forget_numbers();
  std::size_t messages_behind(Sequence number) const { return lines_.messages_behind(number); }
  std::size_t mentions_behind(Sequence number) const { return lines_.mentions_behind(number); }
  std::optional<Sequence> last_mention_behind(Sequence number) const {
    return lines_.last_mention_behind(number);
  }
  bool has_lines() const { return lines_.begin() != lines_.end(); }
  std::optional<Sequence> first_number() const { return lines_.first_number(); }
  std::optional<Sequence> last_number() const { return lines_.last_number(); }
  // Whether it holds the room's message with this number, and not a line that stands for it.
  bool holds_message(Sequence number) const;
  bool is_full() const { return lines_.is_full(); }
  // Lives until the next change.
  const HeldLines& held() const { return lines_; }
  std::vector<Line> take_news() { return lines_.take_news(); }

  // By one page less a row, so that one finds the place again.
  void page_up(Size area, std::optional<Rows> by = std::nullopt);
  void page_down(Size area, std::optional<Rows> by = std::nullopt);
  void to_end();
  // What is in the area now is being read, also when that is the end.
  void stay(Size area);
  // The message with this number stands below so many rows, as far as there are lines around it and
  // all of it is in the area then.
  // False, and nothing happens, when it is not held.
  bool show(Sequence number, Size area, int rows_above);

  // Whether the message with this number is in the area.
  bool shows(Sequence number, Size area) const;

  // The last message of which a part is in the area; nothing when there is none.
  std::optional<Sequence> last_shown(Size area) const;

  // Goes from what was found last, or from the end, up or down to the next line that has what is
  // looked for, which then stands in the middle of the area. False, and nothing happens, when there
  // is none. From::here: the line that was found last counts, too.
  enum class From { here, next };
  bool find_older(const LineSearch& search, Size area, From from);
  bool find_newer(const LineSearch& search, Size area);
  void forget_found() { found_.reset(); }

  bool at_end() const { return !top_; }
  // Whether the first message of the room is in the area, or one or two pages above it; the same
  // for the last line.
  bool shows_first(Size area) const;
  bool is_near_first(Size area) const;
  bool is_near_end(Size area) const;
  // How many messages have come in below since at_end() was true last.
  std::size_t new_below() const { return new_below_; }

  // What is on the screen, from the top. The views live until the next change of the lines.
  std::vector<ChatRow> visible(Size area) const;

 private:
  // A row: rows are numbered within a line at the present width, from 0 where its text begins; a
  // row above that has a negative number.
  struct Place {
    HeldLines::Position line;
    int row;
    auto operator<=>(const Place&) const = default;
  };

  HeldLines::Position end_line() const { return lines_.end() + pending_.size(); }
  const Line& line_at(HeldLines::Position position) const;
  std::vector<std::string_view> rows_of(HeldLines::Position line, Columns width) const;
  // The number of its first row, and of the one behind its last.
  int rows_begin(HeldLines::Position line) const;
  int rows_end(HeldLines::Position line, Columns width) const;
  // Whether the day is to be said above it.
  bool begins_day(HeldLines::Position line) const;
  // The last line from `line` upwards that has a time.
  const Line* timed_line(HeldLines::Position line) const;
  ChatRow row_at(HeldLines::Position line, int row, std::span<const std::string_view> texts) const;
  Place up(Place from, int rows, Columns width) const;
  Place down(Place from, int rows, Columns width) const;
  // How many rows there are between two places, as far as there are fewer than `most`.
  int rows_between(Place from, Place to, int most, Columns width) const;
  // The top row when the end is shown.
  Place top_of_end(Size area) const;
  Place top(Size area) const;
  void follow(const HeldLines::Insertion& insertion);
  void keep_mark();
  void take_mark_out();
  void close_up(HeldLines::Position place);
  bool stop_at(HeldLines::Position line, Size area);
  void put_below(int rows_above, HeldLines::Position line, Size area);

  HeldLines lines_;
  std::vector<Line> pending_;
  FirstDay first_day_;
  std::optional<Place> top_;  // the top row while reading, none at the end
  Size read_in_;              // the area in which top_ was chosen
  std::size_t new_below_ = 0;
  std::optional<Sequence> mark_behind_;
  std::optional<HeldLines::Position> found_;
};

}  // namespace chat::client
