// What connections read from the archive, as in the server.
#include <algorithm>

#include "tests/simulation/reactor.hpp"

namespace chat::sim {

void Reactor::carry_out(outbox::ReadHistory& read) {
  const Connection* const connection = connections_.find(read.connection);
  if (connection != nullptr && connection->state == State::open)
    archive_->ask(id_, read);
}

void Reactor::take(Archive::Answer& answer) {
  carry_out();
  std::visit([this](auto& what) { take(what); }, answer.what);
}

void Reactor::take(Archive::ReadAnswer& answer) {
  Connection* const connection = connections_.find(answer.connection);
  if (connection == nullptr || connection->goodbye_queued)
    return;
  statistics_.add(Seen::histories_from_store);
  append(connection->output.queue.back(), answer.frames);
}

// Who cannot be told from memory what comes next is fed, or told what is missing.
void Reactor::catch_up(Connection& connection, const std::vector<RoomId>& behind) {
  for (const RoomId room : behind) {
    if (archive_ == nullptr)
      owe_snapshot(connection, room);
    else if (connection.state == State::open &&
             std::ranges::find(connection.fed, room) == connection.fed.end())
      connection.fed.push_back(room);
  }
}

void Reactor::feed_next(ConnectionId id, Connection& connection) {
  if (connection.is_asked_for || connection.state != State::open ||
      connection.output.queue.size() >= server::Output::kPrivateLimit / 2)
    return;
  for (; !connection.fed.empty(); connection.fed.pop_front()) {
    server::Cursor* const cursor = connection.cursors.find(connection.fed.front());
    if (cursor == nullptr || !cursor->is_fed())
      continue;
    if (const auto question = server::next_question(id, *cursor)) {
      archive_->ask(id_, *question);
      connection.is_asked_for = true;
      return;
    }
    statistics_.add(Seen::feedings_ended);
    if (server::end_feeding(connection.output, *cursor))
      owe_snapshot(connection, cursor->view->room());
  }
}

void Reactor::take(server::FeedAnswer& answer) {
  Connection* const connection = connections_.find(answer.connection);
  if (connection == nullptr || connection->state != State::open)
    return;
  statistics_.add(Seen::pieces_fed);
  connection->is_asked_for = false;
  server::take_piece(connection->output, connection->cursors.find(answer.room), answer);
  feed_next(answer.connection, *connection);
}

}  // namespace chat::sim
