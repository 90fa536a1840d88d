#include "server/offer.hpp"

#include <algorithm>
#include <cassert>

#include "libchat/protocol.hpp"

namespace chat::server {
namespace {

Position end_of(const Cursor& cursor) {
  return std::min(cursor.view->head(), cursor.limit);
}

bool is_before_end(const Cursor& cursor) {
  return cursor.position < end_of(cursor);
}

// How many bytes at the front of the frames `run` are to be sent to this cursor's connection.
std::size_t bytes_to_send(const Cursor& cursor, ByteView run) {
  if (cursor.except == UserId{})
    return run.size();
  ByteView rest = run;
  while (!rest.empty()) {
    const ByteView before = rest;
    const auto frame = take_frame(rest);
    assert(frame && *frame);
    if (protocol::author_of(**frame) == cursor.except)
      return run.size() - before.size();
  }
  return run.size();
}

// Moves the cursor over messages that it is not to send.
void pass_excepted(Cursor& cursor) {
  if (cursor.except == UserId{} || cursor.position < cursor.view->tail())
    return;
  while (is_before_end(cursor)) {
    const ByteView run = cursor.view->run(cursor.position, end_of(cursor)).bytes;
    ByteView rest = run;
    const auto frame = take_frame(rest);
    assert(frame && *frame);
    if (protocol::author_of(**frame) != cursor.except)
      return;
    cursor.position = cursor.position + (run.size() - rest.size());
    cursor.next = cursor.next + 1;
  }
}

// Tells the peer what it has missed, and moves on to what there still is.
void pass_gap(Output& output, Cursor& cursor, std::vector<RoomId>& gaps) {
  const RoomView& view = *cursor.view;
  const bool finishing = cursor.limit != kNoLimit;
  protocol::append_frame(output.queue.back(),
                         protocol::Gap{view.room(), cursor.next, view.tail_sequence() - 1});
  cursor.position = view.tail();
  cursor.next = view.tail_sequence();
  pass_excepted(cursor);
  if (!finishing)
    gaps.push_back(view.room());
}

void pass_gaps(Output& output, std::vector<RoomId>& gaps) {
  output.cursors.for_each([&](Cursor& cursor) {
    if (cursor.position < cursor.view->tail())
      pass_gap(output, cursor, gaps);
  });
}

// Those that are to be fed leave the turn.
void find_behind(Output& output, std::vector<RoomId>& behind) {
  const std::size_t before = behind.size();
  output.cursors.for_each([&](Cursor& cursor) {
    if (cursor.position < cursor.view->tail()) {
      cursor.position = kFed;
      behind.push_back(cursor.view->room());
    }
  });
  if (behind.size() > before)
    output.cursors.rotate_and_keep(has_unread);
}

// Moves the cursor over the frames of a run that the peer took `taken` bytes of; the rest of the
// last one is copied, so that no reader holds on to a segment for the sake of half a frame.
void take_part(Output& output, Cursor& cursor, ByteView run, std::size_t taken) {
  std::size_t done = 0;
  while (done < taken) {
    ByteView rest = run.subspan(done);
    const auto frame = take_frame(rest);
    assert(frame && *frame);
    done = run.size() - rest.size();
    if ((*frame)->type == static_cast<std::uint8_t>(MessageType::posted))
      cursor.next = cursor.next + 1;
  }
  cursor.position = cursor.position + done;
  if (done > taken)
    append(output.queue.back(), run.subspan(taken, done - taken));
}

}  // namespace

Offer::Offer(Output& output, std::vector<RoomId>& behind, Behind policy) {
  // A gap comes from the private queue, too, and leads to a snapshot there.
  const bool with_rooms = output.queue.size() < Output::kPrivateLimit;
  if (policy == Behind::is_fed)
    find_behind(output, behind);
  else if (with_rooms)
    pass_gaps(output, behind);
  if (!output.queue.empty())
    add(nullptr, {output.queue.bytes(), {}, {}});
  if (with_rooms)
    output.cursors.for_each([this](Cursor& cursor) { add_room(cursor); });
  if (bytes_ == 0)
    output.cursors.rotate_and_keep(has_unread);
}

void Offer::add(Cursor* cursor, const RoomView::Run& run) {
  part_[parts_] = {cursor, run};
  piece_[parts_] = {const_cast<std::uint8_t*>(run.bytes.data()), run.bytes.size()};
  bytes_ += run.bytes.size();
  ++parts_;
}

void Offer::add_room(Cursor& cursor) {
  for (Position from = cursor.position; from < end_of(cursor) && !full();) {
    RoomView::Run run = cursor.view->run(from, end_of(cursor));
    const std::size_t bytes = bytes_to_send(cursor, run.bytes);
    const bool whole = bytes == run.bytes.size();
    if (!whole)
      run = {run.bytes.first(bytes), from + bytes, {}};
    if (bytes > 0)
      add(&cursor, run);
    // What is behind an excepted message waits for the next round.
    if (!whole)
      return;
    from = run.end;
  }
}

void Offer::take(Output& output, std::size_t taken) const {
  pass(output, taken);
  output.cursors.rotate_and_keep([](Cursor& cursor) {
    pass_excepted(cursor);
    return has_unread(cursor);
  });
}

void Offer::pass(Output& output, std::size_t taken) const {
  for (const Part& part : std::span(part_).first(parts_)) {
    const std::size_t size = part.run.bytes.size();
    const std::size_t of_this = std::min(taken, size);
    taken -= of_this;
    if (part.cursor == nullptr) {
      output.queue.drop_front(of_this);
    } else if (of_this == size && part.run.next != Sequence{}) {
      part.cursor->position = part.run.end;
      part.cursor->next = part.run.next;
    } else if (of_this > 0) {
      take_part(output, *part.cursor, part.run.bytes, of_this);
    }
    if (of_this < size)
      return;
  }
}

bool has_unread(const Cursor& cursor) {
  return is_before_end(cursor);
}

bool queue_cursor(Output& output, Cursor& cursor) {
  pass_excepted(cursor);
  if (!has_unread(cursor))
    return false;
  if (cursor.next_in_turn == nullptr)
    output.cursors.push_back(cursor);
  return true;
}

}  // namespace chat::server
