// A part of what was said in a room or pair, far from its end.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "client/line.hpp"
#include "client/reads.hpp"
#include "client/scrollback.hpp"
#include "client/units.hpp"
#include "libchat/ids.hpp"

namespace chat::client {

// The messages around one, which grow as one scrolls; on the far side they are forgotten then. A
// plain value.
class Excerpt {
 public:
  enum class Begin { around, here };

  // `title` says what it is a part of. Begin::around has the message in the middle, marked;
  // Begin::here goes on where somebody reads already.
  Excerpt(RoomId room, std::string title, Sequence message, Begin begin, Size area)
      : room_(room), title_(std::move(title)), message_(message), begin_(begin), area_(area) {}

  RoomId room() const { return room_; }
  const std::string& title() const { return title_; }
  const Scrollback& scrollback() const { return scrollback_; }
  // Whether the message is there, so that there is something to show.
  bool is_ready() const { return is_ready_; }
  // Whether the message with this number is among the lines.
  bool holds(Sequence number) const { return scrollback_.holds_message(number); }
  bool is_marked(Sequence number) const { return begin_ == Begin::around && number == message_; }
  // Why the last messages that were wanted did not come; or empty.
  const std::string& trouble() const { return trouble_; }

  // What to read first.
  Range around() const;
  // Scrolls. What to read then, if it is near where the lines end.
  std::optional<Range> page_up(Size area);
  std::optional<Range> page_down(Size area);

  // Messages that were read, `is_oldest` when there are none above them.
  void add(const Range& range, std::vector<Line> lines, bool is_oldest);
  void failed(std::string why) { trouble_ = std::move(why); }

 private:
  static constexpr std::uint64_t kAround = 50;

  RoomId room_;
  std::string title_;
  Sequence message_;
  Begin begin_;
  Size area_;
  Scrollback scrollback_{Scrollback::FirstDay::always};
  Sequence kept_from_;  // there is nothing older; 0: that is not known
  bool is_ready_ = false;
  std::string trouble_;
};

}  // namespace chat::client
