#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "bench/scenarios/client.hpp"

namespace chat::bench {
namespace {

double each(double sum, std::uint64_t count) {
  return count > 0 ? sum / static_cast<double>(count) : 0;
}

double per_second(std::uint64_t count, const ClientWork& work) {
  return static_cast<double>(count) / in_seconds(work.took);
}

std::string shown_cpu(const ClientWork& work) {
  return fmt::format("{:.0f} % CPU, {:.0f} % waiting for one",
                     100 * in_seconds(work.cpu) / in_seconds(work.took),
                     100 * in_seconds(work.waiting) / in_seconds(work.took));
}

// How many were scrolled up.
std::uint64_t pages(const ClientResult& result) {
  return result.paging.count() + result.stuck;
}

double mib(std::uint64_t bytes) {
  return static_cast<double>(bytes) / 1024 / 1024;
}

std::string shown(const ClientWork& work) {
  return fmt::format("{:.1f} frames and {:.1f} KB per second, {:.1f} KB and {} per frame, {}",
                     per_second(work.frames, work), per_second(work.bytes, work) / 1000,
                     each(static_cast<double>(work.bytes), work.frames) / 1000,
                     bench::shown(microseconds_each(work.cpu, work.frames), "µs CPU"),
                     shown_cpu(work));
}

std::string shown(const ClientTyping& typing) {
  const std::uint64_t keys = typing.echo.count();
  return fmt::format(
      "{} keys, {:.1f} per second, {:.1f} KB per key, {}\n"
      "- answered     {}\n"
      "- late         {} after more than {:.0f} ms, {} also without the wait for a processor, {} "
      "without any answer\n",
      keys, per_second(keys, typing.work),
      each(static_cast<double>(typing.work.bytes), keys) / 1000, shown_cpu(typing.work),
      bench::shown(typing.echo), typing.late, in_milliseconds(kEchoBar), typing.missed,
      typing.unheard);
}

std::string for_people(const ClientOptions& options, const ClientResult& result) {
  const ClientMemory& memory = result.memory;
  const std::uint64_t quiet = options.quiet_messages;
  std::string text = fmt::format(
      "client: a terminal of {}x{}, {} messages of {} bytes in the lobby before, then {:.0f} a "
      "second\n",
      options.columns, options.rows, options.messages, options.text_bytes, options.rate);
  text += fmt::format("filling        {:.1f} s\n", in_seconds(result.filling));
  text += fmt::format("first screen   {:.1f} ms after the start, {:.1f} KB\n",
                      in_milliseconds(result.first_screen),
                      static_cast<double>(result.first_bytes) / 1000);
  text += fmt::format("quiet room     {:.2f} KB, {:.3f} ms CPU, {:.2f} frames per message\n",
                      each(static_cast<double>(result.quiet.bytes), quiet) / 1000,
                      each(in_milliseconds(result.quiet.cpu), quiet),
                      each(static_cast<double>(result.quiet.frames), quiet));
  text += fmt::format("flood          {} messages, {:.0f} per second\n", result.flooded,
                      static_cast<double>(result.flooded) / in_seconds(result.flooding));
  text += fmt::format("watching       {}\n", shown(result.watching));
  text += fmt::format("typing         {}", shown(result.typing));
  text += fmt::format("hammering      {}", shown(result.hammering));
  text += fmt::format("bar            every key within {:.0f} ms, without such waits: {}\n",
                      in_milliseconds(kEchoBar), result.is_within_bar() ? "met" : "MISSED");
  text += fmt::format("paging up      {} pages{}, {}; {} stuck\n", pages(result),
                      result.is_at_top ? ", to the top" : "", bench::shown(result.paging),
                      result.stuck);
  text += fmt::format(
      "memory         {:.1f} MiB at first, {:.1f} in the quiet room, {:.1f} after the flood, "
      "{}{:.1f} after all pages\n",
      mib(memory.at_first), mib(memory.quiet), mib(memory.flooded),
      memory.half_up ? fmt::format("{:.1f} after half of the pages, ", mib(*memory.half_up)) : "",
      mib(memory.up));
  return text;
}

nlohmann::ordered_json json_of(const ClientWork& work) {
  return {{"seconds", in_seconds(work.took)},
          {"cpu_seconds", in_seconds(work.cpu)},
          {"waiting_seconds", in_seconds(work.waiting)},
          {"bytes", work.bytes},
          {"frames", work.frames},
          {"cpu_us_per_frame", bench::json_of(microseconds_each(work.cpu, work.frames))}};
}

nlohmann::ordered_json json_of(const ClientTyping& typing) {
  nlohmann::ordered_json report = json_of(typing.work);
  report.update({{"keys", typing.echo.count()},
                 {"keys_per_second", per_second(typing.echo.count(), typing.work)},
                 {"echo_ms", bench::json_of(typing.echo)},
                 {"late", typing.late},
                 {"missed", typing.missed},
                 {"unheard", typing.unheard}});
  return report;
}

nlohmann::ordered_json for_machines(const ClientOptions& options, const ClientResult& result) {
  const ClientMemory& memory = result.memory;
  return {{"columns", options.columns},
          {"rows", options.rows},
          {"messages", options.messages},
          {"text_bytes", options.text_bytes},
          {"rate", options.rate},
          {"fill_seconds", in_seconds(result.filling)},
          {"first_screen_ms", in_milliseconds(result.first_screen)},
          {"first_screen_bytes", result.first_bytes},
          {"quiet_messages", options.quiet_messages},
          {"quiet", json_of(result.quiet)},
          {"flooded", result.flooded},
          {"flood_seconds", in_seconds(result.flooding)},
          {"watching", json_of(result.watching)},
          {"typing", json_of(result.typing)},
          {"hammering", json_of(result.hammering)},
          {"echo_bar_ms", in_milliseconds(kEchoBar)},
          {"within_bar", result.is_within_bar()},
          {"pages", pages(result)},
          {"at_top", result.is_at_top},
          {"paging_ms", bench::json_of(result.paging)},
          {"stuck_pages", result.stuck},
          {"rss_first_bytes", memory.at_first},
          {"rss_quiet_bytes", memory.quiet},
          {"rss_flooded_bytes", memory.flooded},
          {"rss_half_up_bytes", bench::json_of(memory.half_up)},
          {"rss_up_bytes", memory.up}};
}

}  // namespace

Report report_of(const ClientOptions& options, const ClientResult& result) {
  return make_report(options, result.clean(), result.troubles, for_people(options, result),
                     for_machines(options, result));
}

}  // namespace chat::bench
