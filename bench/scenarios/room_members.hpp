// The clients of a run of "rooms" that one process has.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/load/crowd.hpp"
#include "bench/load/pacing.hpp"
#include "bench/load/process_stats.hpp"
#include "bench/load/progress.hpp"
#include "bench/load/run_state.hpp"
#include "bench/load/waiting.hpp"
#include "bench/scenarios/rooms_options.hpp"
#include "bench/scenarios/rooms_result.hpp"
#include "bench/scenarios/seating.hpp"

namespace chat::bench {

// Makes the oracle of one room.
template <class RoomOracle>
RoomOracle make_oracle(const RoomShare& room, const RoomsOptions& options);

// Lets them into their rooms, lets those talk that shall, and has one oracle for each room judge
// what comes. With an oracle's type known, judging costs no indirect call. One thread; runs once.
// For Oracle and SenderOracle.
template <class RoomOracle>
class RoomMembers final : private CrowdEvents {
 public:
  // The pool is for as many clients as the seating has seats for; the state outlives this.
  RoomMembers(const RoomsOptions& options, const Seating& seating, RunState& state,
              std::uint32_t process, ClientPool pool);
  RoomMembers(const RoomMembers&) = delete;
  RoomMembers& operator=(const RoomMembers&) = delete;

  // Rooms' names begin with `rooms`; they are the same in all processes, and those of no other run.
  std::expected<RoomsResult, std::string> run(const std::string& rooms);

 private:
  void posted(ClientIndex client, Sequence sequence, std::string_view text, Instant at) override;
  void acknowledged(ClientIndex client, std::uint32_t number, Sequence sequence) override;

  Done let_in(const std::string& rooms);
  Done deliver();
  // The common start of all processes.
  std::expected<Instant, std::string> start();
  Done send_until(Instant end, const Pacing& pacing);
  void send_due(Instant now, Instant end, const Pacing& pacing);
  void say_next(Instant due);
  // The watcher of a room may have seen more.
  void note_seen(const Seat& watcher);
  // Polls until all processes are as far.
  Done await(Stage stage);
  std::uint64_t outstanding() const;
  void show_progress(Instant now, std::string_view doing);

  RoomsOptions options_;
  RunState& state_;
  std::uint32_t process_;
  std::optional<pid_t> watched_;  // by one process only
  std::vector<Seat> seats_;       // by client
  std::vector<ClientIndex> senders_;
  std::size_t next_sender_ = 0;  // of senders_
  std::vector<RoomShare> shares_;
  std::vector<RoomOracle> oracles_;  // by room
  std::vector<std::uint64_t> seen_;  // by room: what of it has been noted
  Progress progress_;
  Instant last_delivery_{};
  RoomsResult result_;
  Crowd crowd_;
};

}  // namespace chat::bench
