// Which client is in which room, and in which process of the tool.
#pragma once

#include <cstdint>
#include <vector>

#include "bench/load/client_index.hpp"
#include "bench/load/run_state.hpp"
#include "bench/scenarios/rooms_options.hpp"

namespace chat::bench {

struct Seat {
  std::uint32_t room = 0;
  ClientIndex listener = 0;  // which one of this process in the room
  bool sends = false;
  bool watches = false;  // what it has seen counts for a closed loop: one in each room
};

// All clients of a run are dealt out to the rooms by turns, and the members of each room to the
// processes by turns. The first clients send, so every room has as many senders as any other, or
// one less, and they are the first of its members.
class Seating {
 public:
  // As one process sees it.
  Seating(const RoomsOptions& options, std::uint32_t process);

  // By client of this process.
  const std::vector<Seat>& seats() const { return seats_; }
  RoomShare share(std::uint32_t room, const RunState& state) const;

 private:
  // Which members of a room this process has: this one, and from there on by the processes.
  std::uint32_t first_member(std::uint32_t room) const;

  std::uint32_t clients_;
  std::uint32_t senders_;
  std::uint32_t rooms_;
  std::uint32_t processes_;
  std::uint32_t process_;
  std::vector<Seat> seats_;
};

}  // namespace chat::bench
