#include "bench/load/tcp_memory.hpp"

#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

namespace chat::bench {

std::expected<std::uint64_t, net::Failure> kernel_tcp_bytes() {
  constexpr const char* kPath = "/proc/net/sockstat";
  errno = 0;
  std::ifstream file(kPath);
  if (!file)
    return std::unexpected(net::last_failure(std::string("reading ") + kPath));
  const auto pages = tcp_pages(file);
  if (!pages)
    return std::unexpected(net::Failure{0, std::string(kPath) + " is not understood"});
  return *pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

std::optional<std::uint64_t> tcp_pages(std::istream& sockstat) {
  for (std::string line; std::getline(sockstat, line);) {
    std::istringstream fields(line);
    std::string name;
    if (!(fields >> name) || name != "TCP:")
      continue;
    std::uint64_t value = 0;
    while (fields >> name >> value)
      if (name == "mem")
        return value;
  }
  return std::nullopt;
}

}  // namespace chat::bench
