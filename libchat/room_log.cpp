#include "libchat/room_log.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>

#include "libchat/frame.hpp"
#include "libchat/vocabulary.hpp"

namespace chat {

LogBudget::Place LogBudget::add(RoomLog& log, std::size_t bytes) {
  used_ += bytes;
  return oldest_first_.insert(oldest_first_.end(), &log);
}

void LogBudget::remove(Place place, std::size_t bytes) {
  used_ -= bytes;
  oldest_first_.erase(place);
}

void LogBudget::enforce() {
  for (auto place = oldest_first_.begin(); used_ > limit_ && place != oldest_first_.end();) {
    RoomLog& log = **place;
    const bool is_its_oldest = log.held_.front().place == place;
    ++place;
    if (is_its_oldest && log.may_drop_oldest())
      log.drop_oldest();
  }
}

RoomLog::RoomLog(RoomId room, LogBudget& budget, std::size_t retention, LogPlace begin)
    : room_(room),
      budget_(budget),
      retention_(retention),
      begin_(begin),
      head_(begin.position),
      handed_out_(head_),
      next_(begin.next) {}

RoomLog::~RoomLog() {
  for (const Held& held : held_)
    budget_.remove(held.place, held.segment->capacity());
}

void RoomLog::append(ByteView frame, bool is_message) {
  if (room_in_last() < frame.size())
    begin_segment(frame.size());
  std::copy(frame.begin(), frame.end(), held_.back().segment->writable(head_));
  head_ = head_ + frame.size();
  if (is_message)
    next_ = next_ + 1;
  shorten();
}

std::size_t RoomLog::room_in_last() const {
  if (held_.empty())
    return 0;
  const Segment& last = *held_.back().segment;
  return last.capacity() - (head_ - last.begin());
}

void RoomLog::begin_segment(std::size_t frame_bytes) {
  const std::size_t wished =
      held_.empty() ? kFirstSegmentBytes
                    : std::min(held_.back().segment->capacity() * 2, kLargestSegmentBytes);
  const std::size_t capacity = std::max(wished, frame_bytes);
  held_.push_back(
      {std::make_shared<Segment>(head_, next_, capacity), budget_.add(*this, capacity)});
  held_bytes_ += capacity;
}

void RoomLog::shorten() {
  while (held_bytes_ > retention_ && may_drop_oldest())
    drop_oldest();
  budget_.enforce();
}

bool RoomLog::may_drop_oldest() const {
  return (held_.size() > 1 ? held_[1].segment->begin() : head_) <= handed_out_;
}

void RoomLog::drop_oldest() {
  const std::size_t capacity = held_.front().segment->capacity();
  budget_.remove(held_.front().place, capacity);
  budget_.shortened_.push_back(room_);
  held_bytes_ -= capacity;
  held_.erase(held_.begin());
}

LogPlace RoomLog::behind(Sequence last) const {
  if (last + 1 == begin_.next && tail() == begin_.position)
    return begin_;
  if (last < tail_sequence())
    return {Position{}, last + 1};
  // The last segment that begins with `last` or an earlier message.
  const auto place = std::prev(std::ranges::upper_bound(
      held_, last, {}, [](const Held& held) { return held.segment->next(); }));
  const bool is_last = std::next(place) == held_.end();
  const Position end = is_last ? head_ : std::next(place)->segment->begin();
  return {position_behind(*place->segment, end, last), last + 1};
}

// Behind the frame of the message `last`, which is in the segment.
Position RoomLog::position_behind(const Segment& segment, Position end, Sequence last) {
  ByteView rest = segment.range(segment.begin(), end);
  for (Sequence next = segment.next(); next <= last;) {
    const auto frame = take_frame(rest);
    assert(frame && *frame);
    if ((*frame)->type == static_cast<std::uint8_t>(MessageType::posted))
      next = next + 1;
  }
  return Position{end.value - rest.size()};
}

RoomLog::Segments RoomLog::segments_begun(Position from) const {
  Segments found;
  for (const Held& held : held_)
    if (held.segment->begin() >= from)
      found.push_back(held.segment);
  return found;
}

RoomLog::Segments RoomLog::segments_holding(Position from) const {
  Segments found;
  for (std::size_t i = 0; i < held_.size(); ++i) {
    const Position end = i + 1 < held_.size() ? held_[i + 1].segment->begin() : head_;
    if (end > from)
      found.push_back(held_[i].segment);
  }
  return found;
}

}  // namespace chat
