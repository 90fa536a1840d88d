#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "bench/scenarios/crash.hpp"

namespace chat::bench {
namespace {

std::string for_people(const CrashOptions& options, const CrashResult& result) {
  std::string text = fmt::format(
      "crash: {} clients in {} rooms, {} of them talk, {} messages a second; the server, with "
      "--durability {}, is killed {} times, seed {}\n",
      options.clients, options.rooms, options.senders, options.rate, options.durability,
      options.cycles, options.seed);
  text += shown(result.verdict);
  text += fmt::format("whispers       {} of those sent\n", result.whispers);
  text +=
      fmt::format("crashes        {} in {:.1f} s\n", result.crashes, in_seconds(result.duration));
  text += fmt::format("resets         {}\n", result.resets);
  text += fmt::format("clients killed {}, {} came while they seemed to be here\n", result.killed,
                      result.too_early);
  text +=
      fmt::format("resumed        {}, and {} got a new session\n", result.resumed, result.fresh);
  text += fmt::format("repeated       {} messages that were not acknowledged before\n",
                      result.repeated);
  text += fmt::format("gaps           {}\n", result.gaps);
  text += fmt::format("other epochs   {}\n", result.other_epochs);
  text +=
      fmt::format("all back       {}, not {} times\n", shown(result.all_back), result.all_back_not);
  return text;
}

nlohmann::ordered_json for_machines(const CrashOptions& options, const CrashResult& result) {
  nlohmann::ordered_json report{{"clients", options.clients},
                                {"senders", options.senders},
                                {"rooms", options.rooms},
                                {"rate", options.rate},
                                {"text_bytes", options.text_bytes},
                                {"durability", options.durability},
                                {"cycles", options.cycles},
                                {"seconds_per_cycle", in_seconds(options.seconds_per_cycle)},
                                {"resets_per_second", options.resets_per_second},
                                {"client_kills_per_second", options.client_kills_per_second},
                                {"seed", options.seed}};
  report.update(json_of(result.verdict));
  report.update({{"said", result.verdict.sent},
                 {"acknowledged", result.verdict.sent - result.verdict.unacknowledged},
                 {"whispers", result.whispers},
                 {"crashes", result.crashes},
                 {"resets", result.resets},
                 {"clients_killed", result.killed},
                 {"resumed", result.resumed},
                 {"fresh", result.fresh},
                 {"too_early", result.too_early},
                 {"repeated", result.repeated},
                 {"gaps", result.gaps},
                 {"other_epochs", result.other_epochs},
                 {"all_back", result.all_back.count()},
                 {"all_back_ms", json_of(result.all_back)},
                 {"seconds", in_seconds(result.duration)}});
  return report;
}

}  // namespace

Report report_of(const CrashOptions& options, const CrashResult& result) {
  return make_report(options, result.clean(), result.troubles, for_people(options, result),
                     for_machines(options, result));
}

}  // namespace chat::bench
