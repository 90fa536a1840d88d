#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "client/app.hpp"
#include "client/connection.hpp"
#include "client/disk_state.hpp"
#include "client/locale.hpp"
#include "client/options.hpp"
#include "client/patience.hpp"
#include "client/plain.hpp"
#include "client/random.hpp"
#include "client/signals.hpp"
#include "client/terminal.hpp"
#include "libchat/text.hpp"

namespace chat::client {
namespace {

void say(std::string_view sentence) {
  // The terminal may be gone, and then nobody is there to hear of that either.
  std::fputs(fmt::format("chat-client: {}\n", harmless(sentence)).c_str(), stderr);
}

int fail(std::string_view sentence, int status = EXIT_FAILURE) {
  say(sentence);
  return status;
}

// What is still to be said when the screen is the user's again; empty: nothing.
std::string last_words(const Model& model) {
  const std::size_t unsent = model.unsent();
  if (unsent == 0)
    return {};
  const bool one = unsent == 1;
  const std::string count =
      fmt::format("{} {} not sent", unsent, one ? "message is" : "messages are");
  if (!model.keeps_unsent())
    return count + ".";
  return fmt::format("{} yet. {} sent when you start chat-client again.", count,
                     one ? "It is" : "They are");
}

struct Ending {
  std::string words;  // still to be said; or empty
  int status;
};

// `signal` has ended it, or 0.
std::expected<Ending, std::string> how_it_ended(const Model& model, int signal) {
  constexpr int kKilled = 128;  // as shells tell of it
  std::string words = last_words(model);
  if (!model.was_disconnected())
    return Ending{std::move(words), signal != 0 ? kKilled + signal : EXIT_SUCCESS};
  const std::string& sentence = model.disconnect_sentence();
  return std::unexpected(words.empty() ? sentence : sentence + " " + words);
}

// Until the user ends it; the terminal is the user's again when this returns. Fails with a sentence
// when there was no full screen, or when the server did not want this client any more.
std::expected<Ending, std::string> chat_full_screen(const Options& options, Connection connection) {
  Signals signals(Signals::Stopping::when_ready);
  auto terminal = Terminal::open();
  if (!terminal)
    return std::unexpected(std::move(terminal.error()));
  auto state =
      std::make_unique<DiskState>(state_folder(), net::to_string(options.server), random_id);
  App app(options, std::move(connection), std::move(state), signals, *terminal);
  app.run();
  return how_it_ended(app.model(), app.ended_by());
}

// The same, with lines alone.
std::expected<Ending, std::string> chat_plainly(const Options& options, Connection connection) {
  Signals signals;
  auto state =
      std::make_unique<DiskState>(state_folder(), net::to_string(options.server), random_id);
  Plain plain(options, std::move(connection), std::move(state), signals);
  plain.run();
  return how_it_ended(plain.model(), plain.ended_by());
}

int run(int argc, char** argv) {
  use_utf8_locale();
  const auto options = parse_options(argc, argv);
  if (!options)
    return options.error().status;
  const auto usable = options->plain ? std::expected<void, std::string>() : Terminal::check();
  if (!usable)
    return fail(usable.error(), kUsageError);
  // Before the screen is taken over, so that a wrong address is an ordinary message.
  auto connection = Connection::open(options->server, kConnectPatience);
  if (!connection)
    return fail(net::describe(connection.error()));
  const auto chat = options->plain ? chat_plainly : chat_full_screen;
  const auto ended = chat(*options, std::move(*connection));
  if (!ended)
    return fail(ended.error());
  if (!ended->words.empty())
    say(ended->words);
  return ended->status;
}

}  // namespace
}  // namespace chat::client

int main(int argc, char** argv) {
  return chat::client::run(argc, argv);
}
