// A server and its clients in one thread: the hub, the logs, the codec and the reactors' views of
// rooms are the real ones; connections, ledger and clock are simulated.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "libchat/hub.hpp"
#include "tests/simulation/archive.hpp"
#include "tests/simulation/departures.hpp"
#include "tests/simulation/digest.hpp"
#include "tests/simulation/disk.hpp"
#include "tests/simulation/ledger.hpp"
#include "tests/simulation/log_watch.hpp"
#include "tests/simulation/reactor.hpp"
#include "tests/simulation/script.hpp"
#include "tests/simulation/seat.hpp"
#include "tests/simulation/segment_watch.hpp"
#include "tests/simulation/statistics.hpp"
#include "tests/simulation/truth.hpp"

namespace chat::sim {

// Throws Violation, from every call, when something happened that may not.
class World {
 public:
  explicit World(const Setting& setting);

  void play(const Step& step);
  // A connection of nobody sends these bytes; what it is sent goes nowhere.
  void stranger(ByteView bytes);
  // Everything that can happen by itself happens; then everybody has read everything, and agrees.
  void settle();
  // Everybody leaves, in one way or another, and nothing is left behind.
  void end();

  const Statistics& statistics() const { return statistics_; }
  // Of all that clients were sent: the same for the same steps, in every build.
  std::uint64_t digest() const { return digest_.value(); }

 private:
  Seat& seat(std::uint32_t number) { return seats_[number % seats_.size()]; }
  Reactor& reactor(std::uint32_t number) { return reactors_[number % reactors_.size()]; }
  std::int64_t milliseconds() const;
  Moment moment(AddressKey address) const { return {milliseconds(), departures_.mark(address)}; }
  Now now() const { return {now_, WallTime{milliseconds()}}; }

  // What steps do (world.cpp)
  bool play_arrival(const Step& step);
  bool play_request(const Step& step);
  bool play_network(const Step& step);
  bool play_ledger(const Step& step);
  bool play_process(const Step& step);
  void play_rest(const Step& step);

  // Connections (world_connections.cpp)
  void come(Seat& seat, std::uint32_t reactor);
  void connect(Seat& seat, std::uint32_t reactor, Claim claim);
  ConnectionId accept(Reactor& at, AddressKey address);
  Person leave_behind(const Link& link) const;
  void doom(Link& link) const;
  void flood(Seat& seat, std::uint32_t times);
  void vanish(Seat& seat);
  void vanish_former(Seat& seat);
  void hang_up(Seat& seat);
  void lose(Seat& seat);
  void deliver(Link& link, std::size_t most);
  void flush(Link& link, std::size_t most);
  void remove_ended(Seat& seat);
  void enter(Reactor& reactor);
  void told(Seat& seat, const Reactor& by);
  void carry_out(Reactor& reactor, std::uint32_t most);
  void round(Reactor& reactor);
  void crowd(Reactor& reactor);
  void crowd_leaves();
  void send(Reactor& to, ConnectionId connection, const Bytes& bytes);

  // Processes (world_restarts.cpp)
  enum class Ending { killed, in_order, without_power };
  void begin_process(const DurableState& state);
  void restart(Ending how, std::size_t commits);
  void end_in_order();
  void abandon(Seat& seat, bool is_whole);
  void forget_lost(Person& person) const;
  bool is_surely_here(const Person& person) const;
  void answer(std::size_t questions);

  // What must hold (world_checks.cpp)
  Promise promise() const;
  bool run_once();
  void run();
  bool flush_all(Reactor& reactor);
  bool is_somebodys(const Reactor& reactor, ConnectionId connection) const;
  void check_bounds();
  void check_agreement();
  void check_seat(const Seat& seat) const;
  void check_absent(const Seat& seat) const;
  void check_names() const;
  void check_lobby() const;
  void check_nothing_left();
  void check_nothing_kept_of_sessions() const;
  void read_all_again();
  void check_names_are_free();
  void all_leave();

  Setting setting_;
  Statistics statistics_;
  SegmentWatch segments_;
  Departures departures_;
  Truth truth_;
  Disk disk_;
  Archive archive_{disk_};
  // Of this process.
  std::optional<SimulatedLedger> ledger_;
  std::optional<Hub> hub_;
  std::optional<LogWatch> logs_;
  std::deque<Reactor> reactors_;  // stay where they are
  std::vector<Seat> seats_;
  struct Member {
    Reactor* reactor;
    ConnectionId connection;
  };
  std::vector<Member> crowd_;
  std::uint32_t crowds_ = 0;  // that have come
  std::uint64_t arrivals_ = 0;
  bool had_stranger_ = false;
  ConnectionId stranger_;  // on the first reactor
  std::uint64_t epoch_ = 7;
  MonotonicTime now_{std::chrono::hours(1)};
  Digest digest_;
};

// What came of a script that was played to its end.
struct Outcome {
  Statistics statistics;
  std::uint64_t digest;
};

// Plays a script to its end. Throws Violation; one of our own mistakes in the hub ends the process.
Outcome play(const Script& script);

}  // namespace chat::sim
