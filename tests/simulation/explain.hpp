#pragma once

#include <functional>
#include <string_view>

#include "tests/simulation/script.hpp"

namespace chat::sim {

// Plays a script, and says after each step what it led to. Throws Violation like play().
void explain(const Script& script, const std::function<void(std::string_view)>& say);

}  // namespace chat::sim
