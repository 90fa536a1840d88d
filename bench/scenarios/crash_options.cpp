#include "bench/scenarios/crash_options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "bench/load/message_text.hpp"

namespace chat::bench {
namespace {

// In each room, texts call their senders by numbers of their own, and whispers by others again.
constexpr std::uint32_t kMostClients = 10'000;
constexpr std::uint32_t kMostRooms = 500;
static_assert(kMostClients * kMostRooms <= kMaxSenders / 2);
constexpr std::uint32_t kMostUnacknowledged = 256;
constexpr std::uint32_t kUsualShareOfSenders = 5;
constexpr double kMostPerSecond = 1e6;

void add_server(CLI::App& crash, CrashOptions& options) {
  crash
      .add_option("--server-program", options.server_program,
                  "The server (default: the chat-server beside this program)")
      ->type_name("FILE")
      ->check(CLI::ExistingFile.description(""));
  crash
      .add_option("--server-option", options.server_options,
                  "One more for the server, as --server-option=--reactors=2; repeatable")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  crash
      .add_option("--data", options.data,
                  "Folder for its store, empty or not there yet (default: a temporary one)")
      ->type_name("DIR");
  crash
      .add_option("--durability", options.durability,
                  "What the server is told that messages should survive")
      ->check(CLI::IsMember({"power", "process"}))
      ->capture_default_str();
}

void add_mishaps(CLI::App& crash, CrashOptions& options) {
  crash.add_option("--cycles", options.cycles, "How often the server is killed and started again")
      ->check(CLI::Range(1U, 1'000'000U))
      ->capture_default_str();
  add_seconds_option(crash, "--seconds-per-cycle", options.seconds_per_cycle,
                     "How long it lives, at most");
  crash
      .add_option("--resets-per-second", options.resets_per_second,
                  "Connections that are reset meanwhile, of all together")
      ->check(CLI::Range(0.0, kMostPerSecond))
      ->capture_default_str();
  crash
      .add_option(
          "--client-kills-per-second", options.client_kills_per_second,
          "Clients that are killed meanwhile, of all together; others who know no more than "
          "what these kept on the disk take their places")
      ->check(CLI::Range(0.0, kMostPerSecond))
      ->capture_default_str();
  add_seconds_option(crash, "--away", options.away, "How long a client is away, at most");
}

void add_talk(CLI::App& crash, CrashOptions& options) {
  crash
      .add_option("--senders", options.senders,
                  "How many of them talk, in rooms and by whispers (default: a fifth)")
      ->check(CLI::Range(1U, kMostClients));
  crash.add_option("--rooms", options.rooms, "How many there are; each client is in two")
      ->check(CLI::Range(1U, kMostRooms))
      ->capture_default_str();
  crash.add_option("--rate", options.rate, "Messages per second, of all together")
      ->check(CLI::Range(0.001, kMostPerSecond))
      ->capture_default_str();
  crash
      .add_option("--window", options.window,
                  "Messages that one of them says before the first is acknowledged, at most")
      ->check(CLI::Range(1U, kMostUnacknowledged))
      ->capture_default_str();
  add_text_bytes_option(crash, options.text_bytes)->capture_default_str();
}

}  // namespace

CLI::App& add_scenario(CLI::App& app, CrashOptions& options) {
  CLI::App& crash = *app.add_subcommand(
      "crash", "A server with a store is killed and started again, while clients talk");
  add_run_options(crash, options);
  crash.add_option("--clients", options.clients, "How many fake clients there are")
      ->check(CLI::Range(1U, kMostClients))
      ->capture_default_str();
  add_server(crash, options);
  add_mishaps(crash, options);
  add_talk(crash, options);
  crash.add_option("--seed", options.seed, "Of the chances by which all that happens")
      ->capture_default_str();
  crash.callback([&] {
    if (options.senders > options.clients)
      throw CLI::ValidationError("--senders is how many of the --clients talk; it cannot be more");
    if (options.rooms > options.clients)
      throw CLI::ValidationError("--rooms cannot be more than there are --clients");
    if (options.senders == 0)
      options.senders = std::max(1U, options.clients / kUsualShareOfSenders);
  });
  return crash;
}

}  // namespace chat::bench
