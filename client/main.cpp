#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
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

// The terminal is the user's again when this returns.
int chat_full_screen(const Options& options, Connection connection) {
  Signals signals;
  auto terminal = Terminal::open();
  if (!terminal)
    return fail(terminal.error());
  App app(options, std::move(connection), signals, *terminal);
  app.run();
  {
    const Terminal closed = std::move(*terminal);
  }
  if (app.model().was_disconnected())
    return fail(app.model().disconnect_sentence());
  return EXIT_SUCCESS;
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
  return chat_full_screen(*options, std::move(*connection));
}

}  // namespace
}  // namespace chat::client

int main(int argc, char** argv) {
  return chat::client::run(argc, argv);
}
