#include "tools/pipe/options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string_view>

#include "client/config_text.hpp"
#include "client/configuration.hpp"
#include "client/server_settings.hpp"
#include "libchat/text.hpp"
#include "libchat/vocabulary.hpp"

namespace chat::pipe {
namespace {

constexpr const char* kAbout =
    "Lines of standard input become messages in a room; what happens there comes out as lines of "
    "JSON.\n"
    "Ends when the input does and the server has acknowledged every message.\n"
    "Exit status: 0 when all were acknowledged, 1 when something was refused, 2 for a wrong "
    "command\n"
    "line or configuration, 3 when the server did not answer in time, 4 when standard output is "
    "closed,\n"
    "5 when standard input cannot be read, 128 + N after signal N.";

// As they are given on the command line.
struct Given {
  std::optional<std::string> server;
  std::string nickname;
  std::string room;
  double timeout = 30;
  bool listen = false;
};

void add_options(CLI::App& app, Given& given) {
  app.set_version_flag("--version", std::string("chat-pipe ") + EDGECHAT_VERSION);
  app.add_option(
         "server", given.server,
         fmt::format("A server of chat-client's configuration, or HOST[:PORT]; port {} if not "
                     "given",
                     kDefaultPort))
      ->type_name("");
  app.add_option("--nick", given.nickname, "The nickname to speak under")
      ->type_name("NAME")
      ->required();
  app.add_option("--room", given.room, "The room to speak in")->type_name("ROOM")->required();
  app.add_option("--timeout", given.timeout,
                 "How long to wait for the server while it acknowledges nothing")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.1, 86'400.0).description(""))
      ->capture_default_str();
  app.add_flag("--listen", given.listen,
               "Stays when the input has ended, and tells what happens until a signal comes");
}

std::unexpected<ExitNow> usage_error(std::string_view sentence) {
  fmt::print(stderr, "chat-pipe: {}\n", harmless(sentence));
  return std::unexpected(ExitNow{kUsage});
}

// What cannot be a server's name needs no configuration, and so is no matter of its mistakes. The
// error is a sentence.
std::expected<std::string, std::string> address_of(const std::optional<std::string>& given) {
  if (given && !client::is_bare_name(*given))
    return *given;
  const auto configuration = client::Configuration::load(std::nullopt);
  if (!configuration)
    return std::unexpected(configuration.error());
  const client::Settings& settings = configuration->settings();
  return client::server_named(settings, given.value_or(settings.server)).address;
}

std::expected<Options, ExitNow> checked(const Given& given) {
  const auto address = address_of(given.server);
  if (!address)
    return usage_error(address.error());
  auto server = net::parse_host_port(*address, kDefaultPort);
  if (!server)
    return usage_error(server.error());
  auto nickname = Nickname::make(given.nickname);
  if (!nickname)
    return usage_error(fmt::format("--nick: {}", describe(nickname.error())));
  auto room = RoomName::make(given.room);
  if (!room)
    return usage_error(fmt::format("--room: {}", describe(room.error())));
  return Options{
      .server = std::move(*server),
      .nickname = std::move(*nickname),
      .room = std::move(*room),
      .timeout = std::chrono::milliseconds(static_cast<std::int64_t>(given.timeout * 1000)),
      .listen = given.listen};
}

}  // namespace

std::expected<Options, ExitNow> parse_options(int argc, const char* const* argv) {
  Given given;
  CLI::App app(kAbout, "chat-pipe");
  add_options(app, given);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help_or_version) {
    return std::unexpected(ExitNow{app.exit(help_or_version)});
  } catch (const CLI::ParseError& error) {
    return usage_error(error.what());
  }
  return checked(given);
}

}  // namespace chat::pipe
