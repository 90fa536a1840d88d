// Entering the hub, carrying out what it says, and sending.
#include <algorithm>
#include <utility>
#include <variant>

#include "libchat/protocol.hpp"
#include "server/connection.hpp"
#include "tests/simulation/reactor.hpp"
#include "tests/simulation/violation.hpp"

namespace chat::sim {

void Reactor::enter(Hub& hub, Now now) {
  carry_out();
  statistics_.add(Seen::hub_entries);
  for (const AddressKey address : std::exchange(departed_, {}))
    departures_.add(address);
  hub.enter(id_, requests_, now);
  requests_.clear();
  std::swap(events_, hub.outbox(id_));
  connections_.for_each([](ConnectionId, Connection& connection) {
    connection.has_departed = connection.state == State::draining;
  });
  if (events_.empty())
    freeze_ending();
}

void Reactor::carry_out(std::size_t most) {
  if (carried_out_ == events_.size())
    return;
  for (; most > 0 && carried_out_ < events_.size(); --most, ++carried_out_)
    std::visit([this](auto& what) { carry_out(what); }, events_[carried_out_]);
  const bool is_whole = carried_out_ == events_.size();
  if (is_whole)
    attached_.clear();
  for (const RoomId room : advanced_)
    if (server::RoomView* const view = views_.find(room))
      queue_readers(*view);
  if (!is_whole)
    return statistics_.add(Seen::partial_carry_outs);
  advanced_.clear();
  events_.clear();
  carried_out_ = 0;
  freeze_ending();
}

// What it reads may come with a later event than the one that says that it reads.
bool Reactor::is_being_attached(ConnectionId id) const {
  return std::ranges::find(attached_, id) != attached_.end();
}

Bytes Reactor::flush(ConnectionId id, std::size_t most) {
  Connection* const connection = connections_.find(id);
  Bytes sent;
  if (connection == nullptr || is_being_attached(id))
    return sent;
  std::vector<RoomId> behind;
  const server::Offer offer(connection->output, behind,
                            archive_ != nullptr ? server::Behind::is_fed : server::Behind::is_told);
  catch_up(*connection, behind);
  for (const iovec& piece : offer.pieces()) {
    const ByteView bytes(static_cast<const std::uint8_t*>(piece.iov_base), piece.iov_len);
    append(sent, bytes.first(std::min(bytes.size(), most - sent.size())));
  }
  statistics_.add(Seen::flushes);
  if (!sent.empty())
    offer.take(connection->output, sent.size());
  drop_finished_cursors(id, *connection);
  feed_next(id, *connection);
  ask_for_snapshot(id, *connection);
  if (connection->has_kept && !connection->held_back && connection->state == State::open &&
      carried_out_ == events_.size() &&
      connection->output.queue.size() < server::Output::kPrivateLimit)
    decode(id, *connection, {});
  // A name is free when its holder has been said goodbye to.
  if (connection->has_departed && !connection->output.pending())
    finish(id, *connection);
  return sent;
}

bool Reactor::owes(ConnectionId id) const {
  const Connection* const connection = connections_.find(id);
  return connection != nullptr &&
         (connection->output.pending() || connection->has_kept || !connection->fed.empty() ||
          !connection->snapshots_due.empty() || connection->state != State::open);
}

void Reactor::owe_snapshot(Connection& connection, RoomId room) {
  if (std::ranges::find(connection.snapshots_due, room) == connection.snapshots_due.end())
    connection.snapshots_due.push_back(room);
}

void Reactor::ask_for_snapshot(ConnectionId id, Connection& connection) {
  if (connection.snapshots_due.empty() ||
      connection.output.queue.size() >= server::Output::kPrivateLimit)
    return;
  requests_.push_back({id, SnapshotWanted{connection.snapshots_due.front()}});
  connection.snapshots_due.erase(connection.snapshots_due.begin());
}

void Reactor::drop_finished_cursors(ConnectionId id, Connection& connection) {
  connection.cursors.for_each([&](server::Cursor& cursor) {
    if (cursor.limit == server::kNoLimit || server::has_unread(cursor) ||
        (cursor.is_fed() && connection.state == State::open))
      return;
    if (connection.state == State::open)
      requests_.push_back({id, PairRead{cursor.view->room(), {cursor.position, cursor.next}}});
    drop_cursor(connection, cursor);
  });
}

void Reactor::drop_cursor(Connection& connection, server::Cursor& cursor) {
  if (cursor.next_in_turn != nullptr)
    connection.output.cursors.remove(cursor);
  views_.release(cursor);
  connection.cursors.erase(cursors_, cursor);
}

void Reactor::drop_cursors(Connection& connection) {
  connection.cursors.for_each([&](server::Cursor& cursor) { drop_cursor(connection, cursor); });
}

void Reactor::carry_out(outbox::Attach& attach) {
  Connection* const connection = connections_.find(attach.connection);
  const bool reads =
      connection != nullptr &&
      (connection->state == State::open ||
       (connection->state == State::ending && server::keeps_reading(connection->reason)));
  if (!reads)
    return;
  require(connection->cursors.find(attach.room) == nullptr,
          "a connection is attached to a room that it reads");
  server::RoomView& view = views_.open(attach.room, attach.held);
  server::Cursor& cursor = connection->cursors.add(cursors_, {.view = &view,
                                                              .connection = attach.connection.slot,
                                                              .position = attach.place.position,
                                                              .next = attach.place.next,
                                                              .except = attach.except});
  view.add(cursor);
  attached_.push_back(attach.connection);
  if (server::has_unread(cursor))
    advanced_.push_back(attach.room);
}

void Reactor::carry_out(outbox::Head& head) {
  for (const auto& segment : head.fresh)
    segments_.saw(segment);
  server::RoomView* const view = views_.find(head.room);
  if (view == nullptr)
    return;
  require(view->head() <= head.position, "a head goes back");
  view->advance(head);
  advanced_.push_back(head.room);
}

void Reactor::queue_readers(server::RoomView& view) {
  for (server::Cursor* cursor : view.readers()) {
    const ConnectionId id = connections_.in_slot(cursor->connection);
    if (!is_being_attached(id))
      server::queue_cursor(connections_.find(id)->output, *cursor);
  }
}

void Reactor::carry_out(outbox::Tail& tail) {
  statistics_.add(Seen::evictions);
  if (server::RoomView* const view = views_.find(tail.room))
    view->drop_below(tail);
}

void Reactor::carry_out(outbox::Detach& detach) {
  Connection* const connection = connections_.find(detach.connection);
  if (connection == nullptr)
    return;
  if (server::Cursor* const cursor = connection->cursors.find(detach.room))
    drop_cursor(*connection, *cursor);
}

void Reactor::carry_out(outbox::Finish& finish) {
  Connection* const connection = connections_.find(finish.connection);
  if (connection == nullptr)
    return;
  if (server::Cursor* const cursor = connection->cursors.find(finish.room))
    cursor->limit = std::min(cursor->limit, cursor->view->head());
}

void Reactor::carry_out(outbox::GoOn& on) {
  Connection* const connection = connections_.find(on.connection);
  if (connection == nullptr || connection->state != State::open)
    return;
  if (server::Cursor* const cursor = connection->cursors.find(on.room))
    cursor->limit = server::kNoLimit;
}

void Reactor::carry_out(outbox::SnapshotDue& due) {
  if (Connection* const connection = connections_.find(due.connection))
    owe_snapshot(*connection, due.room);
}

void Reactor::carry_out(outbox::Private& frames) {
  Connection* const connection = connections_.find(frames.connection);
  if (connection != nullptr && !connection->goodbye_queued)
    append(connection->output.queue.back(), frames.frames);
}

void Reactor::carry_out(outbox::Close& close) {
  if (Connection* const connection = connections_.find(close.connection))
    end(close.connection, *connection, close.reason);
}

void Reactor::carry_out(outbox::HoldBack& hold) {
  holds_back_ = hold.senders;
  if (!holds_back_)
    connections_.for_each(
        [](ConnectionId, Connection& connection) { connection.held_back = false; });
}

}  // namespace chat::sim
