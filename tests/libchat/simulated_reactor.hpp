// A reactor without sockets: it carries out an outbox as a real one does, and each connection reads
// what it would be sent. A connection may be told to read nothing for a while. What a reader's peer
// receives are bytes; nothing is handed over that is not a whole frame at the end.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "libchat/bytes.hpp"
#include "libchat/connection_table.hpp"
#include "libchat/hub.hpp"
#include "libchat/outbox.hpp"

namespace chat::test {

class SimulatedReactor {
 public:
  ConnectionId connect() { return connections_.emplace(); }

  // Drops everything at once, as after a reset; the hub has still to be told with Departed.
  void close(ConnectionId connection);

  // Carries out what the hub wants done, in order.
  void carry_out(Outbox events);

  // What the hub is to be told because a reader had fallen behind.
  std::vector<Request> take_requests() { return std::exchange(requests_, {}); }

  // Everything that can be sent to the connection now: first what is for it alone, then its rooms.
  Bytes read(ConnectionId connection);

  // Why the hub wants the connection closed, if it does.
  std::optional<CloseReason> closing(ConnectionId connection);

  // Whether senders are not to be read.
  bool holds_back() const { return holds_back_; }

  const std::vector<outbox::Notice>& notices() const { return notices_; }

  // Bytes of segments held for readers, of all rooms.
  std::size_t held_bytes() const;
  std::size_t held_rooms() const { return views_.size(); }

 private:
  struct Cursor {
    Position position;
    Sequence next;
    UserId except;
  };
  struct Connection {
    Bytes alone;
    std::map<RoomId, Cursor> cursors;
    std::optional<CloseReason> closing;
  };
  struct View {
    Position head;
    std::vector<std::shared_ptr<const Segment>> segments;
    std::size_t readers = 0;
  };

  void carry_out(outbox::Attach& attach);
  void carry_out(outbox::Head& head);
  void carry_out(outbox::Tail& tail);
  void carry_out(outbox::Detach& detach);
  void carry_out(outbox::Finish& finish);
  // Nothing is left of a limit here: what ends is read at once.
  void carry_out(outbox::GoOn&) {}
  // Nobody reads from a store here.
  void carry_out(outbox::ReadHistory&) {}
  void carry_out(outbox::Search&) {}
  void carry_out(outbox::HoldBack& hold) { holds_back_ = hold.senders; }
  void carry_out(outbox::SnapshotDue& due);
  void carry_out(outbox::Private& frames);
  void carry_out(outbox::Close& close);
  void carry_out(outbox::Notice& notice) { notices_.push_back(notice); }

  void pass_gap(ConnectionId id, Connection& connection, RoomId room, LogPlace held);
  Bytes read_room(RoomId room, Cursor& cursor);
  void drop_reader(RoomId room);

  ConnectionTable<Connection> connections_;
  std::map<RoomId, View> views_;
  std::vector<Request> requests_;
  std::vector<outbox::Notice> notices_;
  bool holds_back_ = false;
};

}  // namespace chat::test
