#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "bench/scenarios/whisper.hpp"

namespace chat::bench {
namespace {

double whispers_per_second(const WhisperResult& result) {
  const double seconds = in_seconds(result.whispering);
  return seconds > 0 ? static_cast<double>(result.verdict.sent) / seconds : 0;
}

std::string for_people(const WhisperOptions& options, const WhisperResult& result) {
  const std::uint64_t whispers = result.verdict.sent;
  std::string text = fmt::format("whisper: {} pairs in ping-pong with texts of {} bytes for {} s\n",
                                 options.pairs, options.text_bytes, in_seconds(options.seconds));
  text += shown(result.verdict);
  text += fmt::format("whispers       {:.0f} per second\n", whispers_per_second(result));
  text += fmt::format("latency        {}\n", shown(result.latency));
  text += fmt::format("round trip     {}\n", shown(result.round_trip));
  text += fmt::format("connecting     {:.3f} s for all\n", in_seconds(result.connecting));
  if (result.server.cpu)
    text += fmt::format("server CPU     {} per whisper\n",
                        shown(microseconds_each(result.server.cpu, whispers), "µs"));
  text += fmt::format("own CPU        {} per whisper\n",
                      shown(microseconds_each(result.own_cpu, whispers), "µs"));
  return text;
}

nlohmann::ordered_json for_machines(const WhisperOptions& options, const WhisperResult& result) {
  const std::uint64_t whispers = result.verdict.sent;
  nlohmann::ordered_json report{{"clients", options.clients},
                                {"pairs", options.pairs},
                                {"text_bytes", options.text_bytes},
                                {"seconds", in_seconds(options.seconds)}};
  report.update(json_of(result.verdict));
  report.update(
      {{"whispers_per_second", whispers_per_second(result)},
       {"latency_ms", json_of(result.latency)},
       {"round_trip_ms", json_of(result.round_trip)},
       {"connect_seconds", in_seconds(result.connecting)},
       {"server_cpu_us_per_whisper", json_of(microseconds_each(result.server.cpu, whispers))},
       {"own_cpu_us_per_whisper", json_of(microseconds_each(result.own_cpu, whispers))}});
  return report;
}

}  // namespace

Report report_of(const WhisperOptions& options, const WhisperResult& result) {
  return make_report(options, result.clean(), result.troubles, for_people(options, result),
                     for_machines(options, result));
}

}  // namespace chat::bench
