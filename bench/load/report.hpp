// What a run came to, for people and for machines: what the reports of all scenarios share.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "bench/load/common_options.hpp"
#include "bench/load/histogram.hpp"
#include "bench/load/oracle.hpp"
#include "bench/load/troubles.hpp"

namespace chat::bench {

struct Report {
  bool clean = false;    // all was as it should be
  std::string text;      // for standard output
  std::string troubles;  // for standard error, when `text` does not tell them; see Troubles::lines
};

// A report for people that ends with the troubles, or one line of JSON, which has no place for
// them, as the options wish.
Report make_report(const CommonOptions& options, bool clean, const Troubles& troubles,
                   std::string for_people, const nlohmann::ordered_json& for_machines);

// Null when it was not measured.
nlohmann::ordered_json json_of(std::optional<double> value);
nlohmann::ordered_json json_of(std::optional<std::uint64_t> value);
// {"sent": ..., "expected": ..., and so on, as they stand in every scenario's report.
nlohmann::ordered_json json_of(const Verdict& verdict);
// {"p50": ..., "p99": ..., "p999": ..., "max": ...} in milliseconds.
nlohmann::ordered_json json_of(const Histogram& latency);

// "0.214 us", or that it was not measured.
std::string shown(std::optional<double> value, std::string_view unit);
// "p50 20.316 ms, p99 ..."
std::string shown(const Histogram& latency);
// "a window of 64 messages"
std::string shown(const Load& load);
// Several lines.
std::string shown(const Verdict& verdict);

// Microseconds of CPU time for each of so many events; nothing when there were none, or the time
// was not measured.
std::optional<double> microseconds_each(std::optional<Duration> cpu, std::uint64_t events);

}  // namespace chat::bench
