#include "bench/load/process_stats.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

using namespace chat::bench;

TEST_CASE("ticks of a process are found whatever its name is") {
  const char* const rest = " S 1 2 3 4 5 6 7 8 9 10 250 50 0 0 20 0 1 0";
  CHECK(cpu_ticks(std::string("12 (server)") + rest) == 300);
  CHECK(cpu_ticks(std::string("12 (a b) c (d)") + rest) == 300);
  CHECK_FALSE(cpu_ticks("12 (server) S 1 2").has_value());
  CHECK_FALSE(cpu_ticks("nonsense").has_value());
}

TEST_CASE("a process that runs has resident memory") {
  const auto stats = read_process_stats(getpid());
  REQUIRE(stats.has_value());
  CHECK(stats->resident_bytes > 0);
}

TEST_CASE("a process that does not exist is a failure in words") {
  constexpr pid_t kAboveAllPids = 0x7FFFFFFF;
  const auto stats = read_process_stats(kAboveAllPids);
  REQUIRE_FALSE(stats.has_value());
  CHECK(describe(stats.error()) == "reading /proc/2147483647/stat: No such file or directory");
}
