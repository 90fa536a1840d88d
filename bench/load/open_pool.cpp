#include "bench/load/open_pool.hpp"

#include "bench/load/file_limit.hpp"
#include "bench/load/server_address.hpp"

namespace chat::bench {

std::expected<ClientPool, std::string> open_pool(const CommonOptions& options) {
  if (auto allowed = allow_sockets(options.clients); !allowed)
    return std::unexpected(allowed.error());
  const auto server = find_listening(options);
  if (!server)
    return std::unexpected(server.error());
  return open_pool(*server, options.clients);
}

std::expected<net::SocketAddress, std::string> find_listening(const CommonOptions& options) {
  const auto server = find_server(options.server, options.patience);
  if (!server)
    return std::unexpected(describe(server.error()));
  return *server;
}

std::expected<ClientPool, std::string> open_pool(const net::SocketAddress& server,
                                                 std::uint32_t clients) {
  if (auto allowed = allow_sockets(clients); !allowed)
    return std::unexpected(allowed.error());
  auto pool = ClientPool::make(server, clients);
  if (!pool)
    return std::unexpected(describe(pool.error()));
  return std::move(*pool);
}

}  // namespace chat::bench
