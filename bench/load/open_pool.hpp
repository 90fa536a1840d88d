#pragma once

#include <expected>
#include <string>

#include "bench/load/client_pool.hpp"
#include "bench/load/common_options.hpp"

namespace chat::bench {

// A pool for all the clients of a run, none of them connected yet. Makes sure that they may have
// their sockets and that the server listens; the error is a sentence. Blocks.
std::expected<ClientPool, std::string> open_pool(const CommonOptions& options);

// The two steps of it, for processes that share the clients: in each of them, a pool for so many
// clients of a server that was found before.
std::expected<net::SocketAddress, std::string> find_listening(const CommonOptions& options);
std::expected<ClientPool, std::string> open_pool(const net::SocketAddress& server,
                                                 std::uint32_t clients);

}  // namespace chat::bench
