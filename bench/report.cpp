#include "bench/report.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <variant>

namespace chat::bench {
namespace {

double deliveries_per_second(const FanoutResult& result) {
  const double seconds = in_seconds(result.delivering);
  return seconds > 0 ? static_cast<double>(result.verdict.delivered) / seconds : 0;
}

std::optional<double> per_delivery(Duration cpu, const FanoutResult& result) {
  if (result.verdict.delivered == 0)
    return std::nullopt;
  return in_microseconds(cpu) / static_cast<double>(result.verdict.delivered);
}

std::optional<double> server_cpu(const FanoutResult& result) {
  return result.server ? per_delivery(result.server->cpu, result) : std::nullopt;
}

std::optional<double> server_rss(const FanoutOptions& options, const FanoutResult& result) {
  if (!result.server)
    return std::nullopt;
  return static_cast<double>(result.server->resident_bytes) / 1024 / options.clients;
}

std::optional<double> latency(const FanoutResult& result, double share) {
  if (result.latency.count() == 0)
    return std::nullopt;
  return in_milliseconds(result.latency.quantile(share));
}

nlohmann::ordered_json json_of(std::optional<double> value) {
  return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json();
}

std::string shown(std::optional<double> value, std::string_view unit) {
  return value ? fmt::format("{:.3f} {}", *value, unit) : "not measured";
}

std::string load_of(const FanoutOptions& options) {
  if (const auto* open = std::get_if<OpenLoop>(&options.load))
    return fmt::format("{} messages a second", open->per_second);
  return fmt::format("a window of {} messages", std::get<ClosedLoop>(options.load).window);
}

std::string verdict_lines(const Verdict& verdict) {
  std::string lines = fmt::format(
      "sent           {}\n"
      "expected       {}\n"
      "delivered      {}\n"
      "lost           {}\n"
      "duplicated     {}\n"
      "misordered     {}\n",
      verdict.sent, verdict.expected, verdict.delivered, verdict.lost, verdict.duplicated,
      verdict.misordered);
  if (verdict.unacknowledged > 0)
    lines += fmt::format("unacknowledged {}\n", verdict.unacknowledged);
  if (verdict.foreign > 0)
    lines += fmt::format("foreign        {}\n", verdict.foreign);
  return lines;
}

}  // namespace

std::string report_for_people(const FanoutOptions& options, const FanoutResult& result) {
  std::string report = fmt::format(
      "fanout: {} clients in one room, {} of them sending texts of {} bytes for {} s, {}\n",
      options.clients, options.senders, options.text_bytes, in_seconds(options.seconds),
      load_of(options));
  report += verdict_lines(result.verdict);
  report += fmt::format("deliveries     {:.0f} per second\n", deliveries_per_second(result));
  report += fmt::format("latency        p50 {}, p99 {}, p99.9 {}, max {}\n",
                        shown(latency(result, 0.5), "ms"), shown(latency(result, 0.99), "ms"),
                        shown(latency(result, 0.999), "ms"), shown(latency(result, 1), "ms"));
  report += fmt::format("connecting     {:.3f} s for all\n", in_seconds(result.connecting));
  if (result.server)
    report += fmt::format("server CPU     {} per delivery\nserver memory  {} per connection\n",
                          shown(server_cpu(result), "µs"),
                          shown(server_rss(options, result), "KiB resident"));
  report += fmt::format("own CPU        {} per delivery\n",
                        shown(per_delivery(result.own_cpu, result), "µs"));
  if (result.troubles.count() > 0)
    report += "troubles" + result.troubles.lines() + "\n";
  return report;
}

std::string report_as_json(const FanoutOptions& options, const FanoutResult& result) {
  const Verdict& verdict = result.verdict;
  const nlohmann::ordered_json report{
      {"clients", options.clients},
      {"senders", options.senders},
      {"text_bytes", options.text_bytes},
      {"seconds", in_seconds(options.seconds)},
      {"sent", verdict.sent},
      {"expected", verdict.expected},
      {"delivered", verdict.delivered},
      {"lost", verdict.lost},
      {"duplicated", verdict.duplicated},
      {"misordered", verdict.misordered},
      {"deliveries_per_second", deliveries_per_second(result)},
      {"latency_ms",
       {{"p50", json_of(latency(result, 0.5))},
        {"p99", json_of(latency(result, 0.99))},
        {"p999", json_of(latency(result, 0.999))},
        {"max", json_of(latency(result, 1))}}},
      {"connect_seconds", in_seconds(result.connecting)},
      {"server_cpu_us_per_delivery", json_of(server_cpu(result))},
      {"server_rss_kib_per_connection", json_of(server_rss(options, result))}};
  return report.dump() + "\n";
}

}  // namespace chat::bench
