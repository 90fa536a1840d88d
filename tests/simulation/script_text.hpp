#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "tests/simulation/script.hpp"

namespace chat::sim {

// A line for the setting and one for each step: "say 2 0 40". Scripts can be written by hand.
std::string to_text(const Script& script);
// The line, with its end.
std::string to_text(const Setting& setting);
// The line, without.
std::string to_text(const Step& step);

// The same as lines of C++, as scripts_test.cpp has them.
std::string to_literal(const Script& script);

// The error names the line.
std::expected<Script, std::string> parse_script(std::string_view text);

}  // namespace chat::sim
