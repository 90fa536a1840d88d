// The scenario "slow", run against a real server.

#include <doctest/doctest.h>

#include <string>

#include "tests/bench/bench_run.hpp"
#include "tests/bench/relay.hpp"
#include "tests/support/server_process.hpp"

using namespace chat::test;

namespace {

const std::string kShort =
    "--clients 20 --senders 5 --rate 1000 --seconds 1 --text-bytes 4000 --room-log-mib 1 ";

}  // namespace

TEST_CASE("who is passed by the log is told what is missing, and gets all the rest") {
  ServerProcess server({"--room-log-mib", "1"});
  const auto outcome = run_bench("slow", server.port(),
                                 kShort + "--server-pid " + std::to_string(server.process().pid()));
  CHECK_MESSAGE(outcome.exit_status == 0, outcome.errors);
  CHECK(outcome.report["stuck"] == 2);
  CHECK(outcome.report["stuck_passed"] == 2);
  CHECK(outcome.report["missed"] > 0);
  CHECK(outcome.report["expected"] == 20 * 1000 - outcome.report["missed"].get<int>());
  CHECK(outcome.report["delivered"] == outcome.report["expected"]);
  CHECK(outcome.report["kernel_tcp_bytes_per_stuck"].is_number());
  CHECK(outcome.report["server_rss_after_bytes"] > 0);
}

TEST_CASE("what does not reach those who read is lost, whoever is stuck") {
  const ServerProcess server({"--room-log-mib", "1"});
  const Relay relay(server.port(), Fault::drop);
  const auto outcome =
      run_bench("slow", relay.port(), kShort + "--stuck 0 --seconds 0.1 --patience 0.5");
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["lost"] == 1);
  CHECK(outcome.report["stuck"] == 0);
}
