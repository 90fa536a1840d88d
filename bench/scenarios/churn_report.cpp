#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "bench/scenarios/churn.hpp"

namespace chat::bench {
namespace {

double visits_per_second(const ChurnResult& result) {
  const double seconds = in_seconds(result.churning);
  return seconds > 0 ? static_cast<double>(result.visits) / seconds : 0;
}

std::string for_people(const ChurnOptions& options, const ChurnResult& result) {
  std::string text = fmt::format(
      "churn: {} clients in one room leave and come back, {} of them a second for {} s; {} watch\n",
      options.clients, options.rate, in_seconds(options.seconds), options.watchers);
  text += shown(result.verdict);
  text += fmt::format("visits         {}, {:.1f} per second\n", result.visits,
                      visits_per_second(result));
  text += fmt::format("latency        {}\n", shown(result.latency));
  text += fmt::format("joining        {}\n", shown(result.joining));
  text += fmt::format("whole visit    {}\n", shown(result.visiting));
  text += fmt::format("connecting     {:.3f} s for all\n", in_seconds(result.connecting));
  if (result.server.cpu)
    text += fmt::format("server CPU     {} per visit\n",
                        shown(microseconds_each(result.server.cpu, result.visits), "µs"));
  text += fmt::format("own CPU        {} per visit\n",
                      shown(microseconds_each(result.own_cpu, result.visits), "µs"));
  return text;
}

nlohmann::ordered_json for_machines(const ChurnOptions& options, const ChurnResult& result) {
  nlohmann::ordered_json report{{"clients", options.clients},
                                {"watchers", options.watchers},
                                {"rate", options.rate},
                                {"text_bytes", options.text_bytes},
                                {"seconds", in_seconds(options.seconds)}};
  report.update(json_of(result.verdict));
  report.update(
      {{"visits", result.visits},
       {"visits_per_second", visits_per_second(result)},
       {"latency_ms", json_of(result.latency)},
       {"join_ms", json_of(result.joining)},
       {"visit_ms", json_of(result.visiting)},
       {"connect_seconds", in_seconds(result.connecting)},
       {"server_cpu_us_per_visit", json_of(microseconds_each(result.server.cpu, result.visits))},
       {"server_rss_before_bytes", json_of(result.server.resident_before)},
       {"server_rss_after_bytes", json_of(result.server.resident_after)},
       {"own_cpu_us_per_visit", json_of(microseconds_each(result.own_cpu, result.visits))}});
  return report;
}

}  // namespace

Report report_of(const ChurnOptions& options, const ChurnResult& result) {
  return make_report(options, result.clean(), result.troubles, for_people(options, result),
                     for_machines(options, result));
}

}  // namespace chat::bench
