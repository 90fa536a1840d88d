// The scenario "commit", run against a real server, directly and through a relay that does it
// wrong.

#include <doctest/doctest.h>

#include <string>

#include "tests/bench/bench_run.hpp"
#include "tests/bench/relay.hpp"
#include "tests/support/server_process.hpp"

using namespace chat::test;

namespace {

const std::string kShort = "--window 8 --seconds 0.3 --text-bytes 64 ";

BenchOutcome run_through_relay(Fault fault) {
  const ServerProcess server;
  const Relay relay(server.port(), fault);
  return run_bench("commit", relay.port(), kShort + "--senders 2 --readers 2 --patience 0.5");
}

}  // namespace

TEST_CASE("senders into rooms of their own get an acknowledgement for all that they say") {
  const ServerProcess server({"--durability", "power"});
  const auto outcome = run_bench("commit", server.port(), kShort + "--senders 7 --rooms 3");
  CAPTURE(outcome.report.dump());
  CHECK_MESSAGE(outcome.exit_status == 0, outcome.errors);
  CHECK(outcome.report["sent"] > 0);
  CHECK(outcome.report["acknowledged"] == outcome.report["sent"]);
  CHECK(outcome.report["acknowledged_per_second"] > 0);
  CHECK(outcome.report["acknowledgement_ms"]["p99"].is_number());
  CHECK(outcome.report["lost"] == 0);
  CHECK(outcome.report["sync_ms"]["p50"].is_null());
}

TEST_CASE("readers get all that senders say, and hold them back") {
  ServerProcess server;
  const auto outcome =
      run_bench("commit", server.port(),
                kShort + "--senders 3 --readers 5 --rooms 2 --sync-folder /tmp --server-pid " +
                    std::to_string(server.process().pid()));
  CAPTURE(outcome.report.dump());
  CHECK_MESSAGE(outcome.exit_status == 0, outcome.errors);
  CHECK(outcome.report["delivered"] == outcome.report["expected"]);
  // Three readers and the two senders of the first room, or two and the other one of the second.
  CHECK(outcome.report["delivered"] >= 3 * outcome.report["sent"].get<int>());
  CHECK(outcome.report["deliveries_per_second"] > 0);
  CHECK(outcome.report["sync_ms"]["p50"] > 0);
}

TEST_CASE("a message that a reader of commit does not get is lost") {
  const auto outcome = run_through_relay(Fault::drop);
  CAPTURE(outcome.report.dump());
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["lost"] == 1);
}

TEST_CASE("a message that a reader of commit gets twice is duplicated") {
  const auto outcome = run_through_relay(Fault::twice);
  CAPTURE(outcome.report.dump());
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["duplicated"] == 1);
}
