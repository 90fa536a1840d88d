#include "bench/load/tcp_memory.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace chat::bench;

TEST_CASE("the pages of TCP are told apart from those of UDP") {
  std::istringstream sockstat(
      "sockets: used 35\nTCP: inuse 10 orphan 0 tw 4 alloc 12 mem 7\nUDP: inuse 1 mem 9\n");
  CHECK(tcp_pages(sockstat) == 7);
  std::istringstream without("sockets: used 35\nUDP: inuse 1 mem 9\n");
  CHECK_FALSE(tcp_pages(without).has_value());
  CHECK(kernel_tcp_bytes().has_value());
}
