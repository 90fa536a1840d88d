// The lines of a scrollback, and where among them an older one belongs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "client/line.hpp"
#include "libchat/ids.hpp"

namespace chat::client {

// Lines in the order in which they are shown, the farthest forgotten beyond kMaxLines and
// kMaxBytes. Each has a position: one more than the line above it. Positions of lines stay as they
// are when others come below them or are forgotten; see insert(). A plain value.
class HeldLines {
 public:
  static constexpr std::size_t kMaxLines = 10'000;
  static constexpr std::size_t kMaxBytes = 4 * 1024 * 1024;

  using Position = std::uint64_t;

  // What has moved: the lines above `before` stand `count` higher than they did.
  struct Insertion {
    Position before;
    std::size_t count;
  };

  // Whether lines that are put in are told by take_news().
  enum class Arrival { news, past };

  // Which lines go when there are too many.
  enum class Forget { first, last };

  Position begin() const { return begin_; }
  Position end() const { return begin_ + lines_.size(); }
  // Precondition: from begin() to below end(). Lives until the next change.
  const Line& at(Position position) const { return lines_[position - begin_]; }

  void append(Line line);
  void clear();

  // Puts messages where they belong by their numbers; those that are held already are dropped.
  // Precondition: by ascending numbers. The lines above them get other positions, those below stay.
  // There may be too many lines then.
  std::vector<Insertion> insert(std::vector<Line> lines, Arrival arrival = Arrival::news);
  void forget_surplus(Forget forget);
  // What comes from here on stands below whatever is put in and is older than that.
  void divide() { divide_ = end(); }
  // Tells, above the first message, that there is nothing older; once.
  std::optional<Insertion> insert_beginning(Line line);

  // Puts a line above the first message of somebody else with a higher number; nothing when there
  // is none, or when older ones may be missing right above it.
  std::optional<Insertion> mark(Line line, Sequence after);
  // Whether such a line stands where it would be put now, or nowhere if it would not.
  bool is_marked_right(Sequence after) const;
  // Takes it out again; see take_out(). Where it was, if it was there.
  std::optional<Position> unmark();
  // The number of the message that the mark stands above, or would stand above.
  std::optional<Sequence> first_behind(Sequence after) const;
  // The lines above this one stand one lower then. Precondition: as of at().
  void take_out(Position place);

  // Of the messages; nothing when there is none.
  std::optional<Sequence> first_number() const;
  std::optional<Sequence> last_number() const;
  // Where the message with this number is; and where the first one is, or would be put.
  std::optional<Position> find(Sequence number) const;
  Position first_message() const;
  // How many messages of others have higher numbers than this.
  std::size_t messages_behind(Sequence number) const;
  // How many of these should not be overlooked.
  std::size_t mentions_behind(Sequence number) const;
  // The last one of those; nothing when there is none.
  std::optional<Sequence> last_mention_behind(Sequence number) const;
  // They mean nothing any more.
  void forget_numbers();

  // The lines that have come since the last call, those that were put in at their turn, in the
  // order in which they came; at the first call all that are held. Copies are kept only from then
  // on.
  std::vector<Line> take_news();

  // Whether another page of messages might make it forget some.
  bool is_full() const;

 private:
  struct Held {
    Sequence number;
    std::size_t index;
  };

  std::vector<Held> held() const;
  std::optional<std::size_t> place_of(const Line& line, const std::vector<Held>& held) const;
  std::optional<std::size_t> index_to_mark(Sequence after) const;
  std::size_t divide_index() const;
  Insertion put(std::size_t index, std::vector<Line> lines);

  std::deque<Line> lines_;
  std::size_t bytes_ = 0;  // of the texts
  // Far from 0, so that there are positions above.
  Position begin_ = Position{1} << 62;
  Position divide_ = begin_;
  std::optional<std::vector<Line>> news_;
};

}  // namespace chat::client
