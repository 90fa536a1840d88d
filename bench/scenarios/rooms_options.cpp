#include "bench/scenarios/rooms_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>

namespace chat::bench {
namespace {

constexpr std::uint32_t kMaxProcesses = 256;
// Counters of what comes, where a protocol has no numbers: 400 MB of them.
constexpr std::uint64_t kMaxCounters = 100'000'000;

void add_protocol(CLI::App& scenario, Protocol& protocol) {
  std::map<std::string, Protocol> protocols;
  for (const Protocol each : kProtocols)
    protocols.emplace(traits_of(each).name, each);
  scenario
      .add_option_function<std::string>(
          "--protocol",
          [&protocol, protocols](const std::string& name) { protocol = protocols.at(name); },
          "What the server speaks")
      ->check(CLI::IsMember(protocols))
      ->default_str(std::string(traits_of(protocol).name));
}

[[noreturn]] void refuse(const std::string& sentence) {
  throw CLI::ValidationError(sentence);
}

void check_protocol(const RoomsOptions& options) {
  const ProtocolTraits& traits = traits_of(options.protocol);
  if (!traits.rooms && options.rooms > 1)
    refuse(fmt::format("--protocol {} has only one room", traits.name));
  if (options.text_bytes > traits.max_text_bytes)
    refuse(fmt::format("--protocol {} carries texts of at most {} bytes", traits.name,
                       traits.max_text_bytes));
  const std::uint64_t counters = std::uint64_t{options.clients} * options.senders / options.rooms;
  if (!traits.numbers && counters > kMaxCounters)
    refuse(
        fmt::format("--protocol {} has no numbers, so every client needs a counter for every "
                    "sender; {} clients and {} senders in a room are too many",
                    traits.name, options.clients / options.rooms, options.senders / options.rooms));
}

}  // namespace

void add_options_of_rooms(CLI::App& scenario, RoomsOptions& options) {
  add_common_options(scenario, options);
  add_talk_options(scenario, options);
  add_protocol(scenario, options.protocol);
  scenario
      .add_option("--processes", options.processes,
                  "How many processes of this tool share the clients, to use several cores")
      ->check(CLI::Range(1U, kMaxProcesses))
      ->capture_default_str();
  scenario
      .add_option("--at-once", options.at_once,
                  "How many clients are let in at a time; those that do not fit into a server's "
                  "listening queue lose seconds")
      ->check(CLI::Range(1U, kMaxClients))
      ->capture_default_str();
  scenario.callback([&scenario, &options] {
    check_talk_options(scenario, options.clients, options);
    if (options.processes > options.clients)
      refuse("--processes share the --clients; there cannot be more of them");
    if (options.rooms > options.clients)
      refuse("--rooms share the --clients; there cannot be more of them");
    check_protocol(options);
  });
}

CLI::App& add_scenario(CLI::App& app, RoomsOptions& options) {
  CLI::App& rooms = *app.add_subcommand("rooms", "All clients in several rooms; some of them talk");
  add_options_of_rooms(rooms, options);
  rooms
      .add_option("--rooms", options.rooms,
                  "How many rooms, each with as many of the clients; for as much under way in each "
                  "of them as in one room, multiply the window by it")
      ->required()
      ->check(CLI::Range(1U, kMaxClients));
  return rooms;
}

}  // namespace chat::bench
