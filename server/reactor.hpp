// An edge-triggered epoll loop that owns its connections for their whole life: reading,
// decoding, writing, closing. The first one accepts for all.
//
// A round: wait; accept, and take in what was given to it; read what is ready, each connection up
// to a budget; enter the hub once with everything that was asked for, and carry out what it says;
// send each connection that has something to send what it is owed, in one call; see to timeouts;
// destroy what was closed. Whatever is left over goes on a list, and the next wait does not sleep.
#pragma once

#include <absl/container/btree_map.h>
#include <spdlog/logger.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "libchat/connection_table.hpp"
#include "libchat/hub.hpp"
#include "libchat/outbox.hpp"
#include "libchat/protocol.hpp"
#include "server/acceptor.hpp"
#include "server/archive.hpp"
#include "server/arrivals.hpp"
#include "server/connection.hpp"
#include "server/crowd_queue.hpp"
#include "server/liveness.hpp"
#include "server/poller.hpp"
#include "server/room_view.hpp"
#include "server/shared_hub.hpp"
#include "server/shutdown.hpp"
#include "server/slab.hpp"
#include "server/timer_wheel.hpp"

namespace chat::server {

// How many connections all reactors have together, and may have.
struct Admission {
  std::size_t most;
  std::atomic<std::size_t> connections{0};
};

// What a reactor's time went to, while it was not asleep.
struct ReactorTimes {
  std::chrono::nanoseconds awake{};
  std::chrono::nanoseconds in_hub{};  // waiting for its lock included
};

class Reactor {
 public:
  static constexpr std::size_t kReadBudget = 64 * 1024;  // per connection and round
  // The same, while senders are held back: what is read of one then has to be kept.
  static constexpr std::size_t kHeldBackBudget = 8 * 1024;
  static constexpr std::size_t kRoundBudget = 1024 * 1024;  // read in one round from the others
  // Peers that have closed, of which so many are seen to in one round: when thousands vanish at
  // once, whoever is still there is served between them; and first it is found out who has.
  static constexpr std::size_t kEndedPerRound = 64;
  static constexpr std::size_t kEndedWhileMore = 8;
  static constexpr std::size_t kEndedBudget = 256 * 1024;  // read from them in one round, in all

  // How long an acknowledgement waits for something else to travel with: both. Where rounds are
  // long, since there is much to do, the answer to a whisper that is sent at the end of one round
  // is read in the next but one.
  static constexpr std::chrono::milliseconds kLate{1};
  static constexpr std::uint64_t kLateRounds = 3;

  static constexpr std::uint32_t kLoggedRefusals = 20;  // per connection

  static constexpr std::uint8_t kMostReads = 4;  // from the store, per connection at a time

  // All references outlive the reactor, and so does the archive, if messages are kept (otherwise
  // null). The listeners are those from which it accepts, for all reactors.
  Reactor(ReactorId id, SharedHub& hub, std::span<const Listener> listeners, Arrivals& arrivals,
          Admission& admission, Shutdown& shutdown, const Timeouts& timeouts, Archive* archive,
          spdlog::logger& log);

  // Serves until stop(). Everything else here happens in the thread that calls this. Throws
  // std::system_error when the system fails in a way that concerns more than one connection.
  void run();

  // Says goodbye to everyone, sends what they are owed, for at most Timeouts::ending, and ends
  // run(). Any thread; also before run().
  void stop();

 private:
  using State = Connection::State;

  // A connection in State::ending that has asked for something which is answered when a batch has
  // come back from the ledger.
  struct Awaiting {
    ConnectionId connection;
    std::uint64_t batch;
  };

  // The loop (reactor.cpp)
  void wait();
  std::optional<std::chrono::nanoseconds> time_to_sleep() const;
  void handle(const epoll_event& event);
  void accept();
  void admit_arrivals();
  Arrival arrival_of(ConnectionId id) const;
  void admit(Accepted accepted);
  void enter_hub();

  // Input (reactor_input.cpp)
  void queue_input(ConnectionId id, Connection& connection);
  void read_ready();
  std::size_t read_next(std::deque<ConnectionId>& queue);
  std::size_t read(ConnectionId id, Connection& connection);
  std::size_t read_requests(ConnectionId id, Connection& connection);
  std::size_t discard_input(ConnectionId id, Connection& connection);
  std::optional<ByteView> receive(ConnectionId id, Connection& connection, std::size_t budget);
  void decode(ConnectionId id, Connection& connection, ByteView bytes);
  bool hold_back(ConnectionId id, Connection& connection, const Frame& frame);
  bool take_frame(ConnectionId id, Connection& connection, const Frame& frame);
  void take_message(ConnectionId id, Connection& connection, protocol::ClientMessage&& message);
  void refuse(Connection& connection, ConnectionId id, const Frame& frame, ErrorCode code);
  void log_refusal(ConnectionId id, Connection& connection, std::string_view error);

