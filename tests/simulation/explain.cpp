#include "tests/simulation/explain.hpp"

#include <fmt/format.h>

#include <string>

#include "tests/simulation/script_text.hpp"
#include "tests/simulation/world.hpp"

namespace chat::sim {
namespace {

std::string difference(const Statistics& before, const Statistics& after) {
  std::string text;
  for (std::size_t i = 0; i < static_cast<std::size_t>(Seen::kinds); ++i) {
    const auto kind = static_cast<Seen>(i);
    if (const std::uint64_t more = after.of(kind) - before.of(kind); more > 0)
      text += fmt::format("{}{} {}", text.empty() ? ": " : ", ", more, name_of(kind));
  }
  return text;
}

}  // namespace

void explain(const Script& script, const std::function<void(std::string_view)>& say) {
  say(to_text(script.setting));
  World world(script.setting);
  Statistics before = world.statistics();
  for (std::size_t i = 0; i < script.steps.size(); ++i) {
    say(fmt::format("{:>4} {}", i + 1, to_text(script.steps[i])));
    world.play(script.steps[i]);
    say(fmt::format("{}\n", difference(before, world.statistics())));
    before = world.statistics();
  }
  say(" end");
  world.end();
  say(fmt::format("{}\ndigest {:016x}\n", difference(before, world.statistics()), world.digest()));
}

}  // namespace chat::sim
