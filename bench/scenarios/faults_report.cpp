#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "bench/scenarios/faults.hpp"

namespace chat::bench {
namespace {

std::optional<double> seconds(std::optional<Duration> duration) {
  return duration ? std::optional(in_seconds(*duration)) : std::nullopt;
}

std::string for_people(const FaultsOptions& options, const FaultsResult& result) {
  std::string text = fmt::format(
      "faults: {} clients in one room, {} of them talk, {} messages a second; {} connections a "
      "second are reset for {} s, seed {}\n",
      options.clients, options.senders, options.rate, options.resets_per_second,
      in_seconds(options.seconds), options.seed);
  text += shown(result.verdict);
  text += fmt::format("whispers       {} of those sent\n", result.whispers);
  text += fmt::format("gaps           {}, of {} messages\n", result.gaps, result.missed);
  text += fmt::format("resets         {}, {} of them before the welcome\n", result.resets,
                      result.interrupted);
  text += fmt::format("resumed        {}, and {} got a new session instead\n", result.resumed,
                      result.fresh);
  text += fmt::format("repeated       {} messages that were not acknowledged before a reset\n",
                      result.repeated);
  text += fmt::format("resume         {}\n", shown(result.resuming));
  text += fmt::format("caught up      {}\n", shown(result.catching_up));
  text += fmt::format("latency        {}\n", shown(result.latency));
  text += fmt::format("connecting     {:.3f} s for all\n", in_seconds(result.connecting));
  if (result.server.cpu)
    text += fmt::format("server CPU     {:.3f} s\n", in_seconds(*result.server.cpu));
  text += fmt::format("own CPU        {:.3f} s\n", in_seconds(result.own_cpu));
  return text;
}

nlohmann::ordered_json for_machines(const FaultsOptions& options, const FaultsResult& result) {
  nlohmann::ordered_json report{{"clients", options.clients},
                                {"senders", options.senders},
                                {"rate", options.rate},
                                {"text_bytes", options.text_bytes},
                                {"resets_per_second", options.resets_per_second},
                                {"seconds", in_seconds(options.seconds)},
                                {"seed", options.seed}};
  report.update(json_of(result.verdict));
  report.update({{"whispers", result.whispers},
                 {"gaps", result.gaps},
                 {"missed", result.missed},
                 {"resets", result.resets},
                 {"interrupted", result.interrupted},
                 {"resumed", result.resumed},
                 {"fresh", result.fresh},
                 {"repeated", result.repeated},
                 {"resume_ms", json_of(result.resuming)},
                 {"caught_up_ms", json_of(result.catching_up)},
                 {"latency_ms", json_of(result.latency)},
                 {"connect_seconds", in_seconds(result.connecting)},
                 {"server_cpu_seconds", json_of(seconds(result.server.cpu))},
                 {"server_rss_before_bytes", json_of(result.server.resident_before)},
                 {"server_rss_after_bytes", json_of(result.server.resident_after)},
                 {"own_cpu_seconds", in_seconds(result.own_cpu)}});
  return report;
}

}  // namespace

Report report_of(const FaultsOptions& options, const FaultsResult& result) {
  return make_report(options, result.clean(options.may_miss), result.troubles,
                     for_people(options, result), for_machines(options, result));
}

}  // namespace chat::bench
