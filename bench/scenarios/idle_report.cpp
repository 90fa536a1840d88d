#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "bench/scenarios/idle.hpp"

namespace chat::bench {
namespace {

double share_of_a_core(const IdleStep& step) {
  return in_seconds(step.server_cpu) / in_seconds(step.idle);
}

double quiet_share_of_a_core(const IdleStep& step) {
  return in_seconds(step.quiet_server_cpu) / in_seconds(step.quiet);
}

Duration server_cpu(const IdleResult& result) {
  Duration sum{};
  for (const IdleStep& step : result.steps)
    sum += step.server_cpu;
  return sum;
}

std::string for_people(const IdleOptions& options, const IdleResult& result) {
  std::string text =
      fmt::format("idle: {} clients in one room who say nothing, {} s at each step\n",
                  options.clients, in_seconds(options.settle));
  for (const IdleStep& step : result.steps)
    text += fmt::format(
        "{:>7} clients {:.1f} KiB resident, {:.2f} % of a core, {:.2f} % in the middle half\n",
        step.clients, static_cast<double>(step.resident_bytes) / 1024, 100 * share_of_a_core(step),
        100 * quiet_share_of_a_core(step));
  text +=
      fmt::format("each           {}\n", shown(result.bytes_per_connection(), "bytes resident"));
  text += shown(result.verdict);
  text += fmt::format("latency        {}\n", shown(result.latency));
  text += fmt::format("connecting     {:.3f} s for all\n", in_seconds(result.connecting));
  text += fmt::format("own CPU        {:.3f} s while idle\n", in_seconds(result.own_cpu));
  return text;
}

nlohmann::ordered_json for_machines(const IdleOptions& options, const IdleResult& result) {
  auto steps = nlohmann::ordered_json::array();
  for (const IdleStep& step : result.steps)
    steps.push_back({{"clients", step.clients},
                     {"seconds", in_seconds(step.idle)},
                     {"server_rss_bytes", step.resident_bytes},
                     {"server_cpu_seconds", in_seconds(step.server_cpu)},
                     {"server_cpu_share", share_of_a_core(step)},
                     {"quiet_seconds", in_seconds(step.quiet)},
                     {"quiet_server_cpu_seconds", in_seconds(step.quiet_server_cpu)}});
  nlohmann::ordered_json report{{"clients", options.clients},
                                {"settle_seconds", in_seconds(options.settle)},
                                {"steps", std::move(steps)}};
  report.update(json_of(result.verdict));
  report.update({{"latency_ms", json_of(result.latency)},
                 {"connect_seconds", in_seconds(result.connecting)},
                 {"server_rss_bytes_per_connection", json_of(result.bytes_per_connection())},
                 {"server_cpu_seconds", in_seconds(server_cpu(result))},
                 {"own_cpu_seconds", in_seconds(result.own_cpu)}});
  return report;
}

}  // namespace

Report report_of(const IdleOptions& options, const IdleResult& result) {
  return make_report(options, result.clean(), result.troubles, for_people(options, result),
                     for_machines(options, result));
}

}  // namespace chat::bench
