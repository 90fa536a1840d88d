#pragma once

#include <cstdint>

namespace chat::bench {

// A fake client, counted from 0 in the order of connecting. The senders are the first ones.
using ClientIndex = std::uint32_t;

}  // namespace chat::bench
