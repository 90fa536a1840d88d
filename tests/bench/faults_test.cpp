// The scenario "faults", run against a real server, directly and through a relay that does it
// wrong.

#include <doctest/doctest.h>

#include <string>

#include "tests/bench/bench_run.hpp"
#include "tests/bench/relay.hpp"
#include "tests/support/server_process.hpp"

using namespace chat::test;

namespace {

// So few resets that the connection to which the relay does something lives until then.
const std::string kFew = "--clients 20 --senders 20 --rate 400 --resets-per-second 5 --seconds 1 ";

BenchOutcome run_through_relay(Fault fault, std::uint32_t which, std::size_t victim) {
  const ServerProcess server;
  const Relay relay(server.port(), fault, which, victim);
  return run_bench("faults", relay.port(), kFew + "--patience 3");
}

}  // namespace

TEST_CASE("sessions that lose their connections lose nothing else") {
  const ServerProcess server({"--reactors", "4"});
  const auto outcome = run_bench("faults", server.port(),
                                 "--clients 50 --senders 25 --resets-per-second 200 --seconds 2");
  CAPTURE(outcome.report.dump());
  CHECK_MESSAGE(outcome.exit_status == 0, outcome.errors);
  CHECK(outcome.report["lost"] == 0);
  CHECK(outcome.report["duplicated"] == 0);
  CHECK(outcome.report["misordered"] == 0);
  CHECK(outcome.report["unacknowledged"] == 0);
  CHECK(outcome.report["fresh"] == 0);
  CHECK(outcome.report["gaps"] == 0);
  CHECK(outcome.report["delivered"] == outcome.report["expected"]);
  CHECK(outcome.report["whispers"] > 0);
  CHECK(outcome.report["repeated"] > 0);
  CHECK(outcome.report["resets"] > 100);
  CHECK(outcome.report["interrupted"] > 0);
  // Each reset is followed by one or the other.
  CHECK(outcome.report["resumed"].get<int>() + outcome.report["interrupted"].get<int>() ==
        outcome.report["resets"].get<int>());
  CHECK(outcome.report["resume_ms"]["p50"].is_number());
  CHECK(outcome.report["caught_up_ms"]["p99"].is_number());
}

TEST_CASE("clients who miss what the log no longer holds are told so, and lose nothing else") {
  const ServerProcess server({"--room-log-mib", "1"});
  const auto outcome = run_bench("faults", server.port(),
                                 "--clients 20 --senders 20 --rate 2000 --text-bytes 4000 --away 1 "
                                 "--may-miss --resets-per-second 20 --seconds 1");
  CAPTURE(outcome.report.dump());
  CHECK_MESSAGE(outcome.exit_status == 0, outcome.errors);
  CHECK(outcome.report["gaps"] > 0);
  CHECK(outcome.report["missed"] > 0);
  CHECK(outcome.report["lost"] == 0);
  CHECK(outcome.report["delivered"] == outcome.report["expected"]);
}

TEST_CASE("one client alone may be away when the resets end") {
  const ServerProcess server;
  const auto outcome =
      run_bench("faults", server.port(), "--clients 1 --resets-per-second 20 --seconds 0.5");
  CHECK_MESSAGE(outcome.exit_status == 0, outcome.errors);
  CHECK(outcome.report["resumed"] > 0);
  CHECK(outcome.report["delivered"] == outcome.report["expected"]);
}

TEST_CASE("sessions that the server does not keep are a failure") {
  const ServerProcess server({"--resume-seconds", "0"});
  const auto outcome = run_bench("faults", server.port(), kFew + "--patience 0.5");
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["fresh"] > 0);
  // Only a hello that is heard before the reset still finds a session.
  CHECK(outcome.report["resumed"] < outcome.report["resets"]);
  CHECK(outcome.report["lost"] > 0);
}

TEST_CASE("a message that a member of faults does not get is lost") {
  const auto outcome = run_through_relay(Fault::drop, 3, 1);
  CAPTURE(outcome.report.dump());
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["lost"] == 1);
  CHECK(outcome.report["duplicated"] == 0);
}

TEST_CASE("a message that is lost with a reset is found") {
  // The first connection that is made again, and the first message that it gets.
  const auto outcome = run_through_relay(Fault::drop, 1, 20);
  CAPTURE(outcome.report.dump());
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["resets"] > 0);
  CHECK(outcome.report["lost"] == 1);
}

TEST_CASE("a message that comes twice through a reset connection's successor is found") {
  const auto outcome = run_through_relay(Fault::twice, 1, 20);
  CAPTURE(outcome.report.dump());
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["lost"] == 0);
  CHECK(outcome.report["duplicated"] == 1);
}

TEST_CASE("messages that change places are found among resets") {
  const auto outcome = run_through_relay(Fault::swap, 2, 20);
  CAPTURE(outcome.report.dump());
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["lost"] == 0);
  CHECK(outcome.report["misordered"] == 1);
}
