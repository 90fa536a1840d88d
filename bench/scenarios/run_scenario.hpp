#pragma once

#include <expected>
#include <string>
#include <utility>

#include "bench/load/open_pool.hpp"
#include "bench/load/report.hpp"

namespace chat::bench {

// Runs a scenario whose clients share one pool; for its run_scenario(). `others` are clients that
// it has beside those of the options.
template <class Scenario, class Options>
std::expected<Report, std::string> run_in_pool(const Options& options, std::uint32_t others = 0) {
  CommonOptions all = options;
  all.clients += others;
  auto pool = open_pool(all);
  if (!pool)
    return std::unexpected(std::move(pool.error()));
  const auto result = Scenario(options, std::move(*pool)).run();
  if (!result)
    return std::unexpected(result.error());
  return report_of(options, *result);
}

}  // namespace chat::bench
