#include "tests/simulation/reactor.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "libchat/protocol.hpp"
#include "server/connection.hpp"

namespace chat::sim {
namespace {

LeaveReason leave_reason(CloseReason reason) {
  return reason == CloseReason::quit ? LeaveReason::quit : LeaveReason::lost;
}

// What the answer can take in the private queue, roughly, as in the server.
std::size_t answer_bytes(const Frame& frame) {
  switch (static_cast<MessageType>(frame.type)) {
    case MessageType::hello:
    case MessageType::join:
    case MessageType::rename:
    case MessageType::set_away:
      return 4 * kMaxFrameBytes;
    case MessageType::list_rooms:
    case MessageType::list_members:
    case MessageType::read_history:
    case MessageType::search:
      return kMaxFrameBytes;
    default:
      return 512;
  }
}

std::optional<ErrorCode> error_of(protocol::Fault fault) {
  switch (fault) {
    case protocol::Fault::unknown_type:
      return ErrorCode::unknown_type;
    case protocol::Fault::too_long:
      return ErrorCode::field_too_long;
    case protocol::Fault::invalid_utf8:
      return ErrorCode::invalid_utf8;
    case protocol::Fault::bad_value:
      return ErrorCode::bad_value;
    case protocol::Fault::truncated:
      break;
  }
  return std::nullopt;
}

}  // namespace

Reactor::~Reactor() {
  connections_.for_each([&](ConnectionId, Connection& connection) { drop_cursors(connection); });
}

ConnectionId Reactor::accept(AddressKey address, Arrival arrival) {
  carry_out();
  statistics_.add(Seen::connections);
  return connections_.emplace(Connection{.address = address, .arrival = arrival});
}

bool Reactor::takes_input(const Connection& connection) const {
  return connection.state == State::open && !connection.has_kept && !connection.held_back &&
         connection.output.queue.size() < server::Output::kPrivateLimit;
}

std::size_t Reactor::receive(ConnectionId id, ByteView bytes) {
  carry_out();
  Connection* const connection = connections_.find(id);
  if (connection == nullptr)
    return 0;
  if (connection->state != State::open)
    return bytes.size();
  if (!takes_input(*connection)) {
    statistics_.add(Seen::paused);
    return 0;
  }
  decode(id, *connection, bytes);
  return bytes.size();
}

void Reactor::end_input(ConnectionId id) {
  carry_out();
  Connection* const connection = connections_.find(id);
  if (connection == nullptr || connection->state != State::open)
    return;
  statistics_.add(Seen::hang_ups);
  connection->input_ended = true;
  if (!connection->has_kept)
    end(id, *connection, CloseReason::end_of_input);
}

void Reactor::decode(ConnectionId id, Connection& connection, ByteView bytes) {
  reply_room_ = server::Output::kPrivateLimit - connection.output.queue.size();
  bool stopped = false;
  const auto fed = connection.decoder.feed(bytes, [&](const Frame& frame) {
    take(id, connection, frame);
    reply_room_ -= std::min(reply_room_, answer_bytes(frame));
    stopped = connection.state != State::open || reply_room_ == 0 || hold_back(connection, frame);
    return !stopped;
  });
  if (!fed)
    end(id, connection,
        fed.error() == FrameError::too_large ? CloseReason::frame_too_large
                                             : CloseReason::malformed);
  const bool is_open = connection.state == State::open;
  connection.has_kept = stopped && is_open && connection.decoder.kept_bytes() > 0;
  if (connection.input_ended && is_open && !connection.has_kept)
    end(id, connection, CloseReason::end_of_input);
}

// Whoever adds to what waits to be committed, while that is too much, is not read until it is less.
bool Reactor::hold_back(Connection& connection, const Frame& frame) {
  if (!holds_back_ || !server::waits_for_ledger(static_cast<MessageType>(frame.type)))
    return false;
  statistics_.add(Seen::held_back);
  connection.held_back = true;
  return true;
}

void Reactor::take(ConnectionId id, Connection& connection, const Frame& frame) {
  auto message = protocol::decode_client_message(frame);
  if (message)
    return take_message(id, connection, std::move(*message));
  const auto error = error_of(message.error());
  if (!error)
    return end(id, connection, CloseReason::malformed);
  protocol::append_frame(connection.output.queue.back(),
                         protocol::Error{protocol::request_of(frame), *error, {}});
}

void Reactor::take_message(ConnectionId id, Connection& connection,
                           protocol::ClientMessage message) {
  std::visit(
      [&]<class Message>(Message& m) {
        if constexpr (std::is_same_v<Message, protocol::Goodbye>)
          end(id, connection, CloseReason::quit);
        else if constexpr (std::is_same_v<Message, protocol::Ping>)
          protocol::append_frame(connection.output.queue.back(), protocol::Pong{m.request});
        else if constexpr (!std::is_same_v<Message, protocol::Pong>)
          requests_.push_back({id, std::move(m), connection.address, connection.arrival});
      },
      message);
}

void Reactor::reset(ConnectionId id) {
  carry_out();
  Connection* const connection = connections_.find(id);
  if (connection == nullptr)
    return;
  statistics_.add(Seen::resets);
  // Who is draining has departed already.
  if (connection->state != State::draining)
    depart(id, *connection, CloseReason::reset);
  drop_cursors(*connection);
  connections_.erase(id);
}

void Reactor::end(ConnectionId id, Connection& connection, CloseReason reason) {
  if (connection.state != State::open)
    return;
  connection.state = State::ending;
  connection.reason = reason;
  if (!server::keeps_reading(reason))
    drop_cursors(connection);
  ending_.push_back(id);
}

// After the hub was entered with the last requests of those who end.
void Reactor::freeze_ending() {
  for (const ConnectionId id : std::exchange(ending_, {}))
    if (Connection* const connection = connections_.find(id))
      freeze(id, *connection);
}

void Reactor::freeze(ConnectionId id, Connection& connection) {
  connection.state = State::draining;
  limit_to_heads(connection);
  depart(id, connection, connection.reason);
}

// What its rooms have published by now is the last that it gets.
void Reactor::limit_to_heads(Connection& connection) {
  connection.cursors.for_each(
      [](server::Cursor& cursor) { cursor.limit = std::min(cursor.limit, cursor.view->head()); });
}

void Reactor::say_goodbye() {
  carry_out();
  connections_.for_each([&](ConnectionId, Connection& connection) {
    connection.has_departed = true;
    if (connection.state == State::open)
      connection.reason = CloseReason::restarting;
    else if (connection.state != State::ending)
      return;
    connection.state = State::draining;
    limit_to_heads(connection);
  });
}

void Reactor::depart(ConnectionId id, const Connection& connection, CloseReason reason) {
  requests_.push_back({id, Departed{leave_reason(reason)}});
  if (leave_reason(reason) == LeaveReason::lost)
    departed_.push_back(connection.address);
}

// All was sent: goodbye, and then the end.
void Reactor::finish(ConnectionId id, Connection& connection) {
  if (connection.reason < CloseReason::end_of_input && !connection.goodbye_queued) {
    connection.goodbye_queued = true;
    statistics_.add(Seen::goodbyes);
    return protocol::append_frame(connection.output.queue.back(),
                                  protocol::Goodbye{{}, connection.reason, {}});
  }
  drop_cursors(connection);
  connections_.erase(id);
}

std::vector<ConnectionId> Reactor::connections() {
  std::vector<ConnectionId> all;
  connections_.for_each([&](ConnectionId id, Connection&) { all.push_back(id); });
  return all;
}

std::size_t Reactor::most_queued() {
  std::size_t most = 0;
  connections_.for_each([&](ConnectionId, Connection& connection) {
    most = std::max(most, connection.output.queue.size());
  });
  return most;
}

}  // namespace chat::sim
