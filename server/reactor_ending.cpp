// How connections end: the one way out of each state, and the timeouts that lead there.
//
// open -> end() -> ending -> freeze() -> draining -> finish() -> lingering -> close() -> closed.
// A reset or a failure goes to close() from anywhere.
#include <sys/socket.h>

#include <cassert>
#include <cerrno>
#include <cstring>
#include <utility>

#include "server/log_format.hpp"
#include "server/reactor.hpp"

namespace chat::server {
namespace {

bool is_told(CloseReason reason) {
  return reason < CloseReason::end_of_input;
}

LeaveReason leave_reason(CloseReason reason) {
  return reason == CloseReason::quit ? LeaveReason::quit : LeaveReason::lost;
}

}  // namespace

void Reactor::end(ConnectionId id, Connection& connection, CloseReason reason) {
  if (connection.state != State::open)
    return;
  connection.state = State::ending;
  connection.reason = reason;
  connection.liveness.ending(now_);
  if (!keeps_reading(reason))
    drop_cursors(connection);
  ending_.push_back(id);
  set_reminder(id, connection);
  // Input is discarded from now on, to find its end.
  if (connection.readable)
    queue_input(id, connection);
}

// After the hub was entered with the last requests of those who end: what their rooms have
// published when these are answered is the last that they get. Only then the hub hears that they
// leave.
void Reactor::freeze_ending() {
  for (const ConnectionId id : std::exchange(ending_, {}))
    awaiting_.push_back({id, submitted_});
  std::erase_if(awaiting_,
                [this](const Awaiting& awaiting) { return freeze_unless_awaiting(awaiting); });
}

// Whether it has not to wait any more.
bool Reactor::freeze_unless_awaiting(const Awaiting& awaiting) {
  Connection* const connection = connections_.find(awaiting.connection);
  if (connection == nullptr || connection->state != State::ending)
    return true;
  const bool is_answered = taken_back_ >= awaiting.batch && connection->reads == 0;
  if (keeps_reading(connection->reason) && !is_answered)
    return false;
  freeze(awaiting.connection, *connection);
  requests_.push_back({awaiting.connection, Departed{leave_reason(connection->reason)}});
  return true;
}

void Reactor::freeze(ConnectionId id, Connection& connection) {
  connection.state = State::draining;
  connection.has_limited = true;
  connection.cursors.for_each(
      [](Cursor& cursor) { cursor.limit = std::min(cursor.limit, cursor.view->head()); });
  queue_flush(id, connection);
}

// Everything was sent: goodbye, and then the end of our side.
void Reactor::finish(ConnectionId id, Connection& connection) {
  if (is_told(connection.reason) && !connection.goodbye_queued) {
    connection.goodbye_queued = true;
    send(id, connection,
         protocol::Goodbye{RequestId{}, connection.reason,
                           std::string(describe(connection.reason))});
    return;
  }
  // Closing now would reset the connection when input has come that was not read, and the peer
  // might lose what it was just sent. So the peer closes first, or its time is up.
  if (connection.input_ended || ::shutdown(connection.socket.get(), SHUT_WR) != 0)
    return close(id, connection, connection.reason);
  connection.state = State::lingering;
}

void Reactor::close(ConnectionId id, Connection& connection, CloseReason reason, int error) {
  if (connection.state == State::closed)
    return;
  // Who is draining has departed already. Whoever was about to leaves for the reason of that: a
  // goodbye counts, even if the connection broke before what came with it was answered.
  if (connection.state == State::open)
    requests_.push_back({id, Departed{leave_reason(reason)}});
  else if (connection.state == State::ending)
    requests_.push_back({id, Departed{leave_reason(connection.reason)}});
  connection.state = State::closed;
  connection.reason = reason;
  drop_cursors(connection);
  closed_.push_back(id);
  log_.info("event=disconnected connection={} reason={} refused={}{}", format_id(id_, id),
            name_of(reason), connection.refusals,
            error == 0 ? "" : fmt::format(" error={:?}", std::strerror(error)));
}

void Reactor::destroy_closed() {
  for (const ConnectionId id : std::exchange(closed_, {})) {
    connections_.erase(id);
    newcomers_.erase(id.slot);
    snapshots_due_.erase(id.slot);
    fed_.erase(id.slot);
    arrivals_.ended(id_);
    admission_.connections.fetch_sub(1);
  }
}

void Reactor::set_reminder(ConnectionId id, Connection& connection) {
  const MonotonicTime when = connection.liveness.deadline(connection.blocked, timeouts_);
  if (connection.reminder.is_set() && connection.reminder.time() <= when)
    return;
  connection.reminder = CoarseTime(when);
  wheel_.set(id.slot, when);
}

void Reactor::check_liveness(ConnectionId id) {
  Connection* const connection = connections_.find(id);
  // This reminder was for another one in this slot, or has been replaced.
  if (connection == nullptr || connection->state == State::closed ||
      now_ < connection->reminder.time())
    return;
  connection->reminder = {};
  // It may well have said something: it is not read.
  if (connection->held_back)
    connection->liveness.heard(now_);
  using Verdict = Liveness::Verdict;
  switch (connection->liveness.check(now_, connection->blocked, timeouts_)) {
    case Verdict::alive:
      break;
    case Verdict::silent:
      protocol::append_frame(connection->output.queue.back(), protocol::Ping{});
      flush(id, *connection);
      connection->liveness.pinged(now_);
      break;
    case Verdict::hello_timeout:
      end(id, *connection, CloseReason::hello_timeout);
      break;
    case Verdict::ping_timeout:
      end(id, *connection, CloseReason::ping_timeout);
      break;
    case Verdict::stalled:
      return close(id, *connection, CloseReason::stalled);
    case Verdict::ended:
      return close(id, *connection, connection->reason);
  }
  set_reminder(id, *connection);
}

}  // namespace chat::server
