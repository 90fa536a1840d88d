#include "bench/load/pty_program.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace chat::bench;
using namespace std::chrono_literals;

namespace {

constexpr Duration kPatience = 10s;

PtyProgram start(const std::string& script) {
  auto program = PtyProgram::start({.arguments = {"/bin/sh", "-c", script},
                                    .environment = {"PATH=/usr/bin:/bin", "KNOWN=yes"},
                                    .columns = 33,
                                    .rows = 7});
  REQUIRE(program);
  return std::move(*program);
}

}  // namespace

TEST_CASE("a program in a pseudo-terminal has the size and the environment it was given") {
  PtyProgram program = start("stty size; echo KNOWN is $KNOWN, HOME is $HOME.");
  CHECK(program.wait_for("7 33", kPatience));
  CHECK(program.wait_for("KNOWN is yes, HOME is .", kPatience));
  CHECK(program.wait_for_end(kPatience));
  CHECK(program.ended_well());
}

TEST_CASE("what is typed arrives, and the answer is found although it comes in pieces") {
  PtyProgram program = start(
      "stty -echo; printf ready; read line; printf 'got '; sleep 0.02; "
      "printf %s $line");
  REQUIRE(program.wait_for("ready", kPatience));
  program.type("it\r");
  CHECK(program.wait_for("got it", kPatience));
}

TEST_CASE("what is read behind the part that was waited for is there for the next wait") {
  PtyProgram program = start("printf 'one two three'");
  CHECK(program.wait_for("one", kPatience));
  CHECK(program.wait_for("two", kPatience));
  CHECK(program.wait_for("three", kPatience));
  CHECK_FALSE(program.wait_for("two", kPatience));
}

TEST_CASE("what was written until it is silent is given, but for what was waited for before") {
  PtyProgram program = start("stty -echo; printf 'one two'; read line; printf three; read line");
  REQUIRE(program.wait_for("one", kPatience));
  CHECK(program.wait_for_silence(20ms, kPatience) == " two");
  program.type("\r");
  REQUIRE(program.wait_for({}, kPatience));
  CHECK(program.wait_for_silence(20ms, kPatience) == "three");
}

// The next one comes when the one before has been seen, and so long after it that it is another.
TEST_CASE("pieces with pauses between them are bursts, and all their bytes count") {
  PtyProgram program = start("stty -echo; for i in 1 2 3; do printf 12345; read line; done");
  for (std::uint64_t burst = 1; burst <= 3; ++burst) {
    CHECK(program.wait_for("12345", kPatience));
    CHECK(program.wait_for_silence(20ms, kPatience));
    CHECK(program.bursts() == burst);
    CHECK(program.bytes() == 5 * burst);
    program.type("\r");
  }
  CHECK(program.wait_for_end(kPatience));
}

TEST_CASE("what does not come is waited for no longer than one is patient") {
  PtyProgram program = start("while :; do echo something else; sleep 0.01; done");
  CHECK_FALSE(program.wait_for("this", 100ms));
  CHECK_FALSE(program.wait_for_silence(1s, 100ms));
  CHECK_FALSE(program.wait_for_end(50ms));
  CHECK_FALSE(program.ended());
}

TEST_CASE("a program that has closed its terminal is given the time to end") {
  PtyProgram program = start("exec <&- >&- 2>&-; sleep 0.1; exit 3");
  CHECK_FALSE(program.wait_for("anything", kPatience));
  CHECK(program.ended() == "ended with status 3");
}

TEST_CASE("the last that a program wrote is told, and none of it steers a terminal") {
  PtyProgram program =
      start("for i in $(seq 1000); do echo line $i; done; printf 'the \\033[1mend\\n'");
  REQUIRE(program.wait_for_end(kPatience));
  program.read_for(0s);
  CHECK_FALSE(program.last_words().contains("line 500"));
  CHECK(program.last_words().ends_with("line 999\nline 1000\nthe ␛[1mend"));
}

TEST_CASE("how a program ended is told in words") {
  PtyProgram program = start("exit 3");
  REQUIRE(program.wait_for_end(kPatience));
  CHECK(program.ended() == "ended with status 3");
  CHECK_FALSE(program.ended_well());
  PtyProgram killed = start("kill -9 $$");
  REQUIRE(killed.wait_for_end(kPatience));
  CHECK(killed.ended() == "was ended by signal 9");
}
