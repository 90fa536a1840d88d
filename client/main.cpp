#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

#include "client/app.hpp"
#include "client/connection.hpp"
#include "client/locale.hpp"
#include "client/options.hpp"
#include "client/patience.hpp"
#include "client/signals.hpp"
#include "client/terminal.hpp"
#include "libchat/text.hpp"

namespace chat::client {
namespace {

int fail(std::string_view sentence) {
  fmt::print(stderr, "chat-client: {}\n", harmless(sentence));
  return EXIT_FAILURE;
}

// Until the user ends it; the terminal is the user's again when this returns. Fails with a sentence
// when there was no full screen, or when the server was gone before the user.
std::expected<void, std::string> chat_full_screen(const Options& options, Connection connection) {
  Signals signals;
  auto terminal = Terminal::open();
  if (!terminal)
    return std::unexpected(std::move(terminal.error()));
  App app(options, std::move(connection), signals, *terminal);
  app.run();
  if (app.model().was_disconnected())
    return std::unexpected(app.model().disconnect_sentence());
  return {};
}

int run(int argc, char** argv) {
  use_utf8_locale();
  const auto options = parse_options(argc, argv);
  if (!options)
    return options.error().status;
  if (const auto usable = Terminal::check(); !usable)
    return fail(usable.error());
  // Before the screen is taken over, so that a wrong address is an ordinary message.
  auto connection = Connection::open(options->server, kConnectPatience);
  if (!connection)
    return fail(net::describe(connection.error()));
  if (const auto ended = chat_full_screen(*options, std::move(*connection)); !ended)
    return fail(ended.error());
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace chat::client

int main(int argc, char** argv) {
  return chat::client::run(argc, argv);
}
