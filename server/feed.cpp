#include "server/feed.hpp"

#include <algorithm>
#include <utility>

namespace chat::server {
namespace {

protocol::Posted posted(RoomId room, const protocol::HistoryMessage& message) {
  return {.room = room,
          .sequence = message.sequence,
          .time = message.time,
          .user = message.user,
          .kind = message.kind,
          .nickname = message.nickname,
          .text = message.text};
}

}  // namespace

void FeedFrames::add(const protocol::HistoryMessage& message) {
  pass_to(message.sequence);
  next_ = message.sequence + 1;
  if (message.user != question_.except || question_.except == UserId{})
    protocol::append_frame(frames_, posted(question_.room, message));
}

void FeedFrames::pass_to(Sequence to) {
  if (next_ < to)
    protocol::append_frame(frames_, protocol::Gap{question_.room, next_, to - 1});
  next_ = std::max(next_, to);
}

FeedAnswer FeedFrames::finish() {
  return {question_.connection, question_.room, question_.from, next_, std::move(frames_)};
}

std::optional<FeedQuestion> next_question(ConnectionId connection, const Cursor& cursor) {
  const Sequence to = cursor.view->tail_sequence();
  if (cursor.next >= to)
    return std::nullopt;
  return FeedQuestion{connection, cursor.view->room(), cursor.next, to, cursor.except};
}

void take_piece(Output& output, Cursor* cursor, const FeedAnswer& answer) {
  if (cursor == nullptr || !cursor->is_fed() || cursor->next != answer.from)
    return;
  cursor->next = answer.next;
  if (!answer.frames.empty())
    append(output.queue.back(), answer.frames);
}

bool end_feeding(Output& output, Cursor& cursor) {
  protocol::append_frame(output.queue.back(),
                         protocol::Gap{cursor.view->room(), cursor.next, cursor.next - 1});
  cursor.position = cursor.view->place_before(cursor.next);
  queue_cursor(output, cursor);
  return cursor.limit == kNoLimit;
}

}  // namespace chat::server
