#include "client/options.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>

#include "libchat/name.hpp"
#include "libchat/vocabulary.hpp"

namespace chat::client {
namespace {

constexpr const char* kDefaultHost = "127.0.0.1";

// The name of who is logged in, when it can be a nickname.
std::string login_name() {
  const passwd* entry = ::getpwuid(::getuid());
  const char* name = entry != nullptr ? entry->pw_name : std::getenv("USER");
  return name != nullptr && Nickname::make(name) ? name : "guest";
}

}  // namespace

std::expected<Options, ExitNow> parse_options(int argc, char** argv) {
  std::string server = kDefaultHost;
  std::string nickname = login_name();
  CLI::App app("The client of edgechat: a chat in the terminal.", "chat-client");
  app.add_option("server", server,
                 fmt::format("HOST[:PORT] of the chat server; port {} if not given", kDefaultPort))
      ->type_name("")
      ->capture_default_str();
  app.add_option("--nick", nickname, "The wished nickname")
      ->type_name("NAME")
      ->capture_default_str();
  bool plain = false;
  bool times = false;
  CLI::Option* const is_plain = app.add_flag(
      "--plain", plain,
      "Lines in, lines out, without a screen: for screen readers, simple terminals and "
      "pipes");
  app.add_flag("--times", times, "With --plain, lines begin with the time")->needs(is_plain);
  app.set_version_flag("--version", std::string("chat-client ") + EDGECHAT_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help_or_version) {
    return std::unexpected(ExitNow{app.exit(help_or_version)});
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "chat-client: {}\n", error.what());
    return std::unexpected(ExitNow{kUsageError});
  }
  auto where = net::parse_host_port(server, kDefaultPort);
  if (!where) {
    fmt::print(stderr, "chat-client: {}\n", where.error());
    return std::unexpected(ExitNow{kUsageError});
  }
  return Options{.server = std::move(*where), .nickname = nickname, .plain = plain, .times = times};
}

}  // namespace chat::client
