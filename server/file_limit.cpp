#include "server/file_limit.hpp"

#include <sys/resource.h>

#include <cerrno>
#include <system_error>

namespace chat::server {

std::size_t raise_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
    throw std::system_error(errno, std::generic_category(), "reading the limit of open files");
  limit.rlim_cur = limit.rlim_max;
  if (::setrlimit(RLIMIT_NOFILE, &limit) != 0)
    throw std::system_error(errno, std::generic_category(), "raising the limit of open files");
  return limit.rlim_cur;
}

}  // namespace chat::server
