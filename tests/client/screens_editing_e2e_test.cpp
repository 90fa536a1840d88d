// Changing what is being written, and taking up what was written before: whole screens.

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "tests/client/end_to_end.hpp"
#include "tests/client/screens.hpp"

using namespace chat::test;

namespace {

constexpr std::string_view kAlt1 = "\0331";
constexpr std::string_view kAlt2 = "\0332";
constexpr std::string_view kAltE = "\033e";
constexpr std::string_view kAltY = "\033y";
constexpr std::string_view kControlK = "\x0B";
constexpr std::string_view kControlU = "\x15";
constexpr std::string_view kControlY = "\x19";
constexpr std::string_view kControlUnderscore = "\x1F";
constexpr std::string_view kControlLeft = "\033[1;5D";
constexpr std::string_view kUp = "\033[A";

// A client whose user writes elsewhere with this command.
PtyProgram client_with_editor(const ServerProcess& server, const std::string& editor) {
  return PtyProgram({"env", "-u", "VISUAL", "EDITOR=" + editor, client_program(), server.address(),
                     "--nick", "Ann"},
                    80, 24);
}

}  // namespace

TEST_CASE("screens: what was cut out comes back with undo, and the cursor to where it was") {
  auto [server, ann] = ChatWithAnn(80, 24);
  ann.type("the roses are watered");
  ann.type(kControlLeft);
  ann.type(kControlLeft);
  ann.type(kControlK);
  REQUIRE(ann.shows("\nthe roses\n"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
                                                            │
⋮ 18 more of it
 Ann · /help explains the commands
the roses ▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │                                                                                  │
⋮ 34 more of it
 Ann · /help explains the commands
the roses ▏
)",
                      .small = R"(
 lobby     [1 lobby]
  Ann. See /help.
HH:MM → Ann joined
 Ann · /help
the roses ▏
)"});
  ann.type(kControlUnderscore);
  REQUIRE(ann.shows("\nthe roses are watered\n"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
                                                            │
⋮ 18 more of it
 Ann · /help explains the commands
the roses ▏are watered
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │                                                                                  │
⋮ 34 more of it
 Ann · /help explains the commands
the roses ▏are watered
)",
                      .small = R"(
 lobby     [1 lobby]
  Ann. See /help.
HH:MM → Ann joined
 Ann · /help
the roses ▏are watere
)"});
}

TEST_CASE("screens: what was cut out is put in, and instead of it what was before") {
  auto [server, ann] = ChatWithAnn(80, 24);
  ann.type("tea");
  ann.type(kControlU);
  ann.type("roses");
  ann.type(kControlU);
  ann.type("bring  today");
  ann.type(kControlLeft);
  ann.type("\033[D");
  ann.type(kControlY);
  REQUIRE(ann.shows("\nbring roses today\n"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
                                                            │
⋮ 18 more of it
 Ann · /help explains the commands
bring roses▏ today
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │                                                                                  │
⋮ 34 more of it
 Ann · /help explains the commands
bring roses▏ today
)",
                      .small = R"(
 lobby     [1 lobby]
  Ann. See /help.
HH:MM → Ann joined
 Ann · /help
bring roses▏ today
)"});
  ann.type(kAltY);
  REQUIRE(ann.shows("\nbring tea today\n"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
                                                            │
⋮ 18 more of it
 Ann · /help explains the commands
bring tea▏ today
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │                                                                                  │
⋮ 34 more of it
 Ann · /help explains the commands
bring tea▏ today
)",
                      .small = R"(
 lobby     [1 lobby]
  Ann. See /help.
HH:MM → Ann joined
 Ann · /help
bring tea▏ today
)"});
}

