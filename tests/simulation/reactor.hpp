// A reactor whose sockets are simulated: input comes and output goes in pieces of any size. What it
// holds of rooms, and what a connection is owed, are the server's own; the order in which things
// happen is that of a round of the server.
#pragma once

#include <cstddef>
#include <deque>
#include <limits>
#include <vector>

#include "libchat/arrival.hpp"
#include "libchat/bytes.hpp"
#include "libchat/connection_table.hpp"
#include "libchat/frame.hpp"
#include "libchat/hub.hpp"
#include "server/cursor_list.hpp"
#include "server/offer.hpp"
#include "server/room_view.hpp"
#include "server/slab.hpp"
#include "tests/simulation/archive.hpp"
#include "tests/simulation/departures.hpp"
#include "tests/simulation/segment_watch.hpp"
#include "tests/simulation/statistics.hpp"

namespace chat::sim {

class Reactor {
 public:
  static constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();

  // The references outlive it, and so does the archive, if messages are kept (otherwise null).
  Reactor(ReactorId id, Statistics& statistics, SegmentWatch& segments, Departures& departures,
          Archive* archive)
      : id_(id),
        statistics_(statistics),
        segments_(segments),
        departures_(departures),
        archive_(archive) {}
  // Connections that there still are go without anybody hearing of it.
  ~Reactor();
  Reactor(const Reactor&) = delete;
  Reactor& operator=(const Reactor&) = delete;

  ReactorId id() const { return id_; }

  // --- connections (reactor.cpp) ----------------------------------------------------------------

  ConnectionId accept(AddressKey address, Arrival arrival);
  // Input of the connection; its requests wait for the next entry. How many bytes were taken: none
  // while too much of its answers waits, or when it is gone.
  std::size_t receive(ConnectionId connection, ByteView bytes);
  // The peer has closed its side.
  void end_input(ConnectionId connection);
  // The connection broke: it is gone at once, and the hub hears of it with the next entry.
  void reset(ConnectionId connection);
  bool is_open(ConnectionId connection) const { return connections_.find(connection) != nullptr; }
  std::vector<ConnectionId> connections();

  // --- rounds (reactor_round.cpp) ---------------------------------------------------------------

  // One entry into the hub with all that waits. What was to be carried out is, before.
  void enter(Hub& hub, Now now);
  // What the archive answers, for a connection that may be gone.
  void take(Archive::Answer& answer);
  // The server ends in order: nothing is taken any more, and the hub hears nothing of it.
  void say_goodbye();
  // What the hub wants done, at most so many things of it.
  void carry_out(std::size_t most = kAll);
  // What the connection is sent now, at most so many bytes.
  Bytes flush(ConnectionId connection, std::size_t most);

  bool has_work() const { return !requests_.empty() || carried_out_ < events_.size(); }
  // Whether something is left to be sent.
  bool owes(ConnectionId connection) const;
  std::size_t rooms_held() const { return views_.size(); }
  // The longest private queue.
  std::size_t most_queued();

 private:
  // As in the server: nothing is taken from one that is ending, and what its rooms have published
  // when the hub has heard its last requests is the last that it gets.
  enum class State { open, ending, draining };

  struct Connection {
    AddressKey address;
    Arrival arrival;
    State state = State::open;
    CloseReason reason = CloseReason::quit;
    bool has_departed = false;  // so far as the hub knows
    bool goodbye_queued = false;
    bool input_ended = false;
    bool has_kept = false;
    bool held_back = false;
    bool is_asked_for = false;  // a piece for the first of the rooms that it is fed
    std::deque<RoomId> fed{};
    FrameDecoder decoder{};
    server::Output output{};
    server::CursorList cursors{};
    std::vector<RoomId> snapshots_due{};
  };

  bool takes_input(const Connection& connection) const;
  void decode(ConnectionId id, Connection& connection, ByteView bytes);
  void take(ConnectionId id, Connection& connection, const Frame& frame);
  void take_message(ConnectionId id, Connection& connection, protocol::ClientMessage message);
  void end(ConnectionId id, Connection& connection, CloseReason reason);
  void freeze_ending();
  void freeze(ConnectionId id, Connection& connection);
  static void limit_to_heads(Connection& connection);
  void depart(ConnectionId id, const Connection& connection, CloseReason reason);
  void finish(ConnectionId id, Connection& connection);
  void drop_cursor(Connection& connection, server::Cursor& cursor);
  void drop_cursors(Connection& connection);
  void drop_finished_cursors(ConnectionId id, Connection& connection);
  void owe_snapshot(Connection& connection, RoomId room);
  void ask_for_snapshot(ConnectionId id, Connection& connection);
  bool is_being_attached(ConnectionId id) const;
  bool hold_back(Connection& connection, const Frame& frame);
  void catch_up(Connection& connection, const std::vector<RoomId>& behind);
  void feed_next(ConnectionId id, Connection& connection);
  void take(server::FeedAnswer& answer);
  void take(Archive::ReadAnswer& answer);
  void queue_readers(server::RoomView& view);

  void carry_out(outbox::Attach& attach);
  void carry_out(outbox::Head& head);
  void carry_out(outbox::Tail& tail);
  void carry_out(outbox::Detach& detach);
  void carry_out(outbox::Finish& finish);
  void carry_out(outbox::GoOn& on);
  void carry_out(outbox::HoldBack& hold);
  void carry_out(outbox::ReadHistory& read);
  void carry_out(outbox::Search&) {}
  void carry_out(outbox::SnapshotDue& due);
  void carry_out(outbox::Private& frames);
  void carry_out(outbox::Close& close);
  void carry_out(outbox::Notice&) {}

  ReactorId id_;
  Statistics& statistics_;
  SegmentWatch& segments_;
  Departures& departures_;
  Archive* archive_;
  ConnectionTable<Connection> connections_;
  server::Slab<server::Cursor> cursors_;
  server::RoomViews views_;
  std::vector<Request> requests_;
  std::vector<AddressKey> departed_;  // without goodbye, where the hub is not told yet
  Outbox events_;
  std::size_t carried_out_ = 0;         // of the events
  std::vector<ConnectionId> attached_;  // while not all is carried out
  std::vector<RoomId> advanced_;        // rooms that may have something for their readers
  std::vector<ConnectionId> ending_;    // connections in State::ending
  std::size_t reply_room_ = 0;
  bool holds_back_ = false;
};

}  // namespace chat::sim
