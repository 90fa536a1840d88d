#include "bench/load/report.hpp"

#include <fmt/format.h>

#include <utility>
#include <variant>

namespace chat::bench {
namespace {

std::optional<double> milliseconds(const Histogram& latency, double share) {
  if (latency.count() == 0)
    return std::nullopt;
  return in_milliseconds(latency.quantile(share));
}

}  // namespace

Report make_report(const CommonOptions& options, bool clean, const Troubles& troubles,
                   std::string for_people, const nlohmann::ordered_json& for_machines) {
  if (options.json)
    return {clean, for_machines.dump() + "\n", troubles.lines()};
  if (troubles.count() > 0)
    for_people += "troubles" + troubles.lines() + "\n";
  return {clean, std::move(for_people), {}};
}

nlohmann::ordered_json json_of(std::optional<double> value) {
  return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json();
}

nlohmann::ordered_json json_of(std::optional<std::uint64_t> value) {
  return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json();
}

nlohmann::ordered_json json_of(const Verdict& verdict) {
  return {{"sent", verdict.sent},
          {"expected", verdict.expected},
          {"delivered", verdict.delivered},
          {"lost", verdict.lost},
          {"duplicated", verdict.duplicated},
          {"misordered", verdict.misordered},
          {"foreign", verdict.foreign},
          {"unacknowledged", verdict.unacknowledged}};
}

nlohmann::ordered_json json_of(const Histogram& latency) {
  return {{"p50", json_of(milliseconds(latency, 0.5))},
          {"p99", json_of(milliseconds(latency, 0.99))},
          {"p999", json_of(milliseconds(latency, 0.999))},
          {"max", json_of(milliseconds(latency, 1))}};
}

std::string shown(std::optional<double> value, std::string_view unit) {
  return value ? fmt::format("{:.3f} {}", *value, unit) : "not measured";
}

std::string shown(const Histogram& latency) {
  return fmt::format("p50 {}, p99 {}, p99.9 {}, max {}", shown(milliseconds(latency, 0.5), "ms"),
                     shown(milliseconds(latency, 0.99), "ms"),
                     shown(milliseconds(latency, 0.999), "ms"),
                     shown(milliseconds(latency, 1), "ms"));
}

std::string shown(const Load& load) {
  if (const auto* open = std::get_if<OpenLoop>(&load))
    return fmt::format("{} messages a second", open->per_second);
  return fmt::format("a window of {} messages", std::get<ClosedLoop>(load).window);
}

std::string shown(const Verdict& verdict) {
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

std::optional<double> microseconds_each(std::optional<Duration> cpu, std::uint64_t events) {
  if (!cpu || events == 0)
    return std::nullopt;
  return in_microseconds(*cpu) / static_cast<double>(events);
}

}  // namespace chat::bench
