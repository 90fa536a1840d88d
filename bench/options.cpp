#include "bench/options.hpp"

#include <CLI/CLI.hpp>
#include <optional>
#include <sstream>
#include <tuple>
#include <type_traits>
#include <utility>

namespace chat::bench {
namespace {

constexpr const char* kAbout =
    "Load tool of edgechat: drives thousands of fake clients against a chat-server and checks "
    "that\n"
    "every one of them gets every message once and in order. Meant for servers of your own.\n"
    "Exit status: 0 when all is right, 1 when anything was lost, duplicated, misordered or "
    "failed,\n"
    "2 for a wrong command line.";

// CLI11 tells of wrong lines and of a wish for help by exceptions; they end here.
std::optional<NoRun> parse(CLI::App& app, int argc, const char* const* argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream text;
    const bool help = app.exit(error, text, text) == 0;
    return help ? NoRun{0, text.str()}
                : NoRun{2, "chat-bench: " + std::string(error.what()) + "\n"};
  }
  return std::nullopt;
}

// A scenario's subcommand, and what it fills in.
template <class Options>
struct Offer {
  explicit Offer(CLI::App& app) : subcommand(add_scenario(app, options)) {}
  Offer(const Offer&) = delete;
  Offer& operator=(const Offer&) = delete;

  Options options;
  const CLI::App& subcommand;
};

template <class Options>
CLI::App& offered_in(CLI::App& app) {
  return app;
}

template <class... Options>
std::expected<ScenarioOptions, NoRun> parse_one(std::type_identity<std::variant<Options...>>,
                                                CLI::App& app, int argc, const char* const* argv) {
  const std::tuple<Offer<Options>...> offers(offered_in<Options>(app)...);
  if (auto no_run = parse(app, argc, argv))
    return std::unexpected(std::move(*no_run));
  ScenarioOptions chosen;
  const auto choose = [&chosen](const auto& offer) {
    if (offer.subcommand.parsed())
      chosen = offer.options;
  };
  std::apply([&](const auto&... offer) { (choose(offer), ...); }, offers);
  return chosen;
}

}  // namespace

std::expected<ScenarioOptions, NoRun> parse_command_line(int argc, const char* const* argv) {
  CLI::App app(kAbout, "chat-bench");
  app.set_version_flag("--version", "chat-bench " EDGECHAT_VERSION);
  app.require_subcommand(1);
  return parse_one(std::type_identity<ScenarioOptions>(), app, argc, argv);
}

}  // namespace chat::bench
