#include "bench/load/run_name.hpp"

#include <doctest/doctest.h>

using namespace chat::bench;

TEST_CASE("names of runs begin as wanted, and differ") {
  const std::string name = run_name("bench");
  CHECK(name.starts_with("bench-"));
  CHECK(name.size() == 12);
  CHECK(name != run_name("bench"));
}
