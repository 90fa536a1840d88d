#include <doctest/doctest.h>

#include "bench/scenarios/faults.hpp"

using namespace chat::bench;

namespace {

int exit_status(const FaultsOptions& options, const FaultsResult& result) {
  return report_of(options, result).clean ? 0 : 1;
}

TEST_CASE("what falls out of the log while clients are away is a fault, unless it may be missed") {
  FaultsOptions options;
  FaultsResult result;
  CHECK(exit_status(options, result) == 0);
  result.gaps = 1;
  result.missed = 3;
  CHECK(exit_status(options, result) == 1);
  options.may_miss = true;
  CHECK(exit_status(options, result) == 0);
}

}  // namespace
