// The scenario "idle", run against a real server.

#include <doctest/doctest.h>

#include <string>

#include "tests/bench/bench_run.hpp"
#include "tests/bench/relay.hpp"
#include "tests/support/server_process.hpp"

using namespace chat::test;

namespace {

std::string short_run(ServerProcess& server) {
  return "--clients 20,50 --settle 0.2 --server-pid " + std::to_string(server.process().pid());
}

}  // namespace

TEST_CASE("idle clients are measured at each step, and all are there at the end") {
  ServerProcess server;
  const auto outcome = run_bench("idle", server.port(), short_run(server));
  CHECK_MESSAGE(outcome.exit_status == 0, outcome.errors);
  CHECK(outcome.report["clients"] == 50);
  CHECK(outcome.report["delivered"] == 50);
  REQUIRE(outcome.report["steps"].size() == 2);
  CHECK(outcome.report["steps"][0]["clients"] == 20);
  CHECK(outcome.report["steps"][0]["server_rss_bytes"] > 0);
  CHECK(outcome.report["steps"][0]["quiet_seconds"] < outcome.report["steps"][0]["seconds"]);
  CHECK(outcome.report["steps"][0]["quiet_server_cpu_seconds"] <=
        outcome.report["steps"][0]["server_cpu_seconds"]);
  CHECK(outcome.report["steps"][1]["clients"] == 50);
  CHECK(outcome.report["server_rss_bytes_per_connection"].is_number());
}

TEST_CASE("an idle client whom the last message does not reach is a failure") {
  ServerProcess server;
  const Relay relay(server.port(), Fault::drop, 1);
  const auto outcome = run_bench("idle", relay.port(), short_run(server) + " --patience 0.5");
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["lost"] == 1);
}
