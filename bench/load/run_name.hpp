#pragma once

#include <string>
#include <string_view>

namespace chat::bench {

// Another name at each call, that begins so: "bench-k3v0q9". No other run has it, neither on
// another machine nor one that was killed a moment ago: a server keeps the names of those who
// vanished for a while. Letters, digits and '-'. Any thread.
std::string run_name(std::string_view begin);

}  // namespace chat::bench
