#include "bench/scenarios/whisper_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "bench/scenarios/whisper_pairs.hpp"

namespace chat::bench {
namespace {

void check_once(const CLI::App& whisper, const WhisperOptions& options) {
  if (whisper.count("--clients") == 0)
    throw CLI::ValidationError("--once needs --clients");
  if (options.protocol == WhisperProtocol::floor)
    throw CLI::ValidationError("the floor has no --once: a client of it is in one pair");
  const std::uint64_t most = most_pairs(options.clients);
  if (options.pairs > most)
    throw CLI::ValidationError(
        fmt::format("{} clients can make at most {} pairs, since each may begin {}",
                    options.clients, most, kMostPairsBegun));
}

void check_ping_pong(const CLI::App& whisper, WhisperOptions& options) {
  if (whisper.count("--seconds") == 0)
    throw CLI::ValidationError("one of --seconds and --once is needed");
  if (whisper.count("--clients") > 0)
    throw CLI::ValidationError("--clients goes with --once; otherwise each pair has its own two");
  options.clients = 2 * options.pairs;
}

}  // namespace

CLI::App& add_scenario(CLI::App& app, WhisperOptions& options) {
  CLI::App& whisper =
      *app.add_subcommand("whisper", "Pairs of clients answer each other's whispers");
  add_server_options(whisper, options);
  add_clients_option(whisper, options);
  whisper.add_option("--pairs", options.pairs, "How many pairs whisper, all at a time")
      ->required()
      ->check(CLI::Range(1U, kMaxClients / 2));
  add_text_bytes_option(whisper, options.text_bytes)->required();
  auto* seconds = add_seconds_option(whisper, "--seconds", options.seconds, "How long to whisper");
  auto* once = whisper.add_flag("--once", options.once,
                                "Each pair whispers once; what it costs to have done so");
  seconds->excludes(once);
  add_seconds_option(whisper, "--settle", options.settle, "How long nothing happens after --once")
      ->needs(once);
  const auto choose = [&options](const std::string& name) {
    options.protocol = name == "floor" ? WhisperProtocol::floor : WhisperProtocol::edgechat;
  };
  whisper
      .add_option_function<std::string>("--protocol", choose, "What is spoken: edgechat or floor")
      ->check(CLI::IsMember({"edgechat", "floor"}).description(""))
      ->type_name("NAME")
      ->default_str("edgechat");
  whisper.callback([&] {
    if (options.once)
      check_once(whisper, options);
    else
      check_ping_pong(whisper, options);
  });
  return whisper;
}

}  // namespace chat::bench
