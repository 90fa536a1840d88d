#include "tests/simulation/shorten.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace chat::sim {
namespace {

TEST_CASE("of a script that fails only the steps that matter are left") {
  const Script script = make_script(3);
  const Step first = script.steps[10];
  const Step second = script.steps[script.steps.size() - 5];
  const auto both = [&](const Script& tried) {
    const auto place = std::ranges::find(tried.steps, first);
    return place != tried.steps.end() &&
           std::find(place, tried.steps.end(), second) != tried.steps.end();
  };
  const Script shortened = shorten(script, both);
  CHECK(shortened.steps == std::vector{first, second});
}

}  // namespace
}  // namespace chat::sim
