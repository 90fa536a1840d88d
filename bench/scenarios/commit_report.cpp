#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "bench/scenarios/commit.hpp"

namespace chat::bench {
namespace {

double per_second(std::uint64_t events, Duration during) {
  const double seconds = in_seconds(during);
  return seconds > 0 ? static_cast<double>(events) / seconds : 0;
}

std::optional<double> server_cpu(const CommitResult& result) {
  return microseconds_each(result.server.cpu, result.acknowledged);
}

std::optional<double> own_cpu_each(const CommitResult& result) {
  return microseconds_each(result.own_cpu, result.acknowledged);
}

std::string heading(const CommitOptions& options) {
  return fmt::format(
      "commit: {} senders with {} messages of {} bytes under way each, and {} readers, in {}, for "
      "{} s; {}\n",
      options.senders, options.window, options.text_bytes, options.readers,
      options.rooms == 1 ? "one room" : fmt::format("{} rooms", options.rooms),
      in_seconds(options.seconds), traits_of(options.protocol).name);
}

std::string for_people(const CommitOptions& options, const CommitResult& result) {
  std::string text = heading(options) + shown(result.verdict);
  if (options.sync_folder)
    text += fmt::format("disk           {}\n", shown(result.syncs));
  text += fmt::format("acknowledged   {:.0f} per second\n",
                      per_second(result.acknowledged, result.acknowledging));
  text += fmt::format("acknowledging  {}\n", shown(result.acknowledgement));
  if (options.readers > 0)
    text +=
        fmt::format("deliveries     {:.0f} per second\nlatency        {}\n",
                    per_second(result.verdict.delivered, result.delivering), shown(result.latency));
  text += fmt::format("connecting     {:.3f} s for all\n", in_seconds(result.connecting));
  if (result.server.cpu)
    text += fmt::format("server CPU     {} per message\n", shown(server_cpu(result), "µs"));
  return text + fmt::format("own CPU        {} per message\n", shown(own_cpu_each(result), "µs"));
}

nlohmann::ordered_json for_machines(const CommitOptions& options, const CommitResult& result) {
  nlohmann::ordered_json report{{"protocol", traits_of(options.protocol).name},
                                {"senders", options.senders},
                                {"readers", options.readers},
                                {"rooms", options.rooms},
                                {"window", options.window},
                                {"text_bytes", options.text_bytes},
                                {"seconds", in_seconds(options.seconds)}};
  report.update(json_of(result.verdict));
  report.update({{"acknowledged", result.acknowledged},
                 {"acknowledged_per_second", per_second(result.acknowledged, result.acknowledging)},
                 {"acknowledgement_ms", json_of(result.acknowledgement)},
                 {"deliveries_per_second", per_second(result.verdict.delivered, result.delivering)},
                 {"latency_ms", json_of(result.latency)},
                 {"sync_ms", json_of(result.syncs)},
                 {"connect_seconds", in_seconds(result.connecting)},
                 {"server_cpu_us_per_message", json_of(server_cpu(result))},
                 {"server_rss_after_bytes", json_of(result.server.resident_after)},
                 {"own_cpu_us_per_message", json_of(own_cpu_each(result))}});
  return report;
}

}  // namespace

Report report_of(const CommitOptions& options, const CommitResult& result) {
  return make_report(options, result.clean(), result.troubles, for_people(options, result),
                     for_machines(options, result));
}

}  // namespace chat::bench
