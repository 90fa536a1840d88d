// Reading, decoding, and what needs no hub to be answered.
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <type_traits>
#include <utility>

#include "server/address_key.hpp"
#include "server/log_format.hpp"
#include "server/reactor.hpp"

namespace chat::server {
namespace {

// What the answer to a request can take in the private queue, roughly: requests are left waiting
// while their answers might not fit. The usual large one of the small answers is an error.
constexpr std::size_t kSmallAnswer = 160;
constexpr std::size_t kWhisperAnswer = 512;  // the first one opens a pair
constexpr std::size_t kPageAnswer = kMaxFrameBytes;
constexpr std::size_t kRoomAnswer = 4 * kMaxFrameBytes;  // a room's whole list of members

std::size_t answer_bytes(const Frame& frame) {
  switch (static_cast<MessageType>(frame.type)) {
    case MessageType::hello:
    case MessageType::join:
      return kRoomAnswer;
    // Go into the logs of all rooms one is in, so that they are limited alike.
    case MessageType::rename:
    case MessageType::set_away:
      return kRoomAnswer;
    case MessageType::whisper:
      return kWhisperAnswer;
    case MessageType::list_rooms:
    case MessageType::list_members:
    case MessageType::read_history:
    case MessageType::search:
      return kPageAnswer;
    default:
      return kSmallAnswer;
  }
}

CloseReason reason_of(FrameError error) {
  return error == FrameError::too_large ? CloseReason::frame_too_large : CloseReason::malformed;
}

// A fault that is answered, or none for one that ends the connection.
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

void Reactor::queue_input(ConnectionId id, Connection& connection) {
  if (connection.in_input_queue)
    return;
  connection.in_input_queue = true;
  (connection.peer_ended ? ended_queue_ : input_queue_).push_back(id);
}

void Reactor::read_ready() {
  std::size_t bytes = 0;
  for (std::size_t left = input_queue_.size(); left > 0 && bytes < kRoundBudget; --left)
    bytes += read_next(input_queue_);
  const std::size_t most = more_events_ ? kEndedWhileMore : kEndedPerRound;
  bytes = 0;
  for (std::size_t left = std::min(ended_queue_.size(), most); left > 0 && bytes < kEndedBudget;
       --left)
    bytes += read_next(ended_queue_);
}

std::size_t Reactor::read_next(std::deque<ConnectionId>& queue) {
  const ConnectionId id = queue.front();
  queue.pop_front();
  Connection* const connection = connections_.find(id);
  if (connection == nullptr || connection->state == State::closed)
    return 0;
  connection->in_input_queue = false;
  const std::size_t bytes = read(id, *connection);
  // It was not sent anything while it waited.
  if (connection->peer_ended && connection->state != State::closed)
    queue_flush(id, *connection);
  return bytes;
}

std::size_t Reactor::read(ConnectionId id, Connection& connection) {
  return connection.takes_requests() && stage_ == Stage::serving ? read_requests(id, connection)
                                                                 : discard_input(id, connection);
}

std::size_t Reactor::read_requests(ConnectionId id, Connection& connection) {
  const std::size_t queued = connection.output.queue.size();
  // Paused; flush() resumes it.
  if (queued >= Output::kPrivateLimit || connection.held_back)
    return 0;
  reply_room_ = Output::kPrivateLimit - queued;
  ByteView bytes;
  if (!connection.has_kept) {
    const auto received = receive(id, connection, holds_back_ ? kHeldBackBudget : kReadBudget);
    if (!received)
      return 0;
    bytes = *received;
  }
  decode(id, connection, bytes);
  if (connection.input_ended && !connection.has_kept && connection.takes_requests())
    end(id, connection, CloseReason::end_of_input);
  if (!connection.held_back && (connection.has_kept || connection.readable))
    queue_input(id, connection);
  return bytes.size();
}

std::size_t Reactor::discard_input(ConnectionId id, Connection& connection) {
  const auto received = receive(id, connection, kReadBudget);
  if (!received)
    return 0;
  if (connection.input_ended && connection.state == State::lingering)
    close(id, connection, connection.reason);
  else if (connection.readable)
    queue_input(id, connection);
  return received->size();
}

// What there is, up to the budget; nothing when the connection was closed for an error.
std::optional<ByteView> Reactor::receive(ConnectionId id, Connection& connection,
                                         std::size_t budget) {
  ssize_t received;
  do
    received = ::recv(connection.socket.get(), scratch_.get(), budget, 0);
  while (received < 0 && errno == EINTR);
  if (received < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
    connection.readable = false;
    return ByteView();
  }
  if (received < 0) {
    close(id, connection, CloseReason::reset, errno);
    return std::nullopt;
  }
  connection.input_ended = received == 0;
  // A stream that gave less than asked for is empty, and an edge will tell of more (epoll(7)). But
  // none comes for an end that was announced already; and a peer that marks urgent data, which this
  // protocol does not use, makes reads short of what is there, and waits until it sends again.
  connection.readable = static_cast<std::size_t>(received) == budget ||
                        (connection.peer_ended && !connection.input_ended);
  if (received > 0)
    connection.liveness.heard(now_);
  return ByteView(scratch_.get(), static_cast<std::size_t>(received));
}

void Reactor::decode(ConnectionId id, Connection& connection, ByteView bytes) {
  bool stopped = false;
  const auto fed = connection.decoder.feed(bytes, [&](const Frame& frame) {
    stopped = !take_frame(id, connection, frame);
    return !stopped;
  });
  if (!fed)
    end(id, connection, reason_of(fed.error()));
  connection.has_kept =
      stopped && connection.takes_requests() && connection.decoder.kept_bytes() > 0;
}

// Whether the next frame may be taken too.
bool Reactor::take_frame(ConnectionId id, Connection& connection, const Frame& frame) {
  auto message = protocol::decode_client_message(frame);
  if (message)
    take_message(id, connection, std::move(*message));
  else if (const auto error = error_of(message.error()))
    refuse(connection, id, frame, *error);
  else
    end(id, connection, CloseReason::malformed);
  reply_room_ -= std::min(reply_room_, answer_bytes(frame));
  return connection.takes_requests() && reply_room_ > 0 && !hold_back(id, connection, frame);
}

// Whoever adds to what waits for the ledger, while that is too much, is not read until it is less.
bool Reactor::hold_back(ConnectionId id, Connection& connection, const Frame& frame) {
  if (!holds_back_ || !waits_for_ledger(static_cast<MessageType>(frame.type)))
    return false;
  connection.held_back = true;
  held_back_.push_back(id);
  return true;
}

void Reactor::take_message(ConnectionId id, Connection& connection,
                           protocol::ClientMessage&& message) {
  std::visit(
      [&]<class Message>(Message& m) {
        if constexpr (std::is_same_v<Message, protocol::Ping>) {
          send(id, connection, protocol::Pong{m.request});
        } else if constexpr (std::is_same_v<Message, protocol::Pong>) {
          // That it came was its purpose.
        } else if constexpr (std::is_same_v<Message, protocol::Goodbye>) {
          end(id, connection, CloseReason::quit);
        } else {
          AddressKey address;
          Arrival arrival;
          if constexpr (std::is_same_v<Message, protocol::Hello>) {
            connection.liveness.said_hello(now_);
            connection.speaks_3 = m.version >= 3;
            set_reminder(id, connection);
            address = address_key(connection.socket.get());
            arrival = arrival_of(id);
          }
          requests_.push_back({id, std::move(m), address, arrival});
        }
      },
      message);
}

void Reactor::refuse(Connection& connection, ConnectionId id, const Frame& frame, ErrorCode code) {
  send(id, connection,
       protocol::Error{protocol::request_of(frame), code, std::string(describe(code))});
  log_refusal(id, connection, name_of(code));
}

// A peer that is refused without end cannot fill the log; how often it was stands in its last line.
void Reactor::log_refusal(ConnectionId id, Connection& connection, std::string_view error) {
  if (connection.refusals < Connection::kMostCounted)
    ++connection.refusals;
  if (connection.refusals <= kLoggedRefusals)
    log_.info("event=refused connection={} error={}", format_id(id_, id), error);
}

}  // namespace chat::server
