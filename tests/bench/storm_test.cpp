// The scenario "storm", run against a real server.

#include <doctest/doctest.h>

#include "tests/bench/bench_run.hpp"
#include "tests/support/server_process.hpp"

using namespace chat::test;

TEST_CASE("few who come in together all learn each other's names") {
  const ServerProcess server;
  const auto outcome = run_bench("storm", server.port(), "--clients 50 --quiet 0.1");
  CHECK_MESSAGE(outcome.exit_status == 0, outcome.errors);
  CHECK(outcome.report["refused"] == 0);
  CHECK(outcome.report["connect_seconds"].is_number());
  CHECK(outcome.report["presence"] == "names");
  CHECK(outcome.report["wrong_views"] == 0);
  CHECK(outcome.report["members_before"] == 1);
  CHECK(outcome.report["members_after"] == 1);
  CHECK(outcome.report["lost"] == 0);
  CHECK(outcome.report["latency_ms"]["before"]["p50"].is_number());
}

TEST_CASE("many who come in together are told how many they are") {
  const ServerProcess server;
  const auto outcome = run_bench("storm", server.port(), "--clients 520 --quiet 0.1");
  CHECK_MESSAGE(outcome.exit_status == 0, outcome.errors);
  CHECK(outcome.report["presence"] == "counts");
  CHECK(outcome.report["wrong_views"] == 0);
  CHECK(outcome.report["hurried_views"] == 0);
  CHECK(outcome.report["members_after"] == 1);
}

TEST_CASE("who is refused in a storm is a failure") {
  const ServerProcess server({"--max-connections", "40"});
  const auto outcome = run_bench("storm", server.port(), "--clients 50 --quiet 0.1 --patience 0.5");
  CHECK(outcome.exit_status == 1);
  // 10 bystanders and the observer have come in before.
  CHECK(outcome.report["refused"] == 21);
}
