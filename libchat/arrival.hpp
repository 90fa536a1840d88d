#pragma once

#include <cstdint>

#include "libchat/ids.hpp"

namespace chat {

// Connections in the order in which they came to the server; 0: not known.
using Arrival = Id<struct ArrivalTag, std::uint64_t>;

}  // namespace chat
