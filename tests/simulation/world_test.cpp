// The simulation itself: that it is the same every time, and that it reaches what it hunts in.
#include "tests/simulation/world.hpp"

#include <doctest/doctest.h>

namespace chat::sim {
namespace {

TEST_CASE("the same seed leads to the same, byte for byte") {
  for (std::uint64_t seed = 1; seed <= 50; ++seed)
    CHECK(play(make_script(seed)).digest == play(make_script(seed)).digest);
}

TEST_CASE("other seeds lead to something else") {
  CHECK(play(make_script(1)).digest != play(make_script(2)).digest);
}

TEST_CASE("seeds reach all that is looked for") {
  // The rarest comes once in some 130 seeds.
  constexpr std::uint64_t kLastSeed = 1500;
  Statistics all;
  for (std::uint64_t seed = 1; seed <= kLastSeed; ++seed)
    all.add(play(make_script(seed)).statistics);
  for (std::size_t i = 0; i < static_cast<std::size_t>(Seen::kinds); ++i) {
    const auto kind = static_cast<Seen>(i);
    CHECK_MESSAGE(all.of(kind) > 0, name_of(kind));
  }
}

TEST_CASE("a stranger's bytes trouble nobody") {
  World world({.reactors = 2, .clients = 2});
  world.play({.act = Act::come, .who = 0, .a = 0});
  world.play({.act = Act::come, .who = 1, .a = 1});
  const Bytes frames[] = {
      {0, 0, 0, 0}, {0xFF, 0xFF, 0xFF, 0xFF}, {0, 0, 0, 2, 0x7F, 1}, {0, 0, 0, 1, 0x01}};
  for (const Bytes& bytes : frames) {
    world.stranger(bytes);
    world.settle();
  }
  CHECK_NOTHROW(world.end());
}

}  // namespace
}  // namespace chat::sim