TEST_CASE("screens: in each room Up brings back what was entered there") {
  auto [server, ann] = ChatWithAnn(80, 24);
  ann.type("good morning\r");
  REQUIRE(ann.shows("<Ann> good morning"));
  ann.type("/join garden\r");
  REQUIRE(ann.shows("[2 garden]"));
  ann.type("the roses\r");
  REQUIRE(ann.shows("<Ann> the roses"));
  ann.type(kUp);
  REQUIRE(ann.shows("\nthe roses\n"));
  check_screens(ann, {.usual = R"(
 garden · 1 person · 127.0.0.1:PORT# · keeps nothing          1 lobby [2 garden]
HH:MM → Ann joined                                          │ 1 person
HH:MM <Ann> the roses                                       │ Ann
                                                            │
⋮ 18 more of it
 Ann · /help explains the commands
the roses▏
)",
                      .large = R"(
 garden · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM → Ann joined                                                               │ 1 person
2 garden         │ HH:MM <Ann> the roses                                                            │ Ann
                 │                                                                                  │
⋮ 34 more of it
 Ann · /help explains the commands
the roses▏
)",
                      .small = R"(
 garden   [2 garden]
HH:MM <Ann> the
  roses
 Ann · /help
the roses▏
)"});
  ann.type(kAlt1);
  REQUIRE(ann.shows("[1 lobby]"));
  ann.type(kUp);
  ann.type(kUp);
  REQUIRE(ann.shows("\ngood morning\n"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing          [1 lobby] 2 garden
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
HH:MM <Ann> good morning                                    │
                                                            │
⋮ 17 more of it
 Ann · /help explains the commands
good morning▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
2 garden         │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM <Ann> good morning                                                         │
                 │                                                                                  │
⋮ 33 more of it
 Ann · /help explains the commands
good morning▏
)",
                      .small = R"(
 lobby     [1 lobby]
HH:MM <Ann> good
  morning
 Ann · /help
good morning▏
)"});
  ann.type(kAlt2);
  REQUIRE(ann.shows("[2 garden]"));
  check_screens(ann, {.usual = R"(
 garden · 1 person · 127.0.0.1:PORT# · keeps nothing          1 lobby [2 garden]
HH:MM → Ann joined                                          │ 1 person
HH:MM <Ann> the roses                                       │ Ann
                                                            │
⋮ 18 more of it
 Ann · /help explains the commands
the roses▏
)",
                      .large = R"(
 garden · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM → Ann joined                                                               │ 1 person
2 garden         │ HH:MM <Ann> the roses                                                            │ Ann
                 │                                                                                  │
⋮ 34 more of it
 Ann · /help explains the commands
the roses▏
)",
                      .small = R"(
 garden   [2 garden]
HH:MM <Ann> the
  roses
 Ann · /help
the roses▏
)"});
}

TEST_CASE("screens: a draft comes back from the editor") {
  const ServerProcess server;
  PtyProgram ann = client_with_editor(server, "sed -i -e s/tea/coffee/ -e '$a or is it late?'");
  REQUIRE(ann.shows("→ Ann joined"));
  ann.type("is there tea?");
  REQUIRE(ann.shows("\nis there tea?\n"));
  ann.type(kAltE);
  REQUIRE(ann.shows("\nor is it late?\n"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
                                                            │
⋮ 17 more of it
 Ann · /help explains the commands
is there coffee?
or is it late?▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │                                                                                  │
⋮ 33 more of it
 Ann · /help explains the commands
is there coffee?
or is it late?▏
)",
                      .small = R"(
 lobby     [1 lobby]
  Ann. See /help.
HH:MM → Ann joined
 Ann · /help
or is it late?▏
)"});
}

TEST_CASE("screens: an editor that fails leaves the draft, and is told of") {
  const ServerProcess server;
  PtyProgram ann = client_with_editor(server, "false");
  REQUIRE(ann.shows("→ Ann joined"));
  ann.type("is there tea?");
  REQUIRE(ann.shows("\nis there tea?\n"));
  ann.type(kAltE);
  REQUIRE(ann.shows("The editor ended"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
                                                            │
⋮ 18 more of it
 The editor ended with status 1; what you were writing is as it was.
is there tea?▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │                                                                                  │
⋮ 34 more of it
 The editor ended with status 1; what you were writing is as it was.
is there tea?▏
)",
                      .small = R"(
 lobby     [1 lobby]
  Ann. See /help.
HH:MM → Ann joined
 The editor ended w…
is there tea?▏
)"});
}
