#include "bench/load/common_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "bench/load/message_text.hpp"

namespace chat::bench {
namespace {

constexpr double kMaxSeconds = 86'400;

void add_server(CLI::App& scenario, net::HostPort& server) {
  const auto read = [&server](const std::string& text) {
    server = *net::parse_host_port(text, kDefaultPort);
  };
  const auto wrong = [](const std::string& text) {
    const auto parsed = net::parse_host_port(text, kDefaultPort);
    return parsed ? std::string() : parsed.error();
  };
  scenario.add_option_function<std::string>("--server", read, "Where the server listens")
      ->type_name("HOST:PORT")
      ->default_str(to_string(server))
      ->check(wrong, "");
}

void add_load(CLI::App& scenario, Load& load) {
  auto* rate = scenario
                   .add_option_function<double>(
                       "--rate", [&load](double value) { load = OpenLoop{value}; },
                       "Messages per second, of all together")
                   ->check(CLI::Range(0.001, 1e7));
  auto* window = scenario
                     .add_option_function<std::uint64_t>(
                         "--window", [&load](std::uint64_t value) { load = ClosedLoop{value}; },
                         "Instead of a rate: as fast as the server delivers, with at most so many "
                         "messages of all together not yet seen by one client")
                     ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000}));
  rate->excludes(window);
}

}  // namespace

CLI::Option* add_seconds_option(CLI::App& scenario, const std::string& name, Duration& seconds,
                                const std::string& about) {
  return scenario
      .add_option_function<double>(
          name, [&seconds](double value) { seconds = from_seconds(value); }, about)
      ->check(CLI::Range(0.001, kMaxSeconds))
      ->default_str(seconds > Duration::zero() ? fmt::format("{}", in_seconds(seconds)) : "");
}

CLI::Option* add_clients_option(CLI::App& scenario, CommonOptions& options) {
  return scenario.add_option("--clients", options.clients, "How many fake clients there are")
      ->check(CLI::Range(1U, kMaxClients));
}

CLI::Option* add_text_bytes_option(CLI::App& scenario, std::uint32_t& text_bytes) {
  return scenario.add_option("--text-bytes", text_bytes, "Size of a message's text")
      ->check(CLI::Range(std::uint32_t{kMarkBytes}, std::uint32_t{kMaxTextBytes}));
}

void add_common_options(CLI::App& scenario, CommonOptions& options) {
  add_server_options(scenario, options);
  add_clients_option(scenario, options)->required();
}

void add_server_options(CLI::App& scenario, CommonOptions& options) {
  add_run_options(scenario, options);
  add_server(scenario, options.server);
  const char* const watched = "Process to report CPU time and resident memory of";
  scenario.add_option("--server-pid", options.server_pid, watched)->check(CLI::PositiveNumber);
}

void add_run_options(CLI::App& scenario, CommonOptions& options) {
  scenario.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  add_seconds_option(scenario, "--patience", options.patience,
                     "Seconds without progress after which what is missing is lost");
  scenario.add_flag("--json", options.json, "Report for machines on standard output");
}

void add_talk_options(CLI::App& scenario, TalkOptions& options) {
  scenario.add_option("--senders", options.senders, "How many of them send")
      ->required()
      ->check(CLI::Range(1U, kMaxClients));
  add_load(scenario, options.load);
  add_seconds_option(scenario, "--seconds", options.seconds, "How long to send")->required();
  add_text_bytes_option(scenario, options.text_bytes)->required();
}

void check_talk_options(const CLI::App& scenario, std::uint32_t clients,
                        const TalkOptions& options) {
  if (scenario.count("--rate") + scenario.count("--window") == 0)
    throw CLI::ValidationError("one of --rate and --window is needed");
  if (options.senders > clients)
    throw CLI::ValidationError("--senders is how many of the --clients send; it cannot be more");
}

}  // namespace chat::bench