  // Output (reactor_output.cpp)
  void carry_out(outbox::Attach& attach);
  void carry_out(outbox::Head& head);
  void carry_out(outbox::Tail& tail);
  void carry_out(outbox::Detach& detach);
  void carry_out(outbox::Finish& finish);
  void carry_out(outbox::GoOn& on);
  void carry_out(outbox::HoldBack& hold);
  void carry_out(outbox::SnapshotDue& due);
  void carry_out(outbox::Private& frames);
  void carry_out(outbox::Close& close);
  void carry_out(outbox::Notice& notice);
  void queue_readers();
  void queue_flush(ConnectionId id, Connection& connection);
  void queue_in_crowd(ConnectionId id, Connection& connection);
  void queue_late_ones();
  void flush_ready();
  void flush_queued(ConnectionId id);
  void flush_in_crowd(ConnectionId id);
  void flush(ConnectionId id, Connection& connection);
  void send_rest(ConnectionId id, Connection& connection);
  void owe_snapshot(ConnectionId id, Connection& connection, RoomId room);
  void ask_for_snapshot(ConnectionId id, Connection& connection);
  void resume_input(ConnectionId id, Connection& connection);
  void hear_the_rest(ConnectionId id, Connection& connection, int error);
  void drop_cursor(Connection& connection, Cursor& cursor);
  void drop_cursors(Connection& connection);
  void drop_finished_cursors(ConnectionId id, Connection& connection);
  template <class Message>
  void send(ConnectionId id, Connection& connection, const Message& message) {
    protocol::append_frame(connection.output.queue.back(), message);
    queue_flush(id, connection);
  }

  // The store (reactor_archive.cpp)
  void carry_out(outbox::ReadHistory& read);
  void carry_out(outbox::Search& search);
  template <class Question>
  void ask_archive(Question& question);
  void take_answers();
  void take_answer(ReadAnswer& answer);
  void take_answer(FeedAnswer& answer);
  void feed(ConnectionId id, Connection& connection, RoomId room);
  void feed_next(ConnectionId id, Connection& connection);
  void finish_feeding(ConnectionId id, Connection& connection, Cursor& cursor);

  // Ending (reactor_ending.cpp)
  void end(ConnectionId id, Connection& connection, CloseReason reason);
  void freeze_ending();
  bool freeze_unless_awaiting(const Awaiting& awaiting);
  void freeze(ConnectionId id, Connection& connection);
  void finish(ConnectionId id, Connection& connection);
  void close(ConnectionId id, Connection& connection, CloseReason reason, int error = 0);
  void destroy_closed();

  // Stopping (reactor_stopping.cpp)
  void stop_taking_requests();
  void advance_stop();
  void say_goodbye();

  void set_reminder(ConnectionId id, Connection& connection);
  void check_liveness(ConnectionId id);

  const ReactorId id_;
  SharedHub& hub_;
  Arrivals& arrivals_;
  Admission& admission_;
  Shutdown& shutdown_;
  const Timeouts timeouts_;
  Archive* const archive_;
  spdlog::logger& log_;
  Poller poller_;
  Acceptor acceptor_;
  ConnectionTable<Connection> connections_;
  // By slot, until they are in a room: only a hello needs to know, and most connections are idle.
  absl::btree_map<std::uint32_t, Arrival> newcomers_;
  // By slot: rooms that it is fed from the store, in turn; the first one is being asked for.
  absl::btree_map<std::uint32_t, std::deque<RoomId>> fed_;
  // By slot: rooms of which it needs to hear who is there. Few have any.
  absl::btree_map<std::uint32_t, std::vector<RoomId>> snapshots_due_;
  RoomViews views_;
  Slab<Cursor> cursors_;
  MonotonicTime now_;        // of this round
  std::uint64_t round_ = 0;  // its number
  TimerWheel wheel_;
  std::atomic<bool> stop_requested_{false};
  enum class Stage : std::uint8_t {
    serving,
    winding_down,  // takes no requests; those that were taken enter the hub in this round
    waiting,       // for the other reactors to come as far
    leaving,       // everyone is sent what they are owed, and goodbye
  };
  Stage stage_ = Stage::serving;
  bool holds_back_ = false;   // senders, until the ledger has come further
  bool more_events_ = false;  // than one wait could tell of
  // Batches that the ledger was given, and that came back, until the last entry.
  std::uint64_t submitted_ = 0;
  std::uint64_t taken_back_ = 0;
  bool hub_calls_ = false;                     // the hub has something for us
  std::optional<MonotonicTime> hub_deadline_;  // the hub wants to be entered by then
  std::vector<Request> requests_;              // for the next hub entry
  Outbox outbox_;
  std::deque<ConnectionId> input_queue_;  // connections that may have input to take
  std::deque<ConnectionId> ended_queue_;  // the same, of those whose peer has closed
  std::vector<ConnectionId> held_back_;   // connections that wait for the ledger
  std::vector<ConnectionId> flush_list_;  // connections that may have output to send
  CrowdQueue crowd_;
  struct Late {
    ConnectionId connection;
    MonotonicTime since;
    std::uint64_t round;
  };
  std::deque<Late> late_list_;    // connections that had only such output as may wait
  std::vector<RoomId> advanced_;  // rooms with a new head, until their readers are queued
  ReactorTimes times_;
  std::vector<ConnectionId> ending_;  // connections that have come into State::ending
  std::vector<Awaiting> awaiting_;    // those that are still in it
  std::vector<ConnectionId> closed_;  // connections in State::closed
  std::vector<RoomId> behind_;
  std::size_t reply_room_ = 0;  // what the connection being read may still cause to be queued
  std::unique_ptr<std::uint8_t[]> scratch_;
};

}  // namespace chat::server
