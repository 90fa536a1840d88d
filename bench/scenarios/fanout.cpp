#include "bench/scenarios/fanout_options.hpp"
#include "bench/scenarios/rooms.hpp"

namespace chat::bench {

std::expected<Report, std::string> run_scenario(const FanoutOptions& options) {
  const auto result = run_rooms(options);
  if (!result)
    return std::unexpected(result.error());
  return report_of("fanout", options, *result);
}

}  // namespace chat::bench
