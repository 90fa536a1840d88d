#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "bench/scenarios/resume.hpp"

namespace chat::bench {
namespace {

constexpr double kMostFeel = 0.99;

const Histogram& latency(const ResumeResult& result, ResumePhase phase) {
  return result.bystanders.latency[static_cast<std::size_t>(phase)];
}

std::optional<double> felt(const ResumeResult& result) {
  const Histogram& before = latency(result, ResumePhase::before);
  const Histogram& during = latency(result, ResumePhase::during);
  if (before.count() == 0 || during.count() == 0)
    return std::nullopt;
  return in_seconds(during.quantile(kMostFeel)) / in_seconds(before.quantile(kMostFeel));
}

std::string for_people(const ResumeOptions& options, const ResumeResult& result) {
  std::string text = fmt::format(
      "resume: {} clients come back, each of whom has missed {} messages of {} bytes{}; "
      "--durability {}\n",
      options.clients, options.missed, options.text_bytes,
      options.restart ? ", to a server that was restarted" : "", options.durability);
  text += shown(result.verdict);
  text += fmt::format("resumed        {}, and {} got a new session instead\n", result.resumed,
                      result.fresh);
  text += fmt::format("gaps           {}\n", result.gaps);
  if (options.sync_folder)
    text += fmt::format("disk           {}\n", shown(result.syncs));
  text += fmt::format("all are back   {:.3f} s\n", in_seconds(result.all_back));
  text += fmt::format("welcome        {}\n", shown(result.resuming));
  text += fmt::format("caught up      {}\n", shown(result.catching_up));
  text += fmt::format("bystanders     {}\n", shown(latency(result, ResumePhase::before)));
  text += fmt::format("- meanwhile    {}\n", shown(latency(result, ResumePhase::during)));
  text += fmt::format("- afterwards   {}\n", shown(latency(result, ResumePhase::after)));
  return text;
}

nlohmann::ordered_json for_machines(const ResumeOptions& options, const ResumeResult& result) {
  nlohmann::ordered_json report{{"clients", options.clients},
                                {"missed", options.missed},
                                {"text_bytes", options.text_bytes},
                                {"restart", options.restart},
                                {"durability", options.durability}};
  report.update(json_of(result.verdict));
  report.update({{"resumed", result.resumed},
                 {"fresh", result.fresh},
                 {"gaps", result.gaps},
                 {"all_back_seconds", in_seconds(result.all_back)},
                 {"resume_ms", json_of(result.resuming)},
                 {"caught_up_ms", json_of(result.catching_up)},
                 {"sync_ms", json_of(result.syncs)},
                 {"bystanders_before_ms", json_of(latency(result, ResumePhase::before))},
                 {"bystanders_during_ms", json_of(latency(result, ResumePhase::during))},
                 {"bystanders_after_ms", json_of(latency(result, ResumePhase::after))},
                 {"bystanders_p99_ratio", json_of(felt(result))},
                 {"bystanders", json_of(result.bystanders.verdict)}});
  return report;
}

}  // namespace

Report report_of(const ResumeOptions& options, const ResumeResult& result) {
  Troubles troubles = result.troubles;
  troubles.add(result.bystanders.troubles);
  return make_report(options, result.clean(), troubles, for_people(options, result),
                     for_machines(options, result));
}

}  // namespace chat::bench
