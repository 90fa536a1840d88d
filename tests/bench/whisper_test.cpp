// The scenario "whisper", run against a real server and a real relay.

#include <doctest/doctest.h>

#include <string>

#include "tests/bench/bench_run.hpp"
#include "tests/bench/floor_process.hpp"
#include "tests/bench/relay.hpp"
#include "tests/support/server_process.hpp"

using namespace chat::test;

namespace {

const std::string kShort = "--pairs 5 --seconds 0.3 --text-bytes 64 ";

}  // namespace

TEST_CASE("pairs whisper in turns, and every whisper arrives once and is acknowledged") {
  ServerProcess server;
  const auto outcome = run_bench("whisper", server.port(),
                                 kShort + "--server-pid " + std::to_string(server.process().pid()));
  CHECK_MESSAGE(outcome.exit_status == 0, outcome.errors);
  CHECK(outcome.report["clients"] == 10);
  CHECK(outcome.report["sent"] > 5);
  CHECK(outcome.report["delivered"] == outcome.report["expected"]);
  CHECK(outcome.report["unacknowledged"] == 0);
  CHECK(outcome.report["round_trip_ms"]["p50"].is_number());
  CHECK(outcome.report["server_cpu_us_per_whisper"].is_number());
}

TEST_CASE("the floor's relay is spoken with in the same way") {
  const FloorProcess floor("relay");
  const auto outcome = run_bench("whisper", floor.port(), kShort + "--protocol floor");
  CHECK_MESSAGE(outcome.exit_status == 0, outcome.errors);
  CHECK(outcome.report["sent"] > 5);
  CHECK(outcome.report["delivered"] == outcome.report["sent"]);
}

TEST_CASE("a whisper that is dropped is lost") {
  const ServerProcess server;
  const Relay relay(server.port(), Fault::drop, 2);
  const auto outcome = run_bench("whisper", relay.port(), kShort + "--patience 0.5");
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["lost"] == 1);
}

TEST_CASE("a whisper that comes twice is duplicated") {
  const ServerProcess server;
  const Relay relay(server.port(), Fault::twice, 2);
  const auto outcome = run_bench("whisper", relay.port(), kShort);
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["lost"] == 0);
  CHECK(outcome.report["duplicated"] == 1);
}

TEST_CASE("pairs that whisper once are measured when nothing happens any more") {
  ServerProcess server;
  const auto outcome = run_bench("whisper", server.port(),
                                 "--once --clients 20 --pairs 100 --text-bytes 64 --settle 0.1 "
                                 "--server-pid " +
                                     std::to_string(server.process().pid()));
  CHECK_MESSAGE(outcome.exit_status == 0, outcome.errors);
  CHECK(outcome.report["sent"] == 100);
  CHECK(outcome.report["lost"] == 0);
  CHECK(outcome.report["server_rss_bytes_per_pair"].is_number());
}

TEST_CASE("of pairs that whisper once, one whose whisper is dropped lost it") {
  const ServerProcess server;
  const Relay relay(server.port(), Fault::drop, 2);
  const auto outcome =
      run_bench("whisper", relay.port(),
                "--once --clients 20 --pairs 100 --text-bytes 64 --settle 0.1 --patience 0.5");
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["lost"] == 1);
}
