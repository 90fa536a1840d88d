#include "bench/load/open_pool.hpp"

#include "bench/load/file_limit.hpp"
#include "bench/load/server_address.hpp"

namespace chat::bench {

std::expected<ClientPool, std::string> open_pool(const CommonOptions& options) {
  if (auto allowed = allow_sockets(options.clients); !allowed)
    return std::unexpected(allowed.error());
  const auto server = find_server(options.server, options.patience);
  if (!server)
    return std::unexpected(describe(server.error()));
  auto pool = ClientPool::make(*server, options.clients);
  if (!pool)
    return std::unexpected(describe(pool.error()));
  return std::move(*pool);
}

}  // namespace chat::bench
