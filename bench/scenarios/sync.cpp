// The scenario "sync": what a disk takes to make one write sure after the other.

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "bench/load/sync_times.hpp"
#include "bench/scenarios/sync_options.hpp"

namespace chat::bench {

std::expected<Report, std::string> run_scenario(const SyncOptions& options) {
  const auto times = time_syncs(options.folder, options.bytes, options.count);
  if (!times)
    return std::unexpected(times.error());
  const std::string for_people =
      fmt::format("sync: {} writes of {} bytes, each synced\n{}{}\n", options.count, options.bytes,
                  "write and sync ", shown(*times));
  return make_report(
      options, true, {}, for_people,
      {{"bytes", options.bytes}, {"count", options.count}, {"sync_ms", json_of(*times)}});
}

}  // namespace chat::bench
