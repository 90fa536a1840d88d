#include "net/file_limit.hpp"

#include <sys/resource.h>

namespace chat::net {

std::expected<std::size_t, Failure> raise_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
    return std::unexpected(last_failure("reading the limit of open files"));
  limit.rlim_cur = limit.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0)
    return std::unexpected(last_failure("raising the limit of open files"));
  return limit.rlim_cur;
}

}  // namespace chat::net
