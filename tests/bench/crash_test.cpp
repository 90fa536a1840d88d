// The scenario "crash", run with a real server, directly and behind a relay that does it wrong.

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/bench/bench_run.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;

namespace {

BenchOutcome run_crash(const std::string& options, const TemporaryFolder& folder) {
  return run_bench("crash", "--data " + (folder.path() / "store").string() + " " + options);
}

// One room, in which one client talks: so each message that comes is one of the room.
BenchOutcome run_behind_relay(const char* fault) {
  const TemporaryFolder folder;
  return run_bench(
      "crash",
      "--clients 4 --senders 1 --rooms 1 --rate 100 --cycles 1 --seconds-per-cycle 0.5 "
      "--patience 3 --server-program " RELAYED_SERVER " --data " +
          (folder.path() / "store").string(),
      {std::string("EDGECHAT_TEST_FAULT=") + fault});
}

}  // namespace

TEST_CASE("a server that is killed again and again loses nothing") {
  for (const std::string durability : {"power", "process"}) {
    CAPTURE(durability);
    const TemporaryFolder folder;
    const auto outcome = run_crash(
        "--clients 12 --senders 6 --cycles 3 --seconds-per-cycle 0.5 --durability " + durability,
        folder);
    CAPTURE(outcome.report.dump());
    CHECK_MESSAGE(outcome.exit_status == 0, outcome.errors);
    CHECK(outcome.report["lost"] == 0);
    CHECK(outcome.report["duplicated"] == 0);
    CHECK(outcome.report["misordered"] == 0);
    CHECK(outcome.report["gaps"] == 0);
    CHECK(outcome.report["other_epochs"] == 0);
    CHECK(outcome.report["crashes"] == 3);
    CHECK(outcome.report["said"] > 0);
    CHECK(outcome.report["whispers"] > 0);
    CHECK(outcome.report["acknowledged"] == outcome.report["said"]);
    CHECK(outcome.report["resumed"] >= 12);
    CHECK(outcome.report["fresh"] == 0);
    CHECK(outcome.report["all_back"] > 0);
    CHECK(outcome.report["all_back_ms"]["p50"].is_number());
    CHECK_FALSE(std::filesystem::is_empty(folder.path() / "store"));
  }
}

TEST_CASE("nor do connections that are reset meanwhile, and clients that are killed") {
  const TemporaryFolder folder;
  const auto outcome = run_crash(
      "--clients 12 --senders 6 --cycles 3 --seconds-per-cycle 0.5 --resets-per-second 60 "
      "--client-kills-per-second 60 --away 0.05",
      folder);
  CAPTURE(outcome.report.dump());
  CHECK_MESSAGE(outcome.exit_status == 0, outcome.errors);
  CHECK(outcome.report["lost"] == 0);
  CHECK(outcome.report["duplicated"] == 0);
  CHECK(outcome.report["misordered"] == 0);
  CHECK(outcome.report["resets"] > 0);
  CHECK(outcome.report["clients_killed"] > 0);
  CHECK(outcome.report["fresh"] > 0);
}

TEST_CASE("a message that does not come to a client of crash is lost") {
  const auto outcome = run_behind_relay("drop");
  CAPTURE(outcome.report.dump());
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["lost"] > 0);
  CHECK(outcome.report["duplicated"] == 0);
}

TEST_CASE("a message that comes twice to a client of crash is duplicated") {
  const auto outcome = run_behind_relay("twice");
  CAPTURE(outcome.report.dump());
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["lost"] == 0);
  CHECK(outcome.report["duplicated"] > 0);
}

TEST_CASE("messages that change places on the way to a client of crash are misordered") {
  const auto outcome = run_behind_relay("swap");
  CAPTURE(outcome.report.dump());
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["misordered"] > 0);
}

TEST_CASE("nothing is wrong with crash behind a relay that does nothing wrong") {
  const auto outcome = run_behind_relay("none");
  CHECK_MESSAGE(outcome.exit_status == 0, outcome.errors);
}

TEST_CASE("a server that keeps nothing is found out") {
  const auto outcome = run_behind_relay("forget");
  CAPTURE(outcome.report.dump());
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.report["other_epochs"] > 0);
  CHECK(outcome.report["lost"] > 0);
}

TEST_CASE("a server that ends by itself is a failure, and its last words are told") {
  const TemporaryFolder folder;
  const auto outcome = run_crash("--server-option=--no-such-option", folder);
  CHECK(outcome.exit_status == 1);
  CHECK_MESSAGE(outcome.errors.contains("the server ended with status 2"), outcome.errors);
  CHECK(outcome.errors.contains("no-such-option"));
}

TEST_CASE("a store that is not empty is left alone") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "letter") << "keep me";
  const auto outcome = run_bench("crash", "--data " + folder.path().string());
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.errors.contains("is not empty"));
  CHECK(std::filesystem::exists(folder.path() / "letter"));
}
