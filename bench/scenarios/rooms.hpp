// The scenario "rooms": all clients in several rooms, some of them talk, everybody must get
// everything that is said in their room.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "bench/load/report.hpp"
#include "bench/scenarios/rooms_options.hpp"
#include "bench/scenarios/rooms_result.hpp"

namespace chat::bench {

// Gives a result, also a bad one, when all clients came in; else a sentence. Blocks.
std::expected<RoomsResult, std::string> run_rooms(const RoomsOptions& options);

// `scenario` is by which name it was run.
Report report_of(std::string_view scenario, const RoomsOptions& options, const RoomsResult& result);

}  // namespace chat::bench
