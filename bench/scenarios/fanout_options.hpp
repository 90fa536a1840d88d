// The scenario "fanout" on the command line: all clients in one room, some of them talk.
#pragma once

#include <expected>
#include <string>

#include "bench/scenarios/rooms_options.hpp"

namespace chat::bench {

// It is "rooms" with one room.
struct FanoutOptions : RoomsOptions {};

// As scenarios.hpp says.
CLI::App& add_scenario(CLI::App& app, FanoutOptions& options);
std::expected<Report, std::string> run_scenario(const FanoutOptions& options);

}  // namespace chat::bench
