// How a chat begins: whole screens.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "tests/client/configured.hpp"
#include "tests/client/end_to_end.hpp"
#include "tests/client/screens.hpp"
#include "tests/client/scripted_server.hpp"

using namespace chat::test;

namespace {

// The nickname that is offered at a first start: the name of whoever runs this test.
std::string offered_by(PtyProgram& program) {
  constexpr std::string_view kBefore = "Which nickname do you want? Enter alone takes ";
  REQUIRE(program.shows(kBefore));
  const std::string screen = program.screen();
  const std::size_t begin = screen.find(kBefore) + kBefore.size();
  return screen.substr(begin, screen.find('.', begin) - begin);
}

// Where there is no room for another word, a name begins another row.
std::string question_in_small_rows(const std::string& offered) {
  constexpr std::size_t kLongest = 5;
  return offered.size() <= kLongest
             ? fmt::format("  do you want? Enter\n  alone takes {}.", offered)
             : fmt::format("  alone takes\n  {}.", offered);
}

}  // namespace

TEST_CASE("screens: a first start asks for the nickname") {
  const Configured ann;
  PtyProgram first = ann.client({ann.server.address()}, 80, 24);
  const std::string offered = offered_by(first);
  REQUIRE(first.shows("Enter a nickname, or /quit"));
  first.type(
      "\x15"
      "Ann");
  REQUIRE(first.shows("Nickname: Ann\n"));
  // In a usual terminal there is no room for a longer name in the row.
  constexpr std::size_t kLongest = 6;
  if (offered.size() > kLongest)
    return;
  const std::string question =
      fmt::format("Which nickname do you want? Enter alone takes {}.", offered);
  check_screen(first, 120, 40,
               fmt::format(R"(
 edgechat · 127.0.0.1:PORT#
                 │ HH:MM {:<75}│
                 │                                                                                  │
⋮ 35 more of it
 Enter a nickname, or /quit
Nickname: Ann▏
)",
                           question));
  check_screen(first, 20, 5,
               fmt::format(R"(
 edgechat · 127.0.0…
{}
 Nickname, or /quit
Ann▏
)",
                           question_in_small_rows(offered)));
  check_screen(first, 80, 24,
               fmt::format(R"(
 edgechat · 127.0.0.1:PORT#
HH:MM {:<54}│
                                                            │
⋮ 19 more of it
 Enter a nickname, or /quit
Nickname: Ann▏
)",
                           question));
}

TEST_CASE("screens: a later start asks for nothing") {
  const Configured ann;
  {
    PtyProgram first = ann.client({ann.server.address()}, 80, 24);
    REQUIRE(first.shows("Enter a nickname, or /quit"));
    first.type(
        "\x15"
        "Ann\r");
    REQUIRE(first.shows("You are Ann the next time, too;"));
    first.type("/quit\r");
    REQUIRE(first.wait_for_exit() == 0);
  }
  PtyProgram next = ann.client({ann.server.address()}, 80, 24);
  REQUIRE(next.shows("→ Ann joined"));
  check_screens(next, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
                                                            │
⋮ 18 more of it
 Ann · /help explains the commands
▏
)",
                       .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │                                                                                  │
⋮ 34 more of it
 Ann · /help explains the commands
▏
)",
                       .small = R"(
 lobby     [1 lobby]
  Ann. See /help.
HH:MM → Ann joined
 Ann · /help
▏
)"});
}

TEST_CASE("screens: the server has not answered yet") {
  ScriptedServer server;
  PtyProgram ann = client_at(server.address(), "Ann", 80, 24);
  REQUIRE(ann.shows("Waiting for the server"));
  check_screens(ann, {.usual = R"(
 edgechat · 127.0.0.1:PORT#
                                                            │
⋮ 20 more of it
 Waiting for the server
▏
)",
                      .large = R"(
 edgechat · 127.0.0.1:PORT#
                 │                                                                                  │
⋮ 36 more of it
 Waiting for the server
▏
)",
                      .small = R"(
 edgechat · 127.0.0…


 Waiting for the se…
▏
)"});
}

TEST_CASE("screens: a nickname that is taken is asked for again") {
  ChatWithAnn chat(80, 24);
  PtyProgram ann = client_of(chat.server, "Ann", 80, 24);
  REQUIRE(ann.shows("Enter a nickname"));
  check_screens(ann, {.usual = R"(
 edgechat · 127.0.0.1:PORT#
HH:MM This nickname is taken. Which nickname do you want?   │
                                                            │
⋮ 19 more of it
 Enter a nickname, or /quit
Nickname: Ann▏
)",
                      .large = R"(
 edgechat · 127.0.0.1:PORT#
                 │ HH:MM This nickname is taken. Which nickname do you want?                        │
                 │                                                                                  │
⋮ 35 more of it
 Enter a nickname, or /quit
Nickname: Ann▏
)",
                      .small = R"(
 edgechat · 127.0.0…
  nickname do you
  want?
 Nickname, or /quit
Ann▏
)"});
}

TEST_CASE("screens: a server that is reached by its name") {
  const Configured ann;
  ann.write("nick = \"Ann\"\n[servers.work]\naddress = \"" + ann.server.address() +
            "\"\nnick = \"builder\"\nrooms = [\"ci\"]\n");
  PtyProgram program = ann.client({"work"}, 80, 24);
  REQUIRE(program.shows("→ builder joined"));
  REQUIRE(program.shows("2 ci"));
  check_screens(program, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing              [1 lobby] 2 ci
HH:MM Welcome to edgechat 0.1.0, builder. See /help.        │ 1 person
HH:MM → builder joined                                      │ builder
                                                            │
⋮ 18 more of it
 builder · /help explains the commands
▏
)",
                          .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, builder. See /help.                             │ 1 person
2 ci             │ HH:MM → builder joined                                                           │ builder
                 │                                                                                  │
⋮ 34 more of it
 builder · /help explains the commands
▏
)",
                          .small = R"(
 lobby     [1 lobby]
HH:MM → builder
  joined
 builder · /help
▏
)"});
}
