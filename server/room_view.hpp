// What a reactor holds of the rooms that its connections read: how far each log may be read, the
// segments, and a cursor per reader. Fed from the reactor's outbox alone. Owned by one reactor.
#pragma once

#include <absl/container/btree_map.h>
#include <absl/container/inlined_vector.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "libchat/bytes.hpp"
#include "libchat/connection_table.hpp"
#include "libchat/ids.hpp"
#include "libchat/outbox.hpp"
#include "libchat/segment.hpp"

namespace chat::server {

class RoomView;

inline constexpr Position kNoLimit{std::numeric_limits<std::uint64_t>::max()};
// Of a cursor that goes on from the store, from its next message on, until that is in memory.
inline constexpr Position kFed{std::numeric_limits<std::uint64_t>::max()};

// How far one connection has read one room. Stands at a frame boundary.
struct Cursor {
  bool is_fed() const { return position == kFed; }

  RoomView* view;
  std::uint32_t connection;  // its slot; who reads is not closed
  std::uint32_t index = 0;   // in the view's readers
  Position position;
  Sequence next;                         // of the first message at or behind the position
  Position limit = kNoLimit;             // nothing at or behind it is sent
  UserId except{};                       // whose messages are not sent; 0 for none
  Cursor* next_in_turn = nullptr;        // not null: is in its connection's CursorQueue
  Cursor* next_of_connection = nullptr;  // see CursorList
};

class RoomView {
 public:
  RoomView(RoomId room, LogPlace place)
      : room_(room),
        head_(place.position),
        tail_(place.position),
        next_(place.next),
        tail_sequence_(place.next) {}

  RoomId room() const { return room_; }
  Position head() const { return head_; }
  Position tail() const { return tail_; }
  // Of the first message at or behind head and tail.
  Sequence next() const { return next_; }
  Sequence tail_sequence() const { return tail_sequence_; }
  using Readers = absl::InlinedVector<Cursor*, 2>;  // two: a pair
  const Readers& readers() const { return readers_; }

  // A reader comes that goes on there. What is behind the place will come with the next head, if it
  // has not come already.
  void reach(LogPlace place);

  void add(Cursor& cursor);
  void remove(Cursor& cursor);

  // Right behind the message before `next`, or the tail when that is above. Precondition: not above
  // next().
  Position place_before(Sequence next) const;

  void advance(outbox::Head& head);
  void drop_below(const outbox::Tail& tail);

  // The longest run of whole frames from `from`, at or above the tail, to `to` that lies in one
  // piece of memory. Valid until the view is next changed.
  struct Run {
    ByteView bytes;
    Position end;
    Sequence next;  // of the first message at or behind the end; not known (0) inside a segment
  };
  Run run(Position from, Position to) const;

 private:
  void insert(std::shared_ptr<const Segment> segment);

  RoomId room_;
  Position head_;
  Position tail_;
  Sequence next_;
  Sequence tail_sequence_;
  absl::InlinedVector<std::shared_ptr<const Segment>, 1> segments_;  // oldest first
  Readers readers_;
};

// All views of a reactor.
class RoomViews {
 public:
  RoomView* find(RoomId room);
  // The view, which holds the log from the place on, or from before; when there was none, it stands
  // there.
  RoomView& open(RoomId room, LogPlace place);
  // Takes the cursor out of its view, and drops a view that has no readers left.
  void release(Cursor& cursor);
  std::size_t size() const { return views_.size(); }

 private:
  absl::btree_map<RoomId, std::unique_ptr<RoomView>> views_;
};

}  // namespace chat::server
