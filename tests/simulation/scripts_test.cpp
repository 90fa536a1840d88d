// Scripts by hand: what a simulation holds for right is shown to be played at all. And scripts that
// failed once, as they were shortened: what was found is looked for again.
#include <doctest/doctest.h>

#include <string>

#include "tests/simulation/script.hpp"
#include "tests/simulation/script_text.hpp"
#include "tests/simulation/world.hpp"

namespace chat::sim {
namespace {

Outcome check(const std::string& text) {
  const auto script = parse_script(text);
  REQUIRE(script.has_value());
  return play(*script);
}

TEST_CASE("a reset in the middle of a frame, and a resume on another reactor") {
  const Outcome outcome = check(
      "setting 2 2 4096 65536 120000 100 100 0 100 256 0 16777216\ncome 0 0 0\ncome 1 1 0\nsettle "
      "0 0 0\n"
      "say 0 0 500\ndeliver 0 9999 0\nenter 0 0 0\nenter 1 0 0\ncarry_out 1 0 0\nflush 1 60 "
      "0\nvanish 1 0 0\n"
      "say 0 0 20\ndeliver 0 9999 0\nround 0 0 0\ncome 1 0 0\nsettle 0 0 0\n");
  CHECK(outcome.statistics.of(Seen::resumes) == 1);
  CHECK(outcome.statistics.of(Seen::cut_in_frame) == 1);
}

TEST_CASE("a session is taken over while its old connection still asks for something") {
  const Outcome outcome = check(
      "setting 2 2 4096 65536 120000 100 100 0 100 256 0 16777216\ncome 0 0 0\nsettle 0 0 0\n"
      "say 0 0 20\ndeliver 0 9999 0\nimpose 0 1 0\ndeliver 0 9999 0\nenter 1 0 0\n"
      "enter 0 0 0\nsettle 0 0 0\n");
  CHECK(outcome.statistics.of(Seen::takeovers) == 1);
  CHECK(outcome.statistics.of(Seen::messages) == 0);
}

TEST_CASE("who does not read is told what it has missed") {
  const Outcome outcome = check(
      "setting 1 2 128 1024 120000 100 100 0 100 256 0 16777216\ncome 0 0 0\ncome 1 0 0\nsettle 0 "
      "0 0\n"
      "say 0 0 500\ndeliver 0 9999 0\nenter 0 0 0\nsay 0 0 500\ndeliver 0 9999 0\n"
      "enter 0 0 0\nsay 0 0 500\ndeliver 0 9999 0\nenter 0 0 0\nsettle 0 0 0\n");
  CHECK(outcome.statistics.of(Seen::gaps) > 0);
}

TEST_CASE("who does not read until a pair's end is dropped is told that it has ended") {
  std::string flood;
  for (int i = 0; i < 10; ++i)
    flood += "say 2 0 500\ndeliver 2 9999 0\nenter 0 0 0\n";
  const Outcome outcome = check(
      "setting 1 3 128 1024 120000 100 100 0 100 256 0 16777216\ncome 0 0 0\ncome 1 0 0\ncome 2 0 "
      "0\nsettle 0 "
      "0 "
      "0\n"
      "whisper 0 1 10\nsettle 0 0 0\nleave 0 1 0\ndeliver 0 9999 0\nenter 0 0 0\n" +
      flood + "settle 0 0 0\n");
  CHECK(outcome.statistics.of(Seen::pairs_closed_unheard) == 1);
}

TEST_CASE("everybody is back after a crash, with what was said") {
  const Outcome outcome = check(
      "setting 2 2 8192 65536 120000 100 100 0 100 256 1 16777216\ncome 0 0 0\ncome 1 1 0\n"
      "settle 0 0 0\nsay 0 0 20\nsettle 0 0 0\ncrash 0 0 0\ncome 0 1 0\ncome 1 0 0\nsettle 0 0 "
      "0\n");
  CHECK(outcome.statistics.of(Seen::crashes) == 1);
  CHECK(outcome.statistics.of(Seen::resumed_after_crash) == 2);
  CHECK(outcome.statistics.of(Seen::messages) == 1);
}

TEST_CASE("what was not committed before a crash is said again, once") {
  const Outcome outcome = check(
      "setting 1 2 8192 65536 120000 100 100 0 100 256 1 16777216\ncome 0 0 0\ncome 1 0 0\n"
      "settle 0 0 0\nhold 0 0 0\nsay 0 0 20\ndeliver 0 9999 0\nround 0 0 0\ncrash 0 0 0\n"
      "come 0 0 0\ncome 1 0 0\nsettle 0 0 0\nrepeat 0 0 0\nsettle 0 0 0\n");
  CHECK(outcome.statistics.of(Seen::batches_lost) > 0);
  CHECK(outcome.statistics.of(Seen::messages) == 1);
}

TEST_CASE("what was committed before a crash, and not told, is told and not said again") {
  const Outcome outcome = check(
      "setting 1 2 8192 65536 120000 100 100 0 100 256 1 16777216\ncome 0 0 0\ncome 1 0 0\n"
      "settle 0 0 0\nhold 0 0 0\nsay 0 0 20\ndeliver 0 9999 0\nround 0 0 0\ncommit 0 7 0\n"
      "crash 0 0 0\ncome 0 0 0\ncome 1 0 0\nsettle 0 0 0\nrepeat 0 0 0\nsettle 0 0 0\n");
  CHECK(outcome.statistics.of(Seen::stored_untold) == 1);
  CHECK(outcome.statistics.of(Seen::said_before) == 1);
  CHECK(outcome.statistics.of(Seen::pieces_fed) > 0);
  CHECK(outcome.statistics.of(Seen::messages) == 0);
}

TEST_CASE("numbers are void after a loss of power, and what was lost may be said again") {
  const Outcome outcome = check(
      "setting 1 2 8192 65536 120000 100 100 0 100 256 1 16777216\ncome 0 0 0\ncome 1 0 0\n"
      "settle 0 0 0\nsay 0 0 20\nsettle 0 0 0\nlose 0 1 0\ncome 0 0 0\ncome 1 0 0\nsettle 0 0 0\n"
      "repeat 0 0 0\nsettle 0 0 0\n");
  CHECK(outcome.statistics.of(Seen::commits_lost) == 1);
  CHECK(outcome.statistics.of(Seen::numbers_reset) == 2);
  CHECK(outcome.statistics.of(Seen::messages) == 2);
}

// --- found by simulations -----------------------------------------------------------------------

TEST_CASE("a connection that says goodbye while its session is taken over is sent nothing more") {
  check(
      "setting 1 8 1048576 8192 0 2 100 0 2 256 0 16777216\ncome 0 21 3\nsettle 24 33 3\nsay 24 31 "
      "41\n"
      "goodbye 24 4 3\nclaim 56 28 1\n");
}

TEST_CASE("a session is taken up on a reactor that held the room for somebody who was leaving") {
  check(
      "setting 4 2 128 4194304 120000 1000 3 0 1000 256 0 16777216\ncome 60 4 0\ncome 29 13 3\n"
      "deliver 33 1048576 3\nround 17 0 0\nsay 37 35 5\nsettle 22 3 2\ngoodbye 22 8 3\n"
      "deliver 22 1048576 3\nhang_up 47 34 2\nenter 29 15 0\nenter 49 5 1\nflush 5 278 3\n"
      "come 53 16 1\nenter 48 8 0\nenter 28 38 0\n");
}

TEST_CASE("a reactor that held a room for somebody who was leaving lets go of what was dropped") {
  check(
      "setting 3 8 128 4194304 120000 1 100 0 1 256 0 16777216\ncome 4 3 0\ncome 6 3 0\n"
      "deliver 52 1048576 3\ndeliver 22 299 3\nenter 0 0 3\ncome 53 3 1\n"
      "flush 46 1048576 1\ndeliver 53 1048576 3\nleave 14 45 1\ncome 0 36 1\n"
      "deliver 46 72 0\nhang_up 29 0 3\nenter 18 3 0\nvanish 36 9 3\nenter 63 20 1\n");
}

TEST_CASE("a pair that has ended is read to its end where somebody who was leaving held it") {
  check(
      "setting 4 7 1048576 1024 0 1000 3 506 1000 256 0 16777216\ncome 4 0 0\ndeliver 4 1048576 2\n"
      "round 40 56 2\ncrowd 40 51 1\nenter 24 0 0\nclaim 28 24 2\ndeliver 28 1048576 0\n"
      "enter 2 0 0\ncarry_out 2 6 0\nflush 28 1048576 0\nwhisper 32 7 17\n"
      "deliver 32 1048576 1\ncome 17 7 2\nfail 21 51 2\nhang_up 53 61 3\ncrowd 25 9 1\n"
      "enter 60 62 3\nenter 40 63 0\ndeliver 45 234 1\nenter 19 0 1\nclaim 49 59 0\n");
}

TEST_CASE("a snapshot that was due when its room was left comes where it is come into again") {
  check(
      "setting 3 7 1048576 1024 0 1 1 0 1 256 0 16777216\nflood 35 1 2\nround 57 28 1\nleave 49 45 "
      "3\nflood "
      "46 2 "
      "1\n"
      "join 42 46 1\ndeliver 56 84 3\nimpose 15 3 2\ndeliver 15 1048576 0\nenter 3 0 1\n"
      "come 23 34 2\ndeliver 23 1048576 0\nenter 34 0 2\ncarry_out 34 0 3\nflush 23 1048576 0\n"
      "rename 37 8 1\ndeliver 37 1048576 3\njoin 30 58 3\nround 6 32 3\nsay 16 60 55\n"
      "deliver 16 1048576 1\nround 1 11 2\nsay 0 30 42\nvanish 9 56 1\nsay 43 16 22\n"
      "deliver 43 1048576 2\ndeliver 28 139 0\nenter 28 37 3\nleave 35 54 3\nenter 48 0 1\n"
      "join 42 46 2\ndeliver 42 1048576 2\nflush 21 5 3\n");
}

TEST_CASE("where a room was left and come into without an answer, what may be read is not known") {
  check(
      "setting 3 2 1048576 8192 120000 1 3 0 1 256 0 16777216\ncome 20 45 2\ndeliver 20 1048576 "
      "0\nenter 45 0 "
      "0\n"
      "carry_out 45 3 2\nflush 20 1048576 0\njoin 44 20 2\ndeliver 38 1048576 0\nenter 48 0 2\n"
      "carry_out 48 0 1\nflush 22 1048576 0\nsay 44 15 5\ndeliver 38 1048576 0\nclaim 36 28 1\n"
      "enter 63 57 1\ndeliver 58 1048576 2\nenter 1 0 3\ncarry_out 1 0 0\nflush 44 1048576 0\n"
      "leave 2 7 0\njoin 36 36 2\ndeliver 36 1048576 0\nvanish 8 41 2\nenter 3 0 1\nenter 6 0 0\n"
      "round 52 46 3\nflush 2 142 3\nflush 34 1048576 3\ncome 36 15 3\ndeliver 36 1048576 0\n"
      "enter 15 0 2\ncarry_out 15 0 0\nflush 36 1048576 0\nvanish 60 19 1\nenter 30 0 0\n"
      "claim 62 48 1\n");
}

TEST_CASE("whoever is back in a new session when the old one's time is over is not lost") {
  check(
      "setting 2 2 8192 4194304 120000 3 1 0 1 256 1 1000\ncome 44 46 2\ndeliver 30 1048576 1\n"
      "restart 15 31 1\nwait 49 130000 0\ncome 18 35 1\ndeliver 18 1048576 0\nenter 35 0 2\n");
}

TEST_CASE("a hello that comes late, with a token from before a crash, takes nothing over") {
  check(
      "setting 1 3 8192 4194304 5000 1 3 0 1000 4 1 1000\ncome 31 14 3\ndeliver 31 1048576 0\n"
      "enter 14 0 1\ncarry_out 14 0 2\nflush 31 1048576 0\nsay 40 20 26\ngoodbye 40 38 0\n"
      "deliver 43 1048576 2\nenter 56 52 2\nenter 53 5 3\ncrash 37 25 1\ncome 1 0 0\n"
      "claim 31 44 0\ndeliver 31 1048576 0\n");
}

TEST_CASE("a pair that goes on while its end is read goes on behind that") {
  check(
      "setting 4 6 8192 1024 120000 3 1 0 1000 4 1 1000\ncome 2 3 0\ncome 4 3 0\nsettle 20 21 1\n"
      "whisper 32 4 21\njoin 8 28 1\ndeliver 2 1048576 0\nround 23 46 0\nleave 44 46 1\n"
      "deliver 44 1048576 1\nwhisper 46 20 13\nenter 63 0 1\ndeliver 10 1048576 0\n"
      "flush 10 1048576 0\n");
}

TEST_CASE("a room goes on while somebody who ends still reads what was there before all had left") {
  check(
      "setting 3 2 8192 8192 5000 1 100 0 1000 256 1 16777216\ncome 40 63 0\ndeliver 40 1048576 "
      "0\n"
      "enter 63 0 0\ncarry_out 63 0 0\nflush 40 1048576 0\ncrash 13 62 2\ncome 1 3 0\n"
      "deliver 1 1048576 0\nenter 3 0 3\ncarry_out 3 0 0\nflush 1 1048576 0\nwhisper 3 52 46\n"
      "deliver 39 1048576 3\nenter 3 0 2\ngoodbye 57 29 1\ndeliver 29 1048576 0\ncome 6 32 3\n"
      "deliver 6 1048576 0\nenter 32 0 1\ncarry_out 32 0 1\nflush 6 1048576 0\nrename 40 39 0\n"
      "deliver 40 1048576 3\nenter 32 0 3\nenter 12 24 0\nclaim 59 18 0\ndeliver 43 1048576 0\n"
      "enter 36 0 2\ncarry_out 36 4 0\nflush 43 1048576 0\nenter 56 0 0\ncarry_out 56 0 1\n"
      "flush 0 1048576 2\nenter 56 0 2\nwhisper 7 18 371\n");
}

}  // namespace
}  // namespace chat::sim
