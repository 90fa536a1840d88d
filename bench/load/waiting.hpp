// Waiting for what is still to come to a crowd.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <string>

#include "bench/load/clock.hpp"
#include "bench/load/crowd.hpp"

namespace chat::bench {

using Done = std::expected<void, std::string>;

// So long a poll lasts at most while there is something else to look after.
inline constexpr Duration kLongestPoll = std::chrono::milliseconds(50);

// How much is outstanding of what must come.
using Outstanding = std::function<std::uint64_t()>;
// Told again and again while one waits; for the line of progress.
using Waiting = std::function<void(Instant)>;

// Polls until nothing is outstanding. Gives up when nothing of it has come for `patience`, or
// nobody is connected.
Done wait_for_the_rest(Crowd& crowd, Duration patience, const Outstanding& outstanding,
                       const Waiting& waiting);

// Polls for so long.
Done poll_for(Crowd& crowd, Duration duration);

// After everything has come: listens a moment for what comes twice.
Done listen_for_more(Crowd& crowd);

}  // namespace chat::bench
