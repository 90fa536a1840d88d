#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "bench/scenarios/rooms.hpp"

namespace chat::bench {
namespace {

double deliveries_per_second(const RoomsResult& result) {
  const double seconds = in_seconds(result.delivering);
  return seconds > 0 ? static_cast<double>(result.verdict.delivered) / seconds : 0;
}

std::optional<double> server_cpu(const RoomsResult& result) {
  return microseconds_each(result.server.cpu, result.verdict.delivered);
}

std::optional<double> own_cpu_each(const RoomsResult& result) {
  return microseconds_each(result.own_cpu, result.verdict.delivered);
}

std::optional<double> in_kib(std::optional<std::uint64_t> bytes) {
  return bytes ? std::optional(static_cast<double>(*bytes) / 1024) : std::nullopt;
}

std::optional<double> server_rss(const RoomsOptions& options, const RoomsResult& result) {
  const auto growth = result.entering.growth();
  if (!growth)
    return std::nullopt;
  return static_cast<double>(*growth) / 1024 / options.clients;
}

std::optional<double> seconds_of(std::optional<Duration> duration) {
  return duration ? std::optional(in_seconds(*duration)) : std::nullopt;
}

std::string heading(std::string_view scenario, const RoomsOptions& options) {
  std::string text = fmt::format(
      "{}: {} clients in {}, {} of them sending texts of {} bytes for {} s, {}\n", scenario,
      options.clients, options.rooms == 1 ? "one room" : fmt::format("{} rooms", options.rooms),
      options.senders, options.text_bytes, in_seconds(options.seconds), shown(options.load));
  if (options.protocol != Protocol::edgechat)
    text += fmt::format("protocol       {}\n", traits_of(options.protocol).name);
  if (options.processes > 1)
    text += fmt::format("processes      {}\n", options.processes);
  return text;
}

std::string costs(const RoomsOptions& options, const RoomsResult& result) {
  std::string text;
  if (result.server.cpu)
    text += fmt::format("server CPU     {} per delivery\nserver memory  {} per connection\n",
                        shown(server_cpu(result), "µs"),
                        shown(server_rss(options, result), "KiB resident"));
  text += fmt::format("own CPU        {} per delivery\n", shown(own_cpu_each(result), "µs"));
  if (result.server.cpu && result.own_cpu > *result.server.cpu)
    text += "This tool used more CPU time than the server, so it measured itself.\n";
  return text;
}

std::string for_people(std::string_view scenario, const RoomsOptions& options,
                       const RoomsResult& result) {
  return heading(scenario, options) + shown(result.verdict) +
         fmt::format("deliveries     {:.0f} per second\n", deliveries_per_second(result)) +
         fmt::format("latency        {}\n", shown(result.latency)) +
         (options.processes == 1 ? fmt::format("last delivery  {}\n", shown(result.last_delivery))
                                 : std::string()) +
         fmt::format("connecting     {:.3f} s for all\n", in_seconds(result.connecting)) +
         costs(options, result);
}

nlohmann::ordered_json for_machines(std::string_view scenario, const RoomsOptions& options,
                                    const RoomsResult& result) {
  const Verdict& verdict = result.verdict;
  const ProtocolTraits& protocol = traits_of(options.protocol);
  using Json = nlohmann::ordered_json;
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
          {"server_rss_kib_per_connection", json_of(server_rss(options, result))},
          {"scenario", scenario},
          {"protocol", protocol.name},
          {"rooms", options.rooms},
          {"processes", options.processes},
          {"foreign", verdict.foreign},
          {"unacknowledged", protocol.numbers ? Json(verdict.unacknowledged) : Json()},
          {"own_cpu_us_per_delivery", json_of(own_cpu_each(result))},
          {"server_cpu_seconds", json_of(seconds_of(result.server.cpu))},
          {"server_rss_kib",
           {{"before", json_of(in_kib(result.entering.resident_before))},
            {"joined", json_of(in_kib(result.entering.resident_after))},
            {"after", json_of(in_kib(result.server.resident_after))}}}};
}

}  // namespace

Report report_of(std::string_view scenario, const RoomsOptions& options,
                 const RoomsResult& result) {
  return make_report(options, result.clean(), result.troubles,
                     for_people(scenario, options, result),
                     for_machines(scenario, options, result));
}

}  // namespace chat::bench
