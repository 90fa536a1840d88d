// The scenario "rooms" on the command line, and what "fanout" has in common with it.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

#include "bench/load/common_options.hpp"
#include "bench/load/crowd.hpp"
#include "bench/load/report.hpp"
#include "bench/protocols/protocol.hpp"

namespace chat::bench {

// Load and senders are those of all rooms together. So the messages that a closed loop has under
// way in each room, and with them how many go out in one send, become fewer with more rooms, unless
// the window grows with them.
struct RoomsOptions : CommonOptions, TalkOptions {
  Protocol protocol = Protocol::edgechat;
  std::uint32_t rooms = 1;      // 1 to clients
  std::uint32_t processes = 1;  // of this tool; 1 to clients
  std::uint32_t at_once = CrowdOptions().at_once;
};

// As scenarios.hpp says.
CLI::App& add_scenario(CLI::App& app, RoomsOptions& options);
std::expected<Report, std::string> run_scenario(const RoomsOptions& options);

// All but how many rooms there are, with the checks of the line as a whole.
void add_options_of_rooms(CLI::App& scenario, RoomsOptions& options);

}  // namespace chat::bench
