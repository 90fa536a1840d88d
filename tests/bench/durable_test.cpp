// The scenarios "resume", "burden" and "sync", which have their own server or none.

#include <doctest/doctest.h>

#include <string>

#include "tests/bench/bench_run.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;

namespace {

const std::string kFew = "--clients 20 --missed 300 --quiet 0.2 --reactors 2 ";

void check_all_came_back(const BenchOutcome& outcome) {
  CAPTURE(outcome.report.dump());
  CHECK_MESSAGE(outcome.exit_status == 0, outcome.errors);
  CHECK(outcome.report["sent"] == 301);
  CHECK(outcome.report["delivered"] == 21 * 301);
  CHECK(outcome.report["lost"] == 0);
  CHECK(outcome.report["duplicated"] == 0);
  CHECK(outcome.report["misordered"] == 0);
  CHECK(outcome.report["resumed"] == 20);
  CHECK(outcome.report["fresh"] == 0);
  CHECK(outcome.report["gaps"] == 0);
  CHECK(outcome.report["all_back_seconds"] > 0);
  CHECK(outcome.report["bystanders_before_ms"]["p99"].is_number());
  CHECK(outcome.report["bystanders"]["lost"] == 0);
}

}  // namespace

TEST_CASE("all who come back at once get all that they missed") {
  check_all_came_back(run_bench("resume", kFew));
}

TEST_CASE("who comes back to a server that was restarted gets what is in its store") {
  check_all_came_back(run_bench("resume", kFew + "--restart --durability process"));
}

TEST_CASE("a store that is not empty is none for a run") {
  const TemporaryFolder folder;
  CHECK(run_bench("resume", kFew + "--data " + folder.path().string()).exit_status == 0);
  const auto again = run_bench("resume", kFew + "--data " + folder.path().string());
  CHECK(again.exit_status == 1);
  CHECK(again.errors.contains("is not empty"));
}

TEST_CASE("searches and backups run beside a room by turns") {
  const auto outcome = run_bench("burden",
                                 "--clients 20 --senders 4 --rate 200 --turns 2 --turn-seconds 2 "
                                 "--fill-seconds 0.2 --durability process");
  CAPTURE(outcome.report.dump());
  CHECK_MESSAGE(outcome.exit_status == 0, outcome.errors);
  CHECK(outcome.report["filled"] > 0);
  CHECK(outcome.report["delivered"] == outcome.report["expected"]);
  CHECK(outcome.report["searches"] > 0);
  CHECK(outcome.report["found"] > 0);
  CHECK(outcome.report["backups"] > 0);
  CHECK(outcome.report["without_ms"]["p99"].is_number());
  CHECK(outcome.report["p99_ratio"].is_number());
}

TEST_CASE("what syncs take is measured without a server, and nothing is left of it") {
  const TemporaryFolder folder;
  const auto outcome =
      run_bench("sync", "--count 5 --bytes 8192 --folder " + folder.path().string());
  CHECK(outcome.exit_status == 0);
  CHECK(outcome.report["bytes"] == 8192);
  CHECK(outcome.report["sync_ms"]["p50"] > 0);
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("a folder that cannot be written to cannot be measured") {
  const auto outcome = run_bench("sync", "--count 5 --folder /proc");
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.errors.contains("/proc"));
}
