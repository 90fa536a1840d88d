#include "bench/scenarios/seating.hpp"

#include <doctest/doctest.h>

#include <set>
#include <vector>

using namespace chat::bench;

namespace {

RoomsOptions options_for(std::uint32_t clients, std::uint32_t senders, std::uint32_t rooms,
                         std::uint32_t processes) {
  RoomsOptions options;
  options.clients = clients;
  options.senders = senders;
  options.rooms = rooms;
  options.processes = processes;
  return options;
}

// Every member of every room has one seat in one process, which the share knows; every sender has a
// number of its own; every room has one watcher.
void check_complete(const RoomsOptions& options) {
  CAPTURE(options.clients);
  CAPTURE(options.rooms);
  CAPTURE(options.processes);
  const auto state = RunState::make(options.processes, options.senders);
  REQUIRE(state.has_value());
  std::set<std::pair<std::uint32_t, std::uint32_t>> members;
  std::set<std::uint32_t> senders;
  std::multiset<std::uint32_t> watched;
  for (std::uint32_t process = 0; process < options.processes; ++process) {
    const Seating seating(options, process);
    std::vector<std::uint32_t> listeners(options.rooms);
    for (const Seat& seat : seating.seats()) {
      const RoomShare share = seating.share(seat.room, *state);
      const std::uint32_t member = share.member(seat.listener);
      CHECK(seat.listener == listeners[seat.room]++);
      CHECK(member < share.members);
      CHECK(members.emplace(seat.room, member).second);
      CHECK(seat.sends == (member < share.sent.size()));
      if (seat.sends) {
        CHECK(share.has_sender(member));
        CHECK(senders.insert(share.first_sender + member).second);
      }
      if (seat.watches)
        watched.insert(seat.room);
    }
    for (std::uint32_t room = 0; room < options.rooms; ++room)
      CHECK(seating.share(room, *state).listeners() == listeners[room]);
  }
  CHECK(members.size() == options.clients);
  CHECK(senders.size() == options.senders);
  CHECK(*senders.rbegin() == options.senders - 1);
  CHECK(watched.size() == options.rooms);
  CHECK(std::set(watched.begin(), watched.end()).size() == options.rooms);
}

}  // namespace

TEST_CASE("everybody has one seat, however they are shared out") {
  for (const std::uint32_t clients : {1U, 5U, 24U})
    for (std::uint32_t rooms = 1; rooms <= clients; rooms += 3)
      for (std::uint32_t processes = 1; processes <= clients && processes <= 4; ++processes)
        for (std::uint32_t senders = 1; senders <= clients; senders += 4)
          check_complete(options_for(clients, senders, rooms, processes));
}

TEST_CASE("small rooms, too, are spread over the processes") {
  for (const std::uint32_t process : {0U, 1U, 2U})
    CHECK(Seating(options_for(30, 30, 30, 3), process).seats().size() == 10);
}
