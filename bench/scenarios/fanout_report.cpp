#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "bench/scenarios/fanout.hpp"

namespace chat::bench {
namespace {

double deliveries_per_second(const FanoutResult& result) {
  const double seconds = in_seconds(result.delivering);
  return seconds > 0 ? static_cast<double>(result.verdict.delivered) / seconds : 0;
}

std::optional<double> server_cpu(const FanoutResult& result) {
  return microseconds_each(result.server.cpu, result.verdict.delivered);
}

std::optional<double> server_rss(const FanoutOptions& options, const FanoutResult& result) {
  const auto growth = result.entering.growth();
  if (!growth)
    return std::nullopt;
  return static_cast<double>(*growth) / 1024 / options.clients;
}

std::string for_people(const FanoutOptions& options, const FanoutResult& result) {
  std::string text = fmt::format(
      "fanout: {} clients in one room, {} of them sending texts of {} bytes for {} s, {}\n",
      options.clients, options.senders, options.text_bytes, in_seconds(options.seconds),
      shown(options.load));
  text += shown(result.verdict);
  text += fmt::format("deliveries     {:.0f} per second\n", deliveries_per_second(result));
  text += fmt::format("latency        {}\n", shown(result.latency));
  text += fmt::format("last delivery  {}\n", shown(result.last_delivery));
  text += fmt::format("connecting     {:.3f} s for all\n", in_seconds(result.connecting));
  if (result.server.cpu)
    text += fmt::format("server CPU     {} per delivery\nserver memory  {} per connection\n",
                        shown(server_cpu(result), "µs"),
                        shown(server_rss(options, result), "KiB resident"));
  text += fmt::format("own CPU        {} per delivery\n",
                      shown(microseconds_each(result.own_cpu, result.verdict.delivered), "µs"));
  return text;
}

nlohmann::ordered_json for_machines(const FanoutOptions& options, const FanoutResult& result) {
  const Verdict& verdict = result.verdict;
  return {{"clients", options.clients},
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
          {"latency_ms", json_of(result.latency)},
          {"last_delivery_ms", json_of(result.last_delivery)},
          {"connect_seconds", in_seconds(result.connecting)},
          {"server_cpu_us_per_delivery", json_of(server_cpu(result))},
          {"server_rss_kib_per_connection", json_of(server_rss(options, result))}};
}

}  // namespace

Report report_of(const FanoutOptions& options, const FanoutResult& result) {
  return make_report(options, result.clean(), result.troubles, for_people(options, result),
                     for_machines(options, result));
}

}  // namespace chat::bench
