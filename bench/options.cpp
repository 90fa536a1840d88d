#include "bench/options.hpp"

#include <CLI/CLI.hpp>
#include <limits>
#include <memory>
#include <sstream>

#include "bench/message_text.hpp"
#include "libchat/vocabulary.hpp"

namespace chat::bench {
namespace {

constexpr const char* kAbout =
    "Load tool of edgechat: drives thousands of fake clients against a chat-server and checks "
    "that\n"
    "every one of them gets every message once and in order. Meant for servers of your own.\n"
    "Exit status: 0 when all is right, 1 when anything was lost, duplicated, misordered or "
    "failed,\n"
    "2 for a wrong command line.";

constexpr std::uint32_t kMaxClients = 1'000'000;
constexpr double kMaxSeconds = 86'400;

// What the command line holds before it has been checked as a whole.
struct Line {
  std::string server = "127.0.0.1:" + std::to_string(kDefaultPort);
  double rate = 0;
  std::uint64_t window = 0;
  double seconds = 0;
  double patience = 10;
  pid_t server_pid = 0;
  FanoutOptions options;
};

void add_load(CLI::App& fanout, Line& line) {
  fanout.add_option("--senders", line.options.senders, "How many of them send")
      ->required()
      ->check(CLI::Range(1U, kMaxClients));
  auto* rate = fanout.add_option("--rate", line.rate, "Messages per second, of all together")
                   ->check(CLI::Range(0.001, 1e7));
  auto* window = fanout
                     .add_option("--window", line.window,
                                 "Instead of a rate: as fast as the server delivers, with at most "
                                 "so many messages of all together not yet seen by one client")
                     ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000}));
  rate->excludes(window);
  fanout.add_option("--seconds", line.seconds, "How long to send")
      ->required()
      ->check(CLI::Range(0.001, kMaxSeconds));
  fanout.add_option("--text-bytes", line.options.text_bytes, "Size of a message's text")
      ->required()
      ->check(CLI::Range(std::uint32_t{kMarkBytes}, std::uint32_t{kMaxTextBytes}));
}

void add_fanout(CLI::App& app, Line& line) {
  CLI::App& fanout = *app.add_subcommand("fanout", "All clients in one room; some of them talk");
  // So that a script's own options can be overruled behind them.
  fanout.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  fanout.add_option("--server", line.server, "Where the chat-server listens")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  fanout.add_option("--clients", line.options.clients, "Fake clients in the room")
      ->required()
      ->check(CLI::Range(1U, kMaxClients));
  add_load(fanout, line);
  const char* const watched = "Process to report CPU time and resident memory of";
  fanout.add_option("--server-pid", line.server_pid, watched)->check(CLI::PositiveNumber);
  const char* const patience = "Seconds without progress after which what is missing is lost";
  fanout.add_option("--patience", line.patience, patience)
      ->check(CLI::Range(0.1, kMaxSeconds))
      ->capture_default_str();
  fanout.add_flag("--json", line.options.json, "Report for machines on standard output");
}

NoRun wrong(const std::string& sentence) {
  return {2, "chat-bench: " + sentence + "\n"};
}

std::expected<FanoutOptions, NoRun> check(Line line, bool has_rate, bool has_window) {
  auto& options = line.options;
  const auto server = net::parse_host_port(line.server, kDefaultPort);
  if (!server)
    return std::unexpected(wrong("--server: " + server.error()));
  options.server = *server;
  if (has_rate == has_window)
    return std::unexpected(wrong("one of --rate and --window is needed"));
  if (options.senders > options.clients)
    return std::unexpected(wrong("--senders is how many of the --clients send; it cannot be more"));
  options.load = has_rate ? Load(OpenLoop{line.rate}) : Load(ClosedLoop{line.window});
  options.seconds = from_seconds(line.seconds);
  options.patience = from_seconds(line.patience);
  if (line.server_pid > 0)
    options.server_pid = line.server_pid;
  return options;
}

// CLI11 tells of wrong lines and of a wish for help by exceptions; they end here.
std::optional<NoRun> parse(CLI::App& app, int argc, const char* const* argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream text;
    const bool help = app.exit(error, text, text) == 0;
    return help ? NoRun{0, text.str()} : wrong(error.what());
  }
  return std::nullopt;
}

}  // namespace

std::expected<FanoutOptions, NoRun> parse_command_line(int argc, const char* const* argv) {
  CLI::App app(kAbout, "chat-bench");
  app.set_version_flag("--version", "chat-bench " EDGECHAT_VERSION);
  app.require_subcommand(1);
  Line line;
  add_fanout(app, line);
  if (auto no_run = parse(app, argc, argv))
    return std::unexpected(std::move(*no_run));
  const CLI::App& fanout = *app.get_subcommand("fanout");
  return check(std::move(line), fanout.count("--rate") > 0, fanout.count("--window") > 0);
}

}  // namespace chat::bench
