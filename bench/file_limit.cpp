#include "bench/file_limit.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include "net/failure.hpp"

namespace chat::bench {
namespace {

// Standard streams, epoll, /proc files, name lookup.
constexpr std::uint64_t kOtherFiles = 16;

}  // namespace

std::expected<void, std::string> allow_sockets(std::uint64_t sockets) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
    return std::unexpected(describe(net::last_failure("reading the limit of open files")));
  limit.rlim_cur = limit.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
    return std::unexpected(describe(net::last_failure("raising the limit of open files")));
  if (limit.rlim_max >= sockets + kOtherFiles)
    return {};
  return std::unexpected(
      fmt::format("the file limit is in the way: {} clients need {} open files, and the hard limit "
                  "of this process is {}; raise it (ulimit -Hn, or LimitNOFILE= of a service)",
                  sockets, sockets + kOtherFiles, limit.rlim_max));
}

}  // namespace chat::bench
