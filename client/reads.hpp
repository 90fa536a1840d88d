// Which older messages are wanted from the server, and what has come of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

#include "libchat/ids.hpp"
#include "libchat/protocol.hpp"

namespace chat::client {

// Messages of a room or pair between two numbers. They are read from the end, since that is how
// the server gives them.
struct Range {
  enum class For {
    entered,  // what was said before one came
    missed,   // what was said while one was away
    older,    // above all that is shown
    excerpt,  // around a message far from the end
    // In a conversation that is not open: whether anything was, and only then all of it, as missed.
    recalled,
  };

  For what;
  RoomId room;
  Sequence after;    // this one is known already
  Sequence before;   // the first that is known behind; 0: none
  std::size_t most;  // no more than so many, the last ones

  bool is_empty() const;
};

// Asks for one page at a time, so that no server is asked for more than it is willing to read; what
// a user waits for comes first, then the others by turns, and what is recalled last. Pages are
// claims of the server: what was not asked for is dropped. A plain value.
class Reads {
 public:
  // More ranges than these are passed over.
  static constexpr std::size_t kMostRanges = 8192;
  // What the server gives at most (PROTOCOL.md, "history").
  static constexpr std::size_t kPage = 500;

  // Instead of what was wanted of the same room for the same purpose. Without effect when empty.
  void want(Range range);
  bool wants(RoomId room, Range::For what) const;

  // What to ask now, under a number of the caller's: nothing while a page is under way. Only of
  // rooms that `may_read` allows.
  std::optional<protocol::ReadHistory> next(const std::function<bool(RoomId)>& may_read);

  struct Part {
    Range range;  // as it was before; what is recalled is missed from here on
    std::vector<protocol::HistoryMessage> messages;
    bool is_last;    // nothing more of the range will come
    bool is_oldest;  // the server has nothing older than these
  };
  // Nothing when no such page is under way.
  std::optional<Part> take(protocol::History page);
  // The page under way was refused, and the range with it. Nothing when it is not wanted any more.
  std::optional<Range> refused();
  // The page under way will not come; what was wanted is still.
  void interrupted();

  void forget(RoomId room);
  void forget(Range::For what);
  void forget_all();

 private:
  void add(Range range);
  void forget_if(const std::function<bool(const Range&)>& is_meant);

  std::deque<Range> waiting_;
  std::optional<Range> under_way_;
  bool is_void_ = false;  // the one under way is not wanted any more
};

}  // namespace chat::client
