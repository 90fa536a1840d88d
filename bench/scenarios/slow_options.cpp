#include "bench/scenarios/slow_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>

namespace chat::bench {
namespace {

// What the kernel takes for a client that does not read is not in the log any more.
constexpr double kTakenByKernel = 1024 * 1024;
// Of a `posted` frame beside the text, nickname included.
constexpr double kFrameBytes = 55;

// The log passes those who are stuck when more has been said than it holds.
void check_length(const SlowOptions& options) {
  const auto* open = std::get_if<OpenLoop>(&options.load);
  if (open == nullptr)
    throw CLI::ValidationError("slow takes --rate: a window would wait for nobody in particular");
  if (options.stuck() == 0)
    return;
  const double bytes = options.room_log_mib * 1024.0 * 1024.0 + kTakenByKernel;
  const double seconds = bytes / (options.text_bytes + kFrameBytes) / open->per_second;
  if (in_seconds(options.seconds) < seconds)
    throw CLI::ValidationError(
        fmt::format("at this rate and size it takes --seconds {:.0f} until a log of {} MiB has "
                    "passed those who are stuck",
                    std::ceil(seconds), options.room_log_mib));
}

void check(const CLI::App& slow, const SlowOptions& options) {
  check_talk_options(slow, options.clients, options);
  if (options.senders > options.healthy())
    throw CLI::ValidationError(
        fmt::format("--senders must be among those who are not stuck, and those are {} clients",
                    options.healthy()));
  check_length(options);
}

}  // namespace

std::uint32_t SlowOptions::stuck() const {
  return static_cast<std::uint32_t>(std::lround(stuck_share * clients));
}

CLI::App& add_scenario(CLI::App& app, SlowOptions& options) {
  CLI::App& slow =
      *app.add_subcommand("slow", "All clients in one room, and a part of them never reads");
  add_common_options(slow, options);
  add_talk_options(slow, options);
  slow.add_option("--stuck", options.stuck_share, "Share of the clients that does not read")
      ->check(CLI::Range(0.0, 0.99))
      ->capture_default_str();
  slow.add_option("--room-log-mib", options.room_log_mib,
                  "MiB of a room's log that the server was told to keep")
      ->check(CLI::Range(1U, 1'000'000U))
      ->capture_default_str();
  slow.callback([&] { check(slow, options); });
  return slow;
}

}  // namespace chat::bench
