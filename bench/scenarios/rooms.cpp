#include "bench/scenarios/rooms.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <utility>

#include "bench/load/open_pool.hpp"
#include "bench/load/oracle.hpp"
#include "bench/load/processes.hpp"
#include "bench/load/sender_oracle.hpp"
#include "bench/scenarios/room_members.hpp"

namespace chat::bench {
namespace {

using Outcome = std::expected<RoomsResult, std::string>;

// One process' part.
Outcome run_part(const RoomsOptions& options, const std::string& rooms, RunState& state,
                 std::uint32_t process) {
  const Seating seating(options, process);
  CommonOptions own = options;
  own.clients = static_cast<std::uint32_t>(seating.seats().size());
  auto pool = open_pool(own);
  if (!pool)
    return std::unexpected(std::move(pool.error()));
  if (traits_of(options.protocol).numbers)
    return RoomMembers<Oracle>(options, seating, state, process, std::move(*pool)).run(rooms);
  return RoomMembers<SenderOracle>(options, seating, state, process, std::move(*pool)).run(rooms);
}

Outcome run_parts(const RoomsOptions& options, const std::string& rooms, RunState& state) {
  const auto work = [&](std::uint32_t process) -> std::expected<std::string, std::string> {
    const auto result = run_part(options, rooms, state, process);
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
  auto state = RunState::make(options.processes, options.senders);
  if (!state)
    return std::unexpected(describe(state.error()));
  const std::string rooms = fmt::format("bench-{}", getpid());
  return options.processes == 1 ? run_part(options, rooms, *state, 0)
                                : run_parts(options, rooms, *state);
}

std::expected<Report, std::string> run_scenario(const RoomsOptions& options) {
  const auto result = run_rooms(options);
  if (!result)
    return std::unexpected(result.error());
  return report_of("rooms", options, *result);
}

}  // namespace chat::bench
