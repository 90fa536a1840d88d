#pragma once

#include <functional>

#include "tests/simulation/script.hpp"

namespace chat::sim {

// Leaves out what does not matter: a script that still fails, and from which no single step can be
// left out without it passing. Precondition: `fails(script)`.
// Zeller, Hildebrandt: Simplifying and Isolating Failure-Inducing Input (2002), "ddmin".
Script shorten(Script script, const std::function<bool(const Script&)>& fails);

}  // namespace chat::sim
