// The scenario "storm", run against a real server.

#include <doctest/doctest.h>

#include <csignal>

#include "tests/bench/bench_run.hpp"
#include "tests/support/deadline.hpp"
#include "tests/support/process.hpp"
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

TEST_CASE("who vanishes in a storm without a goodbye is gone after the time to resume") {
  const ServerProcess server({"--resume-seconds", "0.5"});
  const auto outcome =
      run_bench("storm", server.port(), "--clients 50 --quiet 0.1 --without-goodbye --patience 20");
  CHECK_MESSAGE(outcome.exit_status == 0, outcome.errors);
  CHECK(outcome.report["gone_seconds"] >= 0.5);
  CHECK(outcome.report["members_after"] == 1);
}

TEST_CASE("a storm that was killed does not disturb the next one") {
  constexpr std::size_t kBystandersAndObserver = 11;
  const ServerProcess server({"--resume-seconds", "1"});
  const std::size_t before = server.open_descriptors();
  Process killed(
      {CHAT_BENCH, "storm", "--server", server.address(), "--clients", "50", "--quiet", "60"});
  REQUIRE(wait_until([&] { return server.open_descriptors() == before + kBystandersAndObserver; }));
  killed.signal(SIGKILL);
  killed.wait_for_exit();
  const auto outcome = run_bench("storm", server.port(), "--clients 50 --quiet 1");
  CHECK_MESSAGE(outcome.exit_status == 0, outcome.errors);
  CHECK(outcome.report["members_after"] == 1);
}

TEST_CASE("who is refused in a storm is a failure") {
  const ServerProcess server({"--max-connections", "40"});
  const auto outcome = run_bench("storm", server.port(), "--clients 50 --quiet 0.1 --patience 0.5");
  CHECK(outcome.exit_status == 1);
  // 10 bystanders and the observer have come in before.
  CHECK(outcome.report["refused"] == 21);
}
