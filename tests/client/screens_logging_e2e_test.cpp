// The log of what is said: whole screens.

#include <doctest/doctest.h>

#include "tests/client/end_to_end.hpp"
#include "tests/client/screens.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;

TEST_CASE("screens: the log is switched on, and is one client's at a time") {
  const TemporaryFolder state;
  ServerProcess server;
  PtyProgram first = client_at(server.address(), "Ann", 80, 24, state.path());
  REQUIRE(first.shows("→ Ann joined"));
  first.type("/set log true\r");
  REQUIRE(first.shows("log = true"));
  check_screens(first, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
HH:MM log = true                                            │
                                                            │
⋮ 17 more of it
 Ann · /help explains the commands
▏
)",
                        .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM log = true                                                                 │
                 │                                                                                  │
⋮ 33 more of it
 Ann · /help explains the commands
▏
)",
                        .small = R"(
 lobby     [1 lobby]
HH:MM → Ann joined
HH:MM log = true
 Ann · /help
▏
)"});
  PtyProgram second = client_at(server.address(), "Lisa", 80, 24, state.path());
  REQUIRE(second.shows("→ Lisa joined"));
  second.type("/set log true\r");
  REQUIRE(second.shows("another client"));
  check_screens(second, {.usual = R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Lisa. See /help.           │ 2 people
HH:MM → Lisa joined                                         │ Ann
HH:MM log = true                                            │ Lisa
HH:MM The log is not written: another client writes the log │
      of this server.                                       │
                                                            │
⋮ 15 more of it
 Lisa · /help explains the commands
▏
)",
                         .large = R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Lisa. See /help.                                │ 2 people
                 │ HH:MM → Lisa joined                                                              │ Ann
                 │ HH:MM log = true                                                                 │ Lisa
                 │ HH:MM The log is not written: another client writes the log of this server.      │
                 │                                                                                  │
⋮ 32 more of it
 Lisa · /help explains the commands
▏
)",
                         .small = R"(
 lobby     [1 lobby]
  log of this
  server.
 Lisa · /help
▏
)"});
}
