#include "bench/load/file_limit.hpp"

#include <fmt/format.h>

#include "net/file_limit.hpp"

namespace chat::bench {
namespace {

// Standard streams, epoll, /proc files, name lookup.
constexpr std::uint64_t kOtherFiles = 16;

}  // namespace

std::expected<void, std::string> allow_sockets(std::uint64_t sockets) {
  const auto limit = net::raise_file_limit();
  if (!limit)
    return std::unexpected(describe(limit.error()));
  if (*limit >= sockets + kOtherFiles)
    return {};
  return std::unexpected(
      fmt::format("the file limit is in the way: {} clients need {} open files, and the hard limit "
                  "of this process is {}; raise it (ulimit -Hn, or LimitNOFILE= of a service)",
                  sockets, sockets + kOtherFiles, *limit));
}

}  // namespace chat::bench
