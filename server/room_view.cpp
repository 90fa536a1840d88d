#include "server/room_view.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <utility>

#include "libchat/frame.hpp"
#include "libchat/vocabulary.hpp"

namespace chat::server {

void RoomView::add(Cursor& cursor) {
  cursor.index = static_cast<std::uint32_t>(readers_.size());
  readers_.push_back(&cursor);
}

void RoomView::remove(Cursor& cursor) {
  assert(readers_[cursor.index] == &cursor);
  readers_[cursor.index] = readers_.back();
  readers_[cursor.index]->index = cursor.index;
  readers_.pop_back();
}

void RoomView::advance(outbox::Head& head) {
  for (auto& segment : head.fresh)
    insert(std::move(segment));
  head_ = head.position;
  next_ = head.next;
}

// Nearly always at the end; before it where a session was taken up again behind what is held.
void RoomView::insert(std::shared_ptr<const Segment> segment) {
  auto place = segments_.end();
  while (place != segments_.begin() && (*std::prev(place))->begin() > segment->begin())
    --place;
  if (place == segments_.begin() || (*std::prev(place))->begin() < segment->begin())
    segments_.insert(place, std::move(segment));
}

void RoomView::reach(LogPlace place) {
  if (place.position < tail_) {
    tail_ = place.position;
    tail_sequence_ = place.next;
  }
  // Its last readers may be connections that end, who were told of no head since then.
  if (place.position > head_) {
    head_ = place.position;
    next_ = place.next;
  }
}

void RoomView::drop_below(const outbox::Tail& tail) {
  tail_ = tail.position;
  tail_sequence_ = tail.next;
  // Oldest first.
  const auto kept = std::ranges::find_if(
      segments_, [&](const auto& segment) { return segment->begin() >= tail_; });
  segments_.erase(segments_.begin(), kept);
}

RoomView::Run RoomView::run(Position from, Position to) const {
  assert(tail_ <= from && from < to && to <= head_);
  // Nearly everybody reads at the end, so look there first.
  auto segment = segments_.rbegin();
  while (segment != segments_.rend() && (*segment)->begin() > from)
    ++segment;
  assert(segment != segments_.rend());
  const bool is_last = segment == segments_.rbegin();
  const Position segment_end = is_last ? head_ : (*std::prev(segment))->begin();
  const Position end = std::min(to, segment_end);
  Sequence next;
  if (end == head_)
    next = next_;
  else if (end == segment_end)
    next = (*std::prev(segment))->next();
  return {(*segment)->range(from, end), end, next};
}

Position RoomView::place_before(Sequence next) const {
  if (next <= tail_sequence_)
    return tail_;
  // Nearly everybody goes on near the tail.
  auto segment = segments_.begin();
  while (std::next(segment) != segments_.end() && (*std::next(segment))->next() < next)
    ++segment;
  const bool is_last = std::next(segment) == segments_.end();
  const Position end = is_last ? head_ : (*std::next(segment))->begin();
  ByteView rest = (*segment)->range((*segment)->begin(), end);
  for (Sequence passed = (*segment)->next(); passed < next;) {
    const auto frame = take_frame(rest);
    assert(frame && *frame);
    if ((*frame)->type == static_cast<std::uint8_t>(MessageType::posted))
      passed = passed + 1;
  }
  return Position{end.value - rest.size()};
}

RoomView* RoomViews::find(RoomId room) {
  const auto place = views_.find(room);
  return place == views_.end() ? nullptr : place->second.get();
}

RoomView& RoomViews::open(RoomId room, LogPlace place) {
  auto& view = views_[room];
  if (!view)
    view = std::make_unique<RoomView>(room, place);
  view->reach(place);
  return *view;
}

void RoomViews::release(Cursor& cursor) {
  RoomView& view = *cursor.view;
  view.remove(cursor);
  if (view.readers().empty())
    views_.erase(view.room());
}

}  // namespace chat::server
