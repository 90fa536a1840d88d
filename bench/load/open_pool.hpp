#pragma once

#include <expected>
#include <string>

#include "bench/load/client_pool.hpp"
#include "bench/load/common_options.hpp"

namespace chat::bench {

// A pool for all the clients of a run, none of them connected yet. Makes sure that they may have
// their sockets and that the server listens; the error is a sentence. Blocks.
std::expected<ClientPool, std::string> open_pool(const CommonOptions& options);

}  // namespace chat::bench
