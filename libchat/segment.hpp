#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "libchat/bytes.hpp"
#include "libchat/ids.hpp"

namespace chat {

// A piece of a room's log: whole frames, in memory that is taken once and never moves. The room's
// log appends; readers in other threads read below a head that was handed to them, where bytes
// never change. So they share a segment without a lock.
class Segment {
 public:
  Segment(Position begin, Sequence next, std::size_t capacity)
      : begin_(begin),
        next_(next),
        capacity_(capacity),
        bytes_(std::make_unique_for_overwrite<std::uint8_t[]>(capacity)) {}

  Position begin() const { return begin_; }
  // Sequence number that the first message in this segment has or will have.
  Sequence next() const { return next_; }
  std::size_t capacity() const { return capacity_; }

  // The bytes from `from` to `to`, both inside the segment and not above a head that was handed
  // out. Valid as long as the segment.
  ByteView range(Position from, Position to) const {
    return {bytes_.get() + (from - begin_), to - from};
  }

  // Where to write what stands at `position`. For the log alone.
  std::uint8_t* writable(Position position) { return bytes_.get() + (position - begin_); }

 private:
  Position begin_;
  Sequence next_;
  std::size_t capacity_;
  std::unique_ptr<std::uint8_t[]> bytes_;
};

}  // namespace chat
