#include "bench/load/source_address.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace chat;

namespace {

std::string source(bench::ClientIndex client, const std::string& server) {
  const auto address = net::resolve({server, 1338}, false);
  REQUIRE(address.has_value());
  const auto source = bench::source_for(client, address->front());
  return source ? to_string(*source) : "";
}

}  // namespace

TEST_CASE("clients of a loopback server come from many addresses by turns") {
  CHECK(source(0, "127.0.0.1") == "127.0.0.2:0");
  CHECK(source(1, "127.0.0.1") == "127.0.0.3:0");
  CHECK(source(32, "127.1.2.3") == "127.0.0.2:0");
  std::set<std::string> sources;
  for (bench::ClientIndex client = 0; client < 1000; ++client)
    sources.insert(source(client, "127.0.0.1"));
  CHECK(sources.size() == 32);
}

TEST_CASE("towards any other server the system chooses the source") {
  CHECK(source(0, "::1") == "");
  CHECK(source(0, "192.0.2.1") == "");
}
