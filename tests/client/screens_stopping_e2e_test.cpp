// Coming back after having been stopped: whole screens.

#include <doctest/doctest.h>

#include <csignal>
#include <string>

#include "tests/client/client_in_shell.hpp"
#include "tests/client/end_to_end.hpp"
#include "tests/client/screens.hpp"
#include "tests/client/visitor.hpp"

using namespace chat::test;

namespace {

// A client with something in its input line, which is stopped again and again.
struct StoppedChat {
  StoppedChat() : job(server, 80, 24), lisa(server.port(), "Lisa") {
    REQUIRE(shell.shows("→ Lisa joined"));
    shell.type("half a li");
    REQUIRE(shell.shows("\nhalf a li\n"));
  }

  // While it is stopped, its terminal gets this size, and somebody says something.
  template <class Stop>
  void stop_and_continue(Stop&& stop, int columns, int rows, const std::string& said) {
    stop();
    REQUIRE(job.is_stopped());
    REQUIRE_FALSE(shell.full_screen());
    shell.resize(columns, rows);
    lisa.say(said);
    shell.type("fg\r");
    REQUIRE(shell.read_until([&] { return shell.full_screen(); }));
  }

  ServerProcess server;
  ClientInShell job;
  PtyProgram& shell = job.shell;
  Visitor lisa;
};

}  // namespace

TEST_CASE("screens: after Ctrl-Z the chat is there again, with what was said meanwhile") {
  StoppedChat chat;
  const auto stop = [&] { chat.shell.type("\x1A"); };
  chat.stop_and_continue(stop, 120, 40, "one");
  check_screen(chat.shell, 120, 40, R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 2 people
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM → Lisa joined                                                              │ Lisa
                 │ HH:MM <Lisa> one                                                                 │
                 │                                                                                  │
⋮ 32 more of it
 Ann · /help explains the commands
half a li▏
)");
  chat.stop_and_continue(stop, 20, 5, "two");
  check_screen(chat.shell, 20, 5, R"(
 lobby     [1 lobby]
HH:MM <Lisa> one
HH:MM <Lisa> two
 Ann · /help
half a li▏
)");
  chat.shell.resize(120, 40);
  REQUIRE(chat.shell.shows("\n1 lobby "));
  chat.stop_and_continue(stop, 80, 24, "three");
  check_screen(chat.shell, 80, 24, R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 2 people
HH:MM → Ann joined                                          │ Ann
HH:MM → Lisa joined                                         │ Lisa
HH:MM <Lisa> one                                            │
HH:MM <Lisa> two                                            │
HH:MM <Lisa> three                                          │
                                                            │
⋮ 14 more of it
 Ann · /help explains the commands
half a li▏
)");
}

TEST_CASE("screens: the same after a signal from elsewhere") {
  StoppedChat chat;
  const auto stop = [&] { ::kill(chat.job.client, SIGTSTP); };
  chat.stop_and_continue(stop, 120, 40, "one");
  check_screen(chat.shell, 120, 40, R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 2 people
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM → Lisa joined                                                              │ Lisa
                 │ HH:MM <Lisa> one                                                                 │
                 │                                                                                  │
⋮ 32 more of it
 Ann · /help explains the commands
half a li▏
)");
  chat.stop_and_continue(stop, 20, 5, "two");
  check_screen(chat.shell, 20, 5, R"(
 lobby     [1 lobby]
HH:MM <Lisa> one
HH:MM <Lisa> two
 Ann · /help
half a li▏
)");
  chat.shell.resize(120, 40);
  REQUIRE(chat.shell.shows("\n1 lobby "));
  chat.stop_and_continue(stop, 80, 24, "three");
  check_screen(chat.shell, 80, 24, R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 2 people
HH:MM → Ann joined                                          │ Ann
HH:MM → Lisa joined                                         │ Lisa
HH:MM <Lisa> one                                            │
HH:MM <Lisa> two                                            │
HH:MM <Lisa> three                                          │
                                                            │
⋮ 14 more of it
 Ann · /help explains the commands
half a li▏
)");
}
