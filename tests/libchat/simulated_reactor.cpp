#include "tests/libchat/simulated_reactor.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <utility>

namespace chat::test {
namespace {

// The number of the first message behind these frames of a log.
Sequence next_behind(ByteView frames, Sequence next) {
  while (!frames.empty()) {
    const auto frame = take_frame(frames);
    REQUIRE_MESSAGE((frame && *frame), "a range of a log ends inside a frame");
    if ((*frame)->type == static_cast<std::uint8_t>(MessageType::posted))
      next = next + 1;
  }
  return next;
}

// The frames that are not messages of this user, if it is not 0.
Bytes without(ByteView frames, UserId except) {
  Bytes kept;
  while (!frames.empty()) {
    const ByteView before = frames;
    const auto frame = take_frame(frames);
    if (except == UserId{} || protocol::author_of(**frame) != except)
      append(kept, before.first(before.size() - frames.size()));
  }
  return kept;
}

}  // namespace

void SimulatedReactor::close(ConnectionId connection) {
  for (const auto& [room, cursor] : connections_.find(connection)->cursors)
    drop_reader(room);
  connections_.erase(connection);
}

void SimulatedReactor::carry_out(Outbox events) {
  for (auto& event : events)
    std::visit([&](auto& what) { carry_out(what); }, event);
}

std::optional<CloseReason> SimulatedReactor::closing(ConnectionId connection) {
  const Connection* const found = connections_.find(connection);
  return found != nullptr ? found->closing : std::nullopt;
}

std::size_t SimulatedReactor::held_bytes() const {
  std::size_t bytes = 0;
  for (const auto& [room, view] : views_)
    for (const auto& segment : view.segments)
      bytes += segment->capacity();
  return bytes;
}

void SimulatedReactor::carry_out(outbox::Attach& attach) {
  Connection* const connection = connections_.find(attach.connection);
  if (connection == nullptr)
    return;
  const auto [cursor, is_new] = connection->cursors.try_emplace(attach.room, attach.place.position,
                                                                attach.place.next, attach.except);
  REQUIRE_MESSAGE(is_new, "a connection is attached to a room that it reads already");
  View& view = views_[attach.room];
  if (view.readers++ == 0)
    view.head = attach.held.position;
  if (attach.place.position < attach.held.position)
    pass_gap(attach.connection, *connection, attach.room, attach.held);
}

// Tells the connection what it has missed, and has it go on at `held`.
void SimulatedReactor::pass_gap(ConnectionId id, Connection& connection, RoomId room,
                                LogPlace held) {
  Cursor& cursor = connection.cursors.at(room);
  append(connection.alone, protocol::encode(protocol::Gap{room, cursor.next, held.next - 1}));
  cursor = {held.position, held.next, cursor.except};
  requests_.push_back({id, SnapshotWanted{room}});
}

void SimulatedReactor::carry_out(outbox::Head& head) {
  const auto place = views_.find(head.room);
  if (place == views_.end())
    return;  // its last reader is gone, and the hub has not heard of it yet
  View& view = place->second;
  REQUIRE(head.position >= view.head);
  for (auto& segment : head.fresh) {
    const auto behind = std::ranges::lower_bound(view.segments, segment->begin(), {},
                                                 [](const auto& held) { return held->begin(); });
    if (behind == view.segments.end() || *behind != segment)
      view.segments.insert(behind, std::move(segment));
  }
  view.head = head.position;
}

void SimulatedReactor::carry_out(outbox::Tail& tail) {
  const auto place = views_.find(tail.room);
  if (place == views_.end())
    return;
  std::erase_if(place->second.segments,
                [&](const auto& segment) { return segment->begin() < tail.position; });
  connections_.for_each([&](ConnectionId id, Connection& connection) {
    const auto found = connection.cursors.find(tail.room);
    if (found != connection.cursors.end() && found->second.position < tail.position)
      pass_gap(id, connection, tail.room, {tail.position, tail.next});
  });
}

void SimulatedReactor::carry_out(outbox::Detach& detach) {
  Connection* const connection = connections_.find(detach.connection);
  if (connection != nullptr && connection->cursors.erase(detach.room) > 0)
    drop_reader(detach.room);
}

void SimulatedReactor::carry_out(outbox::Finish& finish) {
  Connection* const connection = connections_.find(finish.connection);
  if (connection == nullptr)
    return;
  const auto found = connection->cursors.find(finish.room);
  REQUIRE_MESSAGE(found != connection->cursors.end(), "a room ends that is not read");
  append(connection->alone, read_room(finish.room, found->second));
  const LogPlace place{found->second.position, found->second.next};
  connection->cursors.erase(found);
  drop_reader(finish.room);
  requests_.push_back({finish.connection, PairRead{finish.room, place}});
}

void SimulatedReactor::carry_out(outbox::SnapshotDue& due) {
  requests_.emplace_back(due.connection, SnapshotWanted{due.room});
}

void SimulatedReactor::carry_out(outbox::Private& frames) {
  if (Connection* const connection = connections_.find(frames.connection))
    append(connection->alone, frames.frames);
}

void SimulatedReactor::carry_out(outbox::Close& close) {
  Connection* const connection = connections_.find(close.connection);
  if (connection == nullptr || connection->closing)
    return;
  connection->closing = close.reason;
  // Of its rooms it gets nothing more.
  for (const auto& [room, cursor] : std::exchange(connection->cursors, {}))
    drop_reader(room);
}

void SimulatedReactor::drop_reader(RoomId room) {
  const auto place = views_.find(room);
  REQUIRE(place != views_.end());
  if (--place->second.readers == 0)
    views_.erase(place);
}

Bytes SimulatedReactor::read(ConnectionId id) {
  Connection* const connection = connections_.find(id);
  REQUIRE(connection != nullptr);
  Bytes bytes = std::exchange(connection->alone, {});
  for (auto& [room, cursor] : connection->cursors)
    append(bytes, read_room(room, cursor));
  return bytes;
}

Bytes SimulatedReactor::read_room(RoomId room, Cursor& cursor) {
  const View& view = views_.at(room);
  Bytes bytes;
  for (std::size_t i = 0; i < view.segments.size(); ++i) {
    const Segment& segment = *view.segments[i];
    const Position end = i + 1 < view.segments.size() ? view.segments[i + 1]->begin() : view.head;
    if (end <= cursor.position)
      continue;
    REQUIRE_MESSAGE(segment.begin() <= cursor.position, "a segment is missing");
    const ByteView range = segment.range(cursor.position, end);
    cursor = {end, next_behind(range, cursor.next), cursor.except};
    append(bytes, without(range, cursor.except));
  }
  REQUIRE_MESSAGE(cursor.position == view.head, "the log's end is missing");
  return bytes;
}

}  // namespace chat::test
