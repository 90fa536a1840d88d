#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "bench/scenarios/storm.hpp"

namespace chat::bench {
namespace {

const Histogram& latency(const StormResult& result, StormPhase phase) {
  return result.bystanders.latency[static_cast<std::size_t>(phase)];
}

std::optional<double> seconds(std::optional<Duration> duration) {
  return duration ? std::optional(in_seconds(*duration)) : std::nullopt;
}

std::optional<double> resident_per_client(const StormOptions& options, const StormResult& result) {
  const auto growth = result.server.growth();
  if (!growth)
    return std::nullopt;
  return static_cast<double>(*growth) / 1024 / options.clients;
}

std::string for_people(const StormOptions& options, const StormResult& result) {
  std::string text = fmt::format(
      "storm: {} clients into the lobby, {} at a time; {} bystanders with {} messages a second\n",
      options.clients, options.at_once, options.bystanders, options.rate);
  text += fmt::format("all in         {}, {} refused\n", shown(seconds(result.connecting), "s"),
                      result.refused);
  text += fmt::format("presence       {} announced, all know after {}\n",
                      result.listed ? "names" : "counts", shown(seconds(result.presence), "s"));
  if (result.wrong_views + result.hurried_views > 0)
    text += fmt::format("wrong          {} do not know who is there, {} were told too often\n",
                        result.wrong_views, result.hurried_views);
  text +=
      fmt::format("all gone       {}, {} members before and {} after\n",
                  shown(seconds(result.gone), "s"), result.members_before, result.members_after);
  if (result.server.cpu)
    text += fmt::format("server         {:.3f} s CPU while they connected, {} each\n",
                        in_seconds(*result.server.cpu),
                        shown(resident_per_client(options, result), "KiB resident"));
  text += fmt::format("own CPU        {:.3f} s while they connected\n", in_seconds(result.own_cpu));
  text += "bystanders\n" + shown(result.bystanders.verdict);
  text += fmt::format("before         {}\n", shown(latency(result, StormPhase::before)));
  text += fmt::format("connecting     {}\n", shown(latency(result, StormPhase::connecting)));
  text += fmt::format("vanishing      {}\n", shown(latency(result, StormPhase::vanishing)));
  text += fmt::format("after          {}\n", shown(latency(result, StormPhase::after)));
  return text;
}

nlohmann::ordered_json for_machines(const StormOptions& options, const StormResult& result) {
  nlohmann::ordered_json report{{"clients", options.clients},
                                {"at_once", options.at_once},
                                {"bystanders", options.bystanders},
                                {"rate", options.rate}};
  report.update(json_of(result.bystanders.verdict));
  report.update({{"refused", result.refused},
                 {"connect_seconds", json_of(seconds(result.connecting))},
                 {"presence", result.listed ? "names" : "counts"},
                 {"presence_seconds", json_of(seconds(result.presence))},
                 {"wrong_views", result.wrong_views},
                 {"hurried_views", result.hurried_views},
                 {"gone_seconds", json_of(seconds(result.gone))},
                 {"members_before", result.members_before},
                 {"members_after", result.members_after},
                 {"latency_ms",
                  {{"before", json_of(latency(result, StormPhase::before))},
                   {"connecting", json_of(latency(result, StormPhase::connecting))},
                   {"present", json_of(latency(result, StormPhase::present))},
                   {"vanishing", json_of(latency(result, StormPhase::vanishing))},
                   {"after", json_of(latency(result, StormPhase::after))}}},
                 {"server_cpu_seconds", json_of(seconds(result.server.cpu))},
                 {"server_rss_kib_per_connection", json_of(resident_per_client(options, result))},
                 {"own_cpu_seconds", in_seconds(result.own_cpu)}});
  return report;
}

}  // namespace

Report report_of(const StormOptions& options, const StormResult& result) {
  Troubles troubles = result.troubles;
  troubles.add(result.bystanders.troubles);
  return make_report(options, result.clean(), troubles, for_people(options, result),
                     for_machines(options, result));
}

}  // namespace chat::bench
