#include "tests/simulation/shorten.hpp"

#include <algorithm>
#include <cstddef>

namespace chat::sim {
namespace {

Script without(const Script& script, std::size_t begin, std::size_t count) {
  Script rest{.setting = script.setting, .steps = {}};
  for (std::size_t i = 0; i < script.steps.size(); ++i)
    if (i < begin || i >= begin + count)
      rest.steps.push_back(script.steps[i]);
  return rest;
}

}  // namespace

Script shorten(Script script, const std::function<bool(const Script&)>& fails) {
  std::size_t chunk = std::max<std::size_t>(script.steps.size() / 2, 1);
  while (true) {
    bool shorter = false;
    for (std::size_t at = 0; at < script.steps.size();) {
      Script rest = without(script, at, chunk);
      if (fails(rest)) {
        script = std::move(rest);
        shorter = true;
      } else {
        at += chunk;
      }
    }
    if (chunk == 1 && !shorter)
      return script;
    if (chunk > 1)
      chunk /= 2;
  }
}

}  // namespace chat::sim
