// What a run came to, for people and for machines.
#pragma once

#include <string>

#include "bench/fanout.hpp"
#include "bench/options.hpp"

namespace chat::bench {

// Several lines.
std::string report_for_people(const FanoutOptions& options, const FanoutResult& result);

// One line of JSON. What was not measured is null.
std::string report_as_json(const FanoutOptions& options, const FanoutResult& result);

}  // namespace chat::bench
