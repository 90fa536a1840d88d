#pragma once

#include <string>
#include <string_view>

#include "bench/load/client_index.hpp"

namespace chat::bench {

// A name that begins so and that no other client has whose names begin so: "bench-k3v0q9-12".
std::string nickname_of(std::string_view names, ClientIndex client);

// A name that no other client has, of this or another process of this machine, in the fewest
// letters and digits, beginning with a letter: IRC servers may allow no more
// than 9 of them (RFC 2812, 1.2.1).
std::string short_nickname_of(ClientIndex client);

}  // namespace chat::bench
