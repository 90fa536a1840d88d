#include "bench/scenarios/commit_options.hpp"

#include <CLI/CLI.hpp>
#include <map>

namespace chat::bench {
namespace {

// What edgechat knows again of a sender (PROTOCOL.md, "Sessions"), so that all that is under way
// could be said again.
constexpr std::uint32_t kMostUnacknowledged = 256;

void add_protocol(CLI::App& commit, Keeper& protocol) {
  std::map<std::string, Keeper> protocols;
  for (const Keeper each : kKeepers)
    protocols.emplace(traits_of(each).name, each);
  commit
      .add_option_function<std::string>(
          "--protocol",
          [&protocol, protocols](const std::string& name) { protocol = protocols.at(name); },
          "What the server speaks")
      ->check(CLI::IsMember(protocols))
      ->default_str(std::string(traits_of(protocol).name));
}

void add_people(CLI::App& commit, CommitOptions& options) {
  commit.add_option("--senders", options.senders, "Clients that send")
      ->required()
      ->check(CLI::Range(1U, kMaxClients / 2));
  commit.add_option("--readers", options.readers, "Clients that only read")
      ->check(CLI::Range(0U, kMaxClients / 2))
      ->capture_default_str();
  commit.add_option("--rooms", options.rooms, "Rooms to which both are dealt out")
      ->check(CLI::Range(1U, kMaxClients / 2))
      ->capture_default_str();
  commit
      .add_option(
          "--window", options.window,
          "Messages of each sender that are under way: not acknowledged yet, or not seen by "
          "a reader of its room, if it has any")
      ->required()
      ->check(CLI::Range(1U, kMostUnacknowledged));
}

void check(CommitOptions& options) {
  if (options.rooms > options.senders)
    throw CLI::ValidationError("--rooms share the --senders; there cannot be more of them");
  if (options.readers > 0 && options.readers < options.rooms)
    throw CLI::ValidationError("--readers must be none, or one in each of the --rooms");
  options.clients = options.senders + options.readers;
}

}  // namespace

CLI::App& add_scenario(CLI::App& app, CommitOptions& options) {
  CLI::App& commit = *app.add_subcommand(
      "commit", "Clients send as fast as what they send is acknowledged; others read it");
  add_server_options(commit, options);
  add_people(commit, options);
  add_seconds_option(commit, "--seconds", options.seconds, "How long to send")->required();
  add_text_bytes_option(commit, options.text_bytes)->required();
  add_protocol(commit, options.protocol);
  commit.add_option("--at-once", options.at_once, "How many clients are let in at a time")
      ->check(CLI::Range(1U, kMaxClients))
      ->capture_default_str();
  add_disk_option(commit, options);
  commit.callback([&options] { check(options); });
  return commit;
}

}  // namespace chat::bench
