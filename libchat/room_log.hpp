// A room's append-only log of encoded frames, in segments that grow from 128 bytes to 64 KiB, so
// that a small room costs little. The oldest segments are dropped when the room, or all rooms
// together, hold more than their retention allows.
//
// One writer (in the server: under the hub's lock). Readers hold segments and a head; see Segment.
#pragma once

#include <absl/container/inlined_vector.h>

#include <cstddef>
#include <list>
#include <memory>
#include <utility>
#include <vector>

#include "libchat/bytes.hpp"
#include "libchat/ids.hpp"
#include "libchat/segment.hpp"

namespace chat {

class RoomLog;

// What all logs together may hold, in bytes of segments. Above it the segment that was begun first
// goes, whichever room's it is, unless it holds what no reader could have read yet. Outlives its
// logs.
class LogBudget {
 public:
  explicit LogBudget(std::size_t limit) : limit_(limit) {}

  std::size_t used() const { return used_; }

  // The rooms whose logs have lost segments since the last call; a room can appear repeatedly.
  std::vector<RoomId> take_shortened() { return std::exchange(shortened_, {}); }

 private:
  friend class RoomLog;
  using Place = std::list<RoomLog*>::iterator;

  Place add(RoomLog& log, std::size_t bytes);
  void remove(Place place, std::size_t bytes);
  void enforce();

  std::size_t limit_;
  std::size_t used_ = 0;
  std::list<RoomLog*> oldest_first_;  // one entry per segment
  std::vector<RoomId> shortened_;
};

class RoomLog {
 public:
  static constexpr std::size_t kFirstSegmentBytes = 128;
  // 16 pages, with what malloc takes for itself of a block that comes in whole pages.
  static constexpr std::size_t kLargestSegmentBytes = 64 * 1024 - 32;

  // `retention`: bytes of segments that this room may hold, beside what was appended since the last
  // end_round(). The segment being filled counts, but is kept whatever its size.
  // `begin`: with the number of its first message; what may have come before is not in memory.
  RoomLog(RoomId room, LogBudget& budget, std::size_t retention,
          LogPlace begin = {Position{}, Sequence{1}});
  ~RoomLog();
  RoomLog(const RoomLog&) = delete;
  RoomLog& operator=(const RoomLog&) = delete;

  // Appends one whole frame. `is_message`: it carries the number next(), which then goes up.
  void append(ByteView frame, bool is_message);

  // Readers are told of the head now. Until the end of the next round nothing behind it is dropped:
  // however much a round appends, who has read everything before misses nothing of it.
  void end_round() { handed_out_ = head_; }

  LogPlace end() const { return {head_, next_}; }
  Position head() const { return head_; }
  // Sequence number of the next message.
  Sequence next() const { return next_; }

  // The oldest byte held, and the number of the first message at or behind it.
  Position tail() const { return held_.empty() ? head_ : held_.front().segment->begin(); }
  Sequence tail_sequence() const { return held_.empty() ? next_ : held_.front().segment->next(); }

  // Right behind the message `last`, 0 for none. When that message is no longer held, or may have
  // been followed by frames that are not, a place below the tail. Precondition: last < next().
  LogPlace behind(Sequence last) const;

  using Segments = std::vector<std::shared_ptr<const Segment>>;
  // The segments that hold bytes at or above `from`, oldest first.
  Segments segments_holding(Position from) const;
  // Of these, the ones without any byte below `from`.
  Segments segments_begun(Position from) const;

  RoomId room() const { return room_; }

 private:
  friend class LogBudget;
  struct Held {
    std::shared_ptr<Segment> segment;
    LogBudget::Place place;
  };

  static Position position_behind(const Segment& segment, Position end, Sequence last);
  void begin_segment(std::size_t frame_bytes);
  void shorten();
  bool may_drop_oldest() const;
  void drop_oldest();
  std::size_t room_in_last() const;

  RoomId room_;
  LogBudget& budget_;
  std::size_t retention_;
  std::size_t held_bytes_ = 0;
  LogPlace begin_;
  Position head_;
  Position handed_out_;
  Sequence next_;
  absl::InlinedVector<Held, 1> held_;
};

}  // namespace chat
