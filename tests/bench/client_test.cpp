// The scenario "client", run with the real client and its own server.

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/bench/bench_run.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;

namespace {

const std::string kShort =
    "--messages 300 --quiet-messages 3 --rate 500 --seconds 0.3 --pages 20 --columns 80 --rows 24 "
    "--durability process ";

}  // namespace

TEST_CASE("what a user feels of the client is measured from its start to its end") {
  const auto outcome = run_bench("client", kShort);
  CAPTURE(outcome.report.dump());
  CHECK_MESSAGE(outcome.exit_status == 0, outcome.errors);
  CHECK(outcome.report["first_screen_ms"] > 0);
  // The text of a screen's rows, at least.
  CHECK(outcome.report["first_screen_bytes"] > 20 * 64);
  CHECK(outcome.report["quiet"]["bytes"] > 3 * 64);
  CHECK(outcome.report["quiet"]["frames"] >= 3);
  CHECK(outcome.report["quiet"]["cpu_seconds"] > 0);
  CHECK(outcome.report["flooded"] > 0);
  CHECK(outcome.report["watching"]["frames"] > 0);
  for (const char* part : {"typing", "hammering"}) {
    CAPTURE(part);
    CHECK(outcome.report[part]["keys"] > 0);
    CHECK(outcome.report[part]["unheard"] == 0);
    CHECK(outcome.report[part]["echo_ms"]["max"] > 0);
  }
  CHECK(outcome.report["paging_ms"]["p50"].is_number());
  for (const char* when : {"first", "quiet", "flooded", "half_up", "up"})
    CHECK(outcome.report["rss_" + std::string(when) + "_bytes"] > 1024 * 1024);
}

TEST_CASE("a client that ends by itself is a failure") {
  const auto outcome = run_bench("client", kShort + "--client-program /bin/false");
  CHECK(outcome.exit_status == 1);
  CHECK(outcome.errors.contains("ended with status 1"));
}

TEST_CASE("a client that shows something else is a failure") {
  const TemporaryFolder folder;
  const auto program = folder.path() / "client";
  std::ofstream(program) << "#!/bin/sh\nwhile :; do echo Good morning!; sleep 0.01; done\n";
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  const auto outcome =
      run_bench("client", kShort + "--patience 4 --client-program " + program.string());
  CHECK(outcome.exit_status == 1);
  CHECK_MESSAGE(outcome.errors.contains("does not show the newest message"), outcome.errors);
}
