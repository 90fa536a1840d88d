// What connections read from the store: histories, searches, and rooms in which they have fallen
// behind what is in memory.
#include <algorithm>
#include <cassert>
#include <utility>

#include "server/log_format.hpp"
#include "server/reactor.hpp"

namespace chat::server {
namespace {

// Of what one is fed, so much may wait to be sent when more is asked for. Requests are answered
// beside it.
constexpr std::size_t kMostWaiting = Output::kPrivateLimit / 2;

}  // namespace

template <class Question>
void Reactor::ask_archive(Question& question) {
  const ConnectionId id = question.connection;
  Connection* const connection = connections_.find(id);
  const bool is_heard =
      connection != nullptr && (connection->takes_requests() || connection->state == State::ending);
  if (!is_heard)
    return;
  if (connection->reads >= kMostReads) {
    const auto code = ErrorCode::too_many_reads;
    send(id, *connection, protocol::Error{question.request, code, std::string(describe(code))});
    return log_refusal(id, *connection, name_of(code));
  }
  ++connection->reads;
  archive_->ask(id_, std::move(question));
}

void Reactor::carry_out(outbox::ReadHistory& read) {
  ask_archive(read);
}

void Reactor::carry_out(outbox::Search& search) {
  ask_archive(search);
}

void Reactor::take_answers() {
  if (archive_ == nullptr)
    return;
  for (Archive::Answer& answer : archive_->take(id_))
    std::visit([&](auto& what) { take_answer(what); }, answer);
}

void Reactor::take_answer(ReadAnswer& answer) {
  Connection* const connection = connections_.find(answer.connection);
  if (connection == nullptr)
    return;
  --connection->reads;
  if (connection->goodbye_queued || connection->state == State::closed)
    return;
  append(connection->output.queue.back(), answer.frames);
  queue_flush(answer.connection, *connection);
}

// --- feeding ------------------------------------------------------------------------------------

// The connection is to be fed the room, after those that it is fed already.
void Reactor::feed(ConnectionId id, Connection& connection, RoomId room) {
  if (!connection.takes_requests())
    return;
  auto& rooms = fed_[id.slot];
  if (std::ranges::find(rooms, room) == rooms.end())
    rooms.push_back(room);
  connection.is_fed = true;
}

// Asks for the next piece when the peer has taken most of the last one.
void Reactor::feed_next(ConnectionId id, Connection& connection) {
  if (connection.is_asked_for || connection.output.queue.size() >= kMostWaiting ||
      !connection.takes_requests())
    return;
  const auto place = fed_.find(id.slot);
  while (!place->second.empty()) {
    Cursor* const cursor = connection.cursors.find(place->second.front());
    if (cursor != nullptr && cursor->is_fed()) {
      if (const auto question = next_question(id, *cursor)) {
        archive_->ask(id_, *question);
        connection.is_asked_for = true;
        return;
      }
      finish_feeding(id, connection, *cursor);
    }
    place->second.pop_front();
  }
  fed_.erase(place);
  connection.is_fed = false;
}

void Reactor::take_answer(FeedAnswer& answer) {
  Connection* const connection = connections_.find(answer.connection);
  if (connection == nullptr || !connection->takes_requests())
    return;
  connection->is_asked_for = false;
  take_piece(connection->output, connection->cursors.find(answer.room), answer);
  feed_next(answer.connection, *connection);
  queue_flush(answer.connection, *connection);
}

void Reactor::finish_feeding(ConnectionId id, Connection& connection, Cursor& cursor) {
  if (end_feeding(connection.output, cursor))
    owe_snapshot(id, connection, cursor.view->room());
  queue_flush(id, connection);
}

}  // namespace chat::server
