// The scenario "churn", run against a real server.

#include <doctest/doctest.h>

#include <string>

#include "tests/bench/bench_run.hpp"
#include "tests/bench/relay.hpp"
#include "tests/support/server_process.hpp"

using namespace chat::test;

namespace {

const std::string kShort = "--clients 10 --rate 100 --seconds 0.5 ";

}  // namespace

TEST_CASE("visitors come back under their names, and watchers hear all of them") {
  ServerProcess server;
  const auto outcome = run_bench("churn", server.port(),
                                 kShort + "--server-pid " + std::to_string(server.process().pid()));
  CHECK_MESSAGE(outcome.exit_status == 0, outcome.errors);
  CHECK(outcome.report["visits"] == 50);
  CHECK(outcome.report["sent"] == 50);
  CHECK(outcome.report["expected"] == 100);
  CHECK(outcome.report["delivered"] == 100);
  CHECK(outcome.report["join_ms"]["p50"].is_number());
  CHECK(outcome.report["server_cpu_us_per_visit"].is_number());
}

TEST_CASE("what a watcher does not hear of visitors is lost") {
  const ServerProcess server;
  const Relay relay(server.port(), Fault::drop);
  const auto outcome = run_bench("churn", relay.port(), kShort + "--patience 0.5");
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["lost"] == 1);
}
