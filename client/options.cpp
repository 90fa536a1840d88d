#include "client/options.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <utility>

#include "client/server_settings.hpp"
#include "libchat/name.hpp"
#include "libchat/text.hpp"
#include "libchat/vocabulary.hpp"

namespace chat::client {
namespace {

// As they are given on the command line.
struct Given {
  std::optional<std::string> server;
  std::optional<std::string> nickname;
  std::optional<std::filesystem::path> config;
  bool plain = false;
  bool times = false;
};

void add_options(CLI::App& app, Given& given) {
  app.set_version_flag("--version", std::string("chat-client ") + EDGECHAT_VERSION);
  app.add_option("server", given.server,
                 fmt::format("A server of the configuration, or HOST[:PORT]; port {} if not given",
                             kDefaultPort))
      ->type_name("");
  app.add_option("--nick", given.nickname, "The wished nickname")->type_name("NAME");
  app.add_option("--config", given.config,
                 "The configuration, instead of ~/.config/edgechat/client.toml")
      ->type_name("FILE");
  CLI::Option* const is_plain = app.add_flag(
      "--plain", given.plain,
      "Lines in, lines out, without a screen: for screen readers, simple terminals and "
      "pipes");
  app.add_flag("--times", given.times, "With --plain, lines begin with the time")->needs(is_plain);
}

// The name of who is logged in, when it can be a nickname.
std::string login_name() {
  const passwd* entry = ::getpwuid(::getuid());
  const char* name = entry != nullptr ? entry->pw_name : std::getenv("USER");
  return name != nullptr && Nickname::make(name) ? name : "guest";
}

std::unexpected<ExitNow> fail(std::string_view sentence) {
  fmt::print(stderr, "chat-client: {}\n", harmless(sentence));
  return std::unexpected(ExitNow{kUsageError});
}

// What was given comes before what is configured.
std::expected<Options, ExitNow> combine(const Given& given, Configuration configuration) {
  const Settings& settings = configuration.settings();
  NamedServer server = server_named(settings, given.server.value_or(settings.server));
  auto where = net::parse_host_port(server.address, kDefaultPort);
  if (!where)
    return fail(where.error());
  Options options{.server = std::move(*where),
                  .nickname = given.nickname,
                  .offered_nickname = login_name(),
                  .rooms = std::move(server.rooms),
                  .configuration = {},
                  .plain = given.plain,
                  .times = given.times};
  if (!options.nickname && !server.nickname.empty())
    options.nickname = std::move(server.nickname);
  // Otherwise nobody is there to be asked.
  if (!options.nickname && !::isatty(STDIN_FILENO))
    options.nickname = options.offered_nickname;
  options.configuration = std::move(configuration);
  return options;
}

}  // namespace

std::expected<Options, ExitNow> parse_options(int argc, char** argv) {
  Given given;
  CLI::App app("The client of edgechat: a chat in the terminal.", "chat-client");
  add_options(app, given);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help_or_version) {
    return std::unexpected(ExitNow{app.exit(help_or_version)});
  } catch (const CLI::ParseError& error) {
    return fail(error.what());
  }
  auto configuration = Configuration::load(given.config);
  if (!configuration)
    return fail(configuration.error());
  return combine(given, std::move(*configuration));
}

}  // namespace chat::client
