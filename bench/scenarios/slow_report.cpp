#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "bench/scenarios/slow.hpp"

namespace chat::bench {
namespace {

double deliveries_per_second(const SlowResult& result) {
  const double seconds = in_seconds(result.delivering);
  return seconds > 0 ? static_cast<double>(result.deliveries) / seconds : 0;
}

std::optional<double> tcp_bytes_per_stuck(const SlowOptions& options, const SlowResult& result) {
  if (options.stuck() == 0)
    return std::nullopt;
  return (static_cast<double>(result.tcp_highest) - static_cast<double>(result.tcp_before)) /
         options.stuck();
}

std::optional<double> kib(std::optional<std::uint64_t> bytes) {
  return bytes ? std::optional(static_cast<double>(*bytes) / 1024) : std::nullopt;
}

std::string for_people(const SlowOptions& options, const SlowResult& result) {
  std::string text = fmt::format(
      "slow: {} clients in one room, {} of them sending texts of {} bytes for {} s, {}; {} of them "
      "do not read\n",
      options.clients, options.senders, options.text_bytes, in_seconds(options.seconds),
      shown(options.load), options.stuck());
  text += shown(result.verdict);
  text += fmt::format("missed         {} by {} who were passed by the log, and told so\n",
                      result.missed, result.passed);
  text += fmt::format("deliveries     {:.0f} per second to those who read\n",
                      deliveries_per_second(result));
  text += fmt::format("latency        {}\n", shown(result.latency));
  text += fmt::format("connecting     {:.3f} s for all\n", in_seconds(result.connecting));
  if (result.server.cpu)
    text += fmt::format(
        "server CPU     {} per delivery\n"
        "server memory  {}, {} when all were in, {} before\n",
        shown(microseconds_each(result.talking.cpu, result.deliveries), "µs"),
        shown(kib(result.server.resident_after), "KiB resident"),
        shown(kib(result.talking.resident_before), "KiB"),
        shown(kib(result.server.resident_before), "KiB"));
  text += fmt::format(
      "kernel's TCP   {:.0f} KiB before, {:.0f} KiB at its highest: {} per stuck one\n",
      static_cast<double>(result.tcp_before) / 1024, static_cast<double>(result.tcp_highest) / 1024,
      shown(tcp_bytes_per_stuck(options, result), "bytes"));
  text += fmt::format("own CPU        {} per delivery\n",
                      shown(microseconds_each(result.own_cpu, result.deliveries), "µs"));
  return text;
}

nlohmann::ordered_json for_machines(const SlowOptions& options, const SlowResult& result) {
  nlohmann::ordered_json report{{"clients", options.clients},
                                {"stuck", options.stuck()},
                                {"senders", options.senders},
                                {"text_bytes", options.text_bytes},
                                {"seconds", in_seconds(options.seconds)}};
  report.update(json_of(result.verdict));
  report.update(
      {{"missed", result.missed},
       {"stuck_passed", result.passed},
       {"deliveries_per_second", deliveries_per_second(result)},
       {"latency_ms", json_of(result.latency)},
       {"connect_seconds", in_seconds(result.connecting)},
       {"server_cpu_us_per_delivery",
        json_of(microseconds_each(result.talking.cpu, result.deliveries))},
       {"server_rss_before_bytes", json_of(result.server.resident_before)},
       {"server_rss_joined_bytes", json_of(result.talking.resident_before)},
       {"server_rss_after_bytes", json_of(result.server.resident_after)},
       {"kernel_tcp_before_bytes", result.tcp_before},
       {"kernel_tcp_highest_bytes", result.tcp_highest},
       {"kernel_tcp_bytes_per_stuck", json_of(tcp_bytes_per_stuck(options, result))},
       {"own_cpu_us_per_delivery", json_of(microseconds_each(result.own_cpu, result.deliveries))}});
  return report;
}

}  // namespace

Report report_of(const SlowOptions& options, const SlowResult& result) {
  return make_report(options, result.clean(), result.troubles, for_people(options, result),
                     for_machines(options, result));
}

}  // namespace chat::bench
