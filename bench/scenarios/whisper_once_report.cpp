#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "bench/scenarios/whisper_once.hpp"

namespace chat::bench {
namespace {

std::optional<double> bytes_per_pair(const WhisperOptions& options,
                                     const WhisperOnceResult& result) {
  const auto growth = result.server.growth();
  if (!growth)
    return std::nullopt;
  return static_cast<double>(*growth) / options.pairs;
}

std::string for_people(const WhisperOptions& options, const WhisperOnceResult& result) {
  std::string text =
      fmt::format("whisper: {} pairs of {} clients that whisper once, texts of {} bytes\n",
                  options.pairs, options.clients, options.text_bytes);
  text += shown(result.verdict);
  text += fmt::format("latency        {}\n", shown(result.latency));
  text += fmt::format("connecting     {:.3f} s for all\n", in_seconds(result.connecting));
  text += fmt::format("server memory  {} per pair, {} s later\n",
                      shown(bytes_per_pair(options, result), "bytes resident"),
                      in_seconds(options.settle));
  return text;
}

nlohmann::ordered_json for_machines(const WhisperOptions& options,
                                    const WhisperOnceResult& result) {
  const std::uint64_t whispers = result.verdict.sent;
  nlohmann::ordered_json report{{"clients", options.clients},
                                {"pairs", options.pairs},
                                {"text_bytes", options.text_bytes},
                                {"settle_seconds", in_seconds(options.settle)}};
  report.update(json_of(result.verdict));
  report.update(
      {{"latency_ms", json_of(result.latency)},
       {"connect_seconds", in_seconds(result.connecting)},
       {"server_rss_before_bytes", json_of(result.server.resident_before)},
       {"server_rss_after_bytes", json_of(result.server.resident_after)},
       {"server_rss_bytes_per_pair", json_of(bytes_per_pair(options, result))},
       {"server_cpu_us_per_whisper", json_of(microseconds_each(result.server.cpu, whispers))},
       {"own_cpu_us_per_whisper", json_of(microseconds_each(result.own_cpu, whispers))}});
  return report;
}

}  // namespace

Report report_of(const WhisperOptions& options, const WhisperOnceResult& result) {
  return make_report(options, result.clean(), result.troubles, for_people(options, result),
                     for_machines(options, result));
}

}  // namespace chat::bench
