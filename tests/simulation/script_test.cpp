#include <doctest/doctest.h>

#include "tests/simulation/script.hpp"
#include "tests/simulation/script_text.hpp"

namespace chat::sim {
namespace {

TEST_CASE("a seed makes the same script every time, and another seed another one") {
  CHECK(make_script(7) == make_script(7));
  CHECK(make_script(7) != make_script(8));
}

TEST_CASE("a script that is written down is the same when it is read") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Script script = make_script(seed);
    const auto read = parse_script(to_text(script));
    REQUIRE(read.has_value());
    CHECK(*read == script);
  }
}

TEST_CASE("a script by hand may leave lines empty and say why") {
  const auto script = parse_script("# two come\n\ncome 0 0 0\ncome 1 0 0\n");
  REQUIRE(script.has_value());
  CHECK(script->steps.size() == 2);
}

TEST_CASE("what cannot be read of a script is named") {
  CHECK(parse_script("come 0 0 0\nfly 1 2 3\n").error() == "line 2: there is no step \"fly\"");
  CHECK(parse_script("say 1\n").error() == "line 1: numbers are missing");
}

TEST_CASE("a script is written down as lines of a test") {
  const Script script{.setting = {}, .steps = {{Act::come, 1, 2, 3}, {Act::wait, 0, 100, 0}}};
  CHECK(to_literal(script) ==
        "  check(\"setting 1 4 1048576 4194304 120000 100 100 0 100 256 0 16777216\\ncome 1 2 "
        "3\\nwait 0 "
        "100 0\\n\");\n");
}

}  // namespace
}  // namespace chat::sim
