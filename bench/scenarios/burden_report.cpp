#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "bench/scenarios/burden.hpp"

namespace chat::bench {
namespace {

constexpr double kMostFeel = 0.99;

// p99 with the burden to that without.
std::optional<double> felt(const BurdenResult& result) {
  const auto& [without, with] = result.latency;
  if (without.count() == 0 || with.count() == 0)
    return std::nullopt;
  return in_seconds(with.quantile(kMostFeel)) / in_seconds(without.quantile(kMostFeel));
}

std::string for_people(const BurdenOptions& options, const BurdenResult& result) {
  std::string text = fmt::format(
      "burden: {} clients in one room, {} of them sending {} texts of {} bytes a second; {} turns "
      "of {} s without and with {} clients who search, and a backup; --durability {}\n",
      options.clients, options.senders, options.rate, options.text_bytes, options.turns,
      in_seconds(options.turn), options.searchers, options.durability);
  text += shown(result.verdict);
  if (options.sync_folder)
    text += fmt::format("disk           {}\n", shown(result.syncs));
  text += fmt::format("filled with    {} messages\n", result.filled);
  text += fmt::format("without        {}\n", shown(result.latency[0]));
  text += fmt::format("with           {}\n", shown(result.latency[1]));
  text += fmt::format("p99 to p99     {}\n", shown(felt(result), ""));
  text += fmt::format("searches       {}, {} messages found, {}\n", result.searchers.times.count(),
                      result.searchers.found, shown(result.searchers.times));
  text += fmt::format("backups        {}, {}\n", result.backups.count(), shown(result.backups));
  return text;
}

nlohmann::ordered_json for_machines(const BurdenOptions& options, const BurdenResult& result) {
  nlohmann::ordered_json report{{"clients", options.clients},
                                {"senders", options.senders},
                                {"rate", options.rate},
                                {"text_bytes", options.text_bytes},
                                {"searchers", options.searchers},
                                {"turns", options.turns},
                                {"turn_seconds", in_seconds(options.turn)},
                                {"durability", options.durability}};
  report.update(json_of(result.verdict));
  report.update({{"filled", result.filled},
                 {"without_ms", json_of(result.latency[0])},
                 {"with_ms", json_of(result.latency[1])},
                 {"p99_ratio", json_of(felt(result))},
                 {"searches", result.searchers.times.count()},
                 {"found", result.searchers.found},
                 {"search_ms", json_of(result.searchers.times)},
                 {"backups", result.backups.count()},
                 {"backup_ms", json_of(result.backups)},
                 {"sync_ms", json_of(result.syncs)}});
  return report;
}

}  // namespace

Report report_of(const BurdenOptions& options, const BurdenResult& result) {
  Troubles troubles = result.troubles;
  troubles.add(result.searchers.troubles);
  return make_report(options, result.clean(), troubles, for_people(options, result),
                     for_machines(options, result));
}

}  // namespace chat::bench
