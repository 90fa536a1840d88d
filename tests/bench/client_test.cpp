// The scenario "client", run with the real client and its own server.

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/bench/bench_run.hpp"
#include "tests/support/measurable_memory.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;

namespace {

const std::string kShort =
    "--messages 300 --quiet-messages 3 --rate 500 --columns 80 --rows 24 --durability process ";

// A program for /bin/sh.
std::string script(const TemporaryFolder& folder, const std::string& lines) {
  const auto program = folder.path() / "client";
  std::ofstream(program) << "#!/bin/sh\n" << lines << "\n";
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  return program.string();
}

// What no client does, however little time the machine has for it: it draws so often at most, and a
// picture is read in two pieces at worst.
void check_frames(const nlohmann::json& part) {
  constexpr double kMostPerSecond = 25;
  constexpr double kPieces = 2;
  constexpr double kMore = 5;
  CHECK(part["frames"] > 0);
  CHECK(part["frames"] <= kPieces * kMostPerSecond * part["seconds"].get<double>() + kMore);
}

// A sanitizer takes memory of its own.
constexpr std::uint64_t kMostMemory = (kMemoryIsMeasurable ? 64 : 1024) * 1024 * 1024;

// Whether keys were answered in time is the machine's business, too; not what follows from it.
void check_verdict(const BenchOutcome& outcome) {
  bool is_within_bar = true;
  for (const char* name : {"typing", "hammering"}) {
    CAPTURE(name);
    const auto& part = outcome.report[name];
    CHECK(part["keys"] > 0);
    CHECK(part["unheard"] == 0);
    CHECK(part["echo_ms"]["max"] > 0);
    CHECK(part["missed"] <= part["late"]);
    CHECK((part["late"] > 0) == (part["echo_ms"]["max"] > outcome.report["echo_bar_ms"]));
    is_within_bar &= part["missed"] == 0;
  }
  CHECK(outcome.report["within_bar"] == is_within_bar);
  CHECK_MESSAGE(outcome.exit_status == (is_within_bar ? 0 : 1), outcome.errors);
}

}  // namespace

TEST_CASE("what a user feels of the client is measured from its start to its end") {
  const auto outcome = run_bench("client", kShort + "--seconds 0.3 --pages 20");
  CAPTURE(outcome.report.dump());
  CHECK(outcome.report["first_screen_ms"] > 0);
  // The text of a screen's rows, at least.
  CHECK(outcome.report["first_screen_bytes"] > 20 * 64);
  CHECK(outcome.report["quiet"]["bytes"] > 3 * 64);
  CHECK(outcome.report["quiet"]["frames"] >= 3);
  CHECK(outcome.report["quiet"]["cpu_seconds"] > 0);
  CHECK(outcome.report["flooded"] > 0);
  check_frames(outcome.report["watching"]);
  CHECK(outcome.report["watching"]["cpu_us_per_frame"] > 0);
  check_verdict(outcome);
  CHECK(outcome.report["paging_ms"]["p50"].is_number());
  for (const char* when : {"first", "quiet", "flooded", "half_up", "up"}) {
    CAPTURE(when);
    CHECK(outcome.report["rss_" + std::string(when) + "_bytes"] > 1024 * 1024);
    CHECK(outcome.report["rss_" + std::string(when) + "_bytes"] < kMostMemory);
  }
}

TEST_CASE(
    "a flood is watched until there is something to see, and pages end at the first message") {
  const auto outcome = run_bench("client", kShort + "--seconds 0.001 --pages 100000");
  CAPTURE(outcome.report.dump());
  check_frames(outcome.report["watching"]);
  check_verdict(outcome);
  CHECK(outcome.report["at_top"] == true);
  // A page shows some 20 rows that the one before did not, and a message takes two at most.
  const std::uint64_t messages = 300 + outcome.report["flooded"].get<std::uint64_t>();
  CHECK(outcome.report["pages"] >= messages / 24);
  CHECK(outcome.report["pages"] <= messages / 5);
  CHECK(outcome.report["rss_half_up_bytes"].is_null());
}

TEST_CASE("a client that is not there is noticed before anything else is done") {
  const TemporaryFolder folder;
  const auto alone = folder.path() / "chat-bench";
  std::filesystem::copy_file(CHAT_BENCH, alone);
  Process bench({alone.string(), "client"});
  CHECK(bench.wait_for_exit() == 1);
  CHECK(bench.standard_error() == "chat-bench: the client " +
                                      (folder.path() / "chat-client").string() +
                                      ": No such file or directory\n");
}

TEST_CASE("a client that ends by itself is a failure") {
  const TemporaryFolder folder;
  const auto program = script(folder, "echo no luck; exit 3");
  const auto outcome = run_bench("client", kShort + "--client-program " + program);
  CHECK(outcome.exit_status == 1);
  CHECK_MESSAGE(outcome.errors.contains("ended with status 3; the last that it wrote:\nno luck"),
                outcome.errors);
}

TEST_CASE("a client that shows something else is a failure") {
  const TemporaryFolder folder;
  const auto program = script(folder, "while :; do echo Good morning!; sleep 0.01; done");
  const auto outcome = run_bench("client", kShort + "--patience 4 --client-program " + program);
  CHECK(outcome.exit_status == 1);
  CHECK_MESSAGE(outcome.errors.contains("does not show the newest message"), outcome.errors);
}
