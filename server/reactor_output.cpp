// Carrying out what the hub says, and sending.
#include <algorithm>
#include <cassert>
#include <cerrno>
#include <utility>

#include "server/log_format.hpp"
#include "server/output.hpp"
#include "server/reactor.hpp"

namespace chat::server {
namespace {

// Who has vanished does not delay the others: what is still owed is sent when its end is seen to.
bool may_be_sent_to(const Connection& connection) {
  const bool waits_for_end = connection.peer_ended && connection.in_input_queue;
  return !connection.blocked && !waits_for_end;
}

}  // namespace

void Reactor::carry_out(outbox::Attach& attach) {
  Connection* const connection = connections_.find(attach.connection);
  // Who is about to end still reads what its last requests have led to.
  const bool reads = connection != nullptr &&
                     (connection->takes_requests() ||
                      (connection->state == State::ending && keeps_reading(connection->reason)));
  if (!reads)
    return;
  newcomers_.erase(attach.connection.slot);
  RoomView& view = views_.open(attach.room, attach.held);
  Cursor& cursor = connection->cursors.add(cursors_, {.view = &view,
                                                      .connection = attach.connection.slot,
                                                      .position = attach.place.position,
                                                      .next = attach.place.next,
                                                      .except = attach.except});
  view.add(cursor);
  // A session that is taken up again is behind the head, also when that does not move.
  if (has_unread(cursor))
    advanced_.push_back(attach.room);
}

void Reactor::carry_out(outbox::Head& head) {
  RoomView* const view = views_.find(head.room);
  if (view == nullptr)
    return;
  if (view->readers().size() >= CrowdQueue::kCrowd)
    crowd_.owe((head.position - view->head()) * view->readers().size());
  view->advance(head);
  advanced_.push_back(head.room);
}

// Once per round, however often other reactors have advanced the head meanwhile.
void Reactor::queue_readers() {
  std::ranges::sort(advanced_);
  const auto repeated = std::ranges::unique(advanced_);
  advanced_.erase(repeated.begin(), repeated.end());
  for (const RoomId room : std::exchange(advanced_, {})) {
    RoomView* const view = views_.find(room);
    if (view == nullptr)
      continue;
    const bool is_crowd = view->readers().size() >= CrowdQueue::kCrowd;
    for (Cursor* cursor : view->readers()) {
      const ConnectionId id = connections_.in_slot(cursor->connection);
      Connection& connection = *connections_.find(id);
      if (!queue_cursor(connection.output, *cursor))
        continue;
      if (is_crowd)
        queue_in_crowd(id, connection);
      else
        queue_flush(id, connection);
    }
  }
}

void Reactor::carry_out(outbox::Tail& tail) {
  if (RoomView* const view = views_.find(tail.room))
    view->drop_below(tail);
}

void Reactor::carry_out(outbox::Detach& detach) {
  Connection* const connection = connections_.find(detach.connection);
  if (connection == nullptr)
    return;
  if (Cursor* const cursor = connection->cursors.find(detach.room))
    drop_cursor(*connection, *cursor);
}

void Reactor::carry_out(outbox::Finish& finish) {
  Connection* const connection = connections_.find(finish.connection);
  if (connection == nullptr)
    return;
  Cursor* const cursor = connection->cursors.find(finish.room);
  if (cursor == nullptr)
    return;
  cursor->limit = std::min(cursor->limit, cursor->view->head());
  connection->has_limited = true;
  queue_flush(finish.connection, *connection);
}

void Reactor::carry_out(outbox::GoOn& on) {
  Connection* const connection = connections_.find(on.connection);
  if (connection == nullptr || !connection->takes_requests())
    return;
  if (Cursor* const cursor = connection->cursors.find(on.room))
    cursor->limit = kNoLimit;
}

void Reactor::carry_out(outbox::HoldBack& hold) {
  holds_back_ = hold.senders;
  if (holds_back_)
    return;
  for (const ConnectionId id : std::exchange(held_back_, {}))
    if (Connection* const connection = connections_.find(id)) {
      connection->held_back = false;
      resume_input(id, *connection);
    }
}

void Reactor::carry_out(outbox::SnapshotDue& due) {
  Connection* const connection = connections_.find(due.connection);
  if (connection == nullptr || !connection->takes_requests())
    return;
  owe_snapshot(due.connection, *connection, due.room);
  queue_flush(due.connection, *connection);
}

void Reactor::carry_out(outbox::Private& frames) {
  Connection* const connection = connections_.find(frames.connection);
  if (connection == nullptr || connection->goodbye_queued)
    return;
  append(connection->output.queue.back(), frames.frames);
  if (frames.may_wait)
    late_list_.push_back({frames.connection, now_, round_});
  else
    queue_flush(frames.connection, *connection);
}

void Reactor::carry_out(outbox::Close& close) {
  if (Connection* const connection = connections_.find(close.connection))
    end(close.connection, *connection, close.reason);
}

void Reactor::carry_out(outbox::Notice& notice) {
  using What = outbox::Notice::What;
  const std::string id = format_id(id_, notice.connection);
  switch (notice.what) {
    case What::named:
      log_.info("event=named connection={} user={} nick={:?}", id, notice.user.value,
                notice.nickname);
      break;
    case What::resumed:
      log_.info("event=resumed connection={} user={} nick={:?}", id, notice.user.value,
                notice.nickname);
      break;
    case What::renamed:
      log_.info("event=renamed connection={} nick={:?} before={:?}", id, notice.nickname,
                notice.detail);
      break;
    case What::joined:
      log_.info("event=joined connection={} nick={:?} room={:?}", id, notice.nickname,
                notice.detail);
      break;
    case What::left:
      log_.info("event=left connection={} nick={:?} room={:?}", id, notice.nickname, notice.detail);
      break;
    case What::refused:
      if (Connection* const connection = connections_.find(notice.connection))
        log_refusal(notice.connection, *connection, notice.detail);
      break;
  }
}

void Reactor::queue_flush(ConnectionId id, Connection& connection) {
  if (connection.in_flush_list || !may_be_sent_to(connection))
    return;
  connection.in_flush_list = true;
  flush_list_.push_back(id);
}

void Reactor::queue_in_crowd(ConnectionId id, Connection& connection) {
  if (connection.in_crowd || !may_be_sent_to(connection))
    return;
  connection.in_crowd = true;
  crowd_.push(id);
}

// Whoever was sent something meanwhile has nothing left to be sent, and whose turn in the crowd is
// to come gets it then.
void Reactor::queue_late_ones() {
  const auto is_due = [&](const Late& late) {
    return now_ - late.since >= kLate && round_ - late.round >= kLateRounds;
  };
  for (; !late_list_.empty() && is_due(late_list_.front()); late_list_.pop_front()) {
    const ConnectionId id = late_list_.front().connection;
    Connection* const connection = connections_.find(id);
    if (connection != nullptr && !connection->in_crowd)
      queue_flush(id, *connection);
  }
}

void Reactor::flush_ready() {
  // What is queued meanwhile, by what is left over or by an ending, waits for the next round.
  for (const ConnectionId id : std::exchange(flush_list_, {}))
    flush_queued(id);
  crowd_.flush(stage_ == Stage::leaving, [this](ConnectionId id) { flush_in_crowd(id); });
}

void Reactor::flush_queued(ConnectionId id) {
  Connection* const connection = connections_.find(id);
  if (connection == nullptr || connection->state == State::closed)
    return;
  connection->in_flush_list = false;
  flush(id, *connection);
}

// Who ends is sent to from the list alone, once per round: so the hub has heard of it before the
// goodbye is sent, and a name is free when its holder has been said goodbye to.
void Reactor::flush_in_crowd(ConnectionId id) {
  Connection* const connection = connections_.find(id);
  if (connection == nullptr)
    return;
  connection->in_crowd = false;
  if (connection->takes_requests())
    flush(id, *connection);
}

void Reactor::flush(ConnectionId id, Connection& connection) {
  const Behind policy = archive_ != nullptr ? Behind::is_fed : Behind::is_told;
  const SendResult result = send_pending(connection, now_, behind_, policy);
  const int error = errno;
  for (const RoomId room : std::exchange(behind_, {}))
    if (policy == Behind::is_fed)
      feed(id, connection, room);
    else
      owe_snapshot(id, connection, room);
  if (connection.has_limited)
    drop_finished_cursors(id, connection);
  switch (result) {
    case SendResult::all:
      if (connection.state == State::draining)
        finish(id, connection);
      break;
    case SendResult::more:
      send_rest(id, connection);
      break;
    case SendResult::blocked:
      set_reminder(id, connection);
      break;
    case SendResult::broken:
      return hear_the_rest(id, connection, error);
  }
  if (connection.is_fed)
    feed_next(id, connection);
  ask_for_snapshot(id, connection);
  resume_input(id, connection);
}

void Reactor::owe_snapshot(ConnectionId id, Connection& connection, RoomId room) {
  auto& rooms = snapshots_due_[id.slot];
  if (std::ranges::find(rooms, room) == rooms.end())
    rooms.push_back(room);
  connection.snapshots_due = true;
}

// One at a time, as the peer takes them: who is in sixty large rooms at once would be sent
// megabytes that nobody has read yet.
void Reactor::ask_for_snapshot(ConnectionId id, Connection& connection) {
  if (!connection.snapshots_due || connection.output.queue.size() >= Output::kPrivateLimit)
    return;
  const auto due = snapshots_due_.find(id.slot);
  requests_.push_back({id, SnapshotWanted{due->second.front()}});
  due->second.erase(due->second.begin());
  connection.snapshots_due = !due->second.empty();
  if (connection.snapshots_due)
    queue_flush(id, connection);
  else
    snapshots_due_.erase(due);
}

// Nothing more can be sent. But the peer may have said something before it broke the connection, a
// goodbye for instance: that is read first, as far as its answers fit.
void Reactor::hear_the_rest(ConnectionId id, Connection& connection, int error) {
  if (!connection.peer_ended) {
    connection.peer_ended = true;
    connection.readable = true;
  }
  const bool may_hear = stage_ == Stage::serving && connection.takes_requests() &&
                        connection.readable && !connection.held_back &&
                        connection.output.queue.size() < Output::kPrivateLimit;
  if (may_hear)
    queue_input(id, connection);
  else
    close(id, connection, CloseReason::reset, error);
}

// Whoever is owed more than one send takes does not hold up the others either.
void Reactor::send_rest(ConnectionId id, Connection& connection) {
  if (!connection.takes_requests())
    return queue_flush(id, connection);
  crowd_.owe(FlushPace::kPortion);
  queue_in_crowd(id, connection);
}

// Takes up again the requests of a connection that was left waiting for its private queue.
void Reactor::resume_input(ConnectionId id, Connection& connection) {
  if (stage_ == Stage::serving && connection.takes_requests() &&
      (connection.has_kept || connection.readable) &&
      connection.output.queue.size() < Output::kPrivateLimit)
    queue_input(id, connection);
}

void Reactor::drop_cursor(Connection& connection, Cursor& cursor) {
  if (cursor.next_in_turn != nullptr)
    connection.output.cursors.remove(cursor);
  views_.release(cursor);
  connection.cursors.erase(cursors_, cursor);
}

void Reactor::drop_cursors(Connection& connection) {
  // All at once: each by itself would search the whole queue.
  while (connection.output.cursors.pop_front() != nullptr) {
  }
  connection.cursors.for_each([&](Cursor& cursor) { drop_cursor(connection, cursor); });
}

void Reactor::drop_finished_cursors(ConnectionId id, Connection& connection) {
  connection.has_limited = false;
  connection.cursors.for_each([&](Cursor& cursor) {
    if (cursor.limit == kNoLimit)
      return;
    if (has_unread(cursor) || (cursor.is_fed() && connection.takes_requests())) {
      connection.has_limited = true;
      return;
    }
    // While the connection is open, only pairs that have ended are limited.
    if (connection.takes_requests())
      requests_.push_back({id, PairRead{cursor.view->room(), {cursor.position, cursor.next}}});
    drop_cursor(connection, cursor);
  });
}

}  // namespace chat::server
