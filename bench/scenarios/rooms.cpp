#include "bench/scenarios/rooms.hpp"

#include <type_traits>
#include <utility>

#include "bench/load/file_limit.hpp"
#include "bench/load/open_pool.hpp"
#include "bench/load/oracle.hpp"
#include "bench/load/processes.hpp"
#include "bench/load/run_name.hpp"
#include "bench/load/sender_oracle.hpp"
#include "bench/scenarios/room_members.hpp"

namespace chat::bench {
namespace {

using Outcome = std::expected<RoomsResult, std::string>;

// What all processes have in common.
struct Common {
  net::SocketAddress server;
  RunState& state;
  std::string rooms;  // what the names of the rooms begin with
};

// One process' part.
Outcome run_part(const RoomsOptions& options, const Common& common, std::uint32_t process) {
  const Seating seating(options, process);
  auto pool = open_pool(common.server, static_cast<std::uint32_t>(seating.seats().size()));
  if (!pool)
    return std::unexpected(std::move(pool.error()));
  const auto run = [&]<class RoomOracle>(std::type_identity<RoomOracle>) {
    return RoomMembers<RoomOracle>(options, seating, common.state, process, std::move(*pool))
        .run(common.rooms);
  };
  return traits_of(options.protocol).numbers ? run(std::type_identity<Oracle>())
                                             : run(std::type_identity<SenderOracle>());
}

Outcome run_parts(const RoomsOptions& options, const Common& common) {
  const auto work = [&](std::uint32_t process) -> std::expected<std::string, std::string> {
    const auto result = run_part(options, common, process);
    if (!result)
      return std::unexpected(result.error());
    return to_bytes(*result);
  };
  const auto parts = run_in_processes(options.processes, work);
  if (!parts)
    return std::unexpected(parts.error());
  RoomsResult whole;
  for (const std::string& part : *parts)
    merge(whole, from_bytes(part));
  return whole;
}

}  // namespace

Outcome run_rooms(const RoomsOptions& options) {
  // Before the server is looked for, since it is the sooner answer.
  if (auto allowed = allow_sockets(options.clients / options.processes); !allowed)
    return std::unexpected(allowed.error());
  const auto server = find_listening(options);
  if (!server)
    return std::unexpected(server.error());
  auto state = RunState::make(options.processes, options.senders);
  if (!state)
    return std::unexpected(describe(state.error()));
  const Common common{*server, *state, run_name("bench")};
  return options.processes == 1 ? run_part(options, common, 0) : run_parts(options, common);
}

std::expected<Report, std::string> run_scenario(const RoomsOptions& options) {
  const auto result = run_rooms(options);
  if (!result)
    return std::unexpected(result.error());
  return report_of("rooms", options, *result);
}

}  // namespace chat::bench
