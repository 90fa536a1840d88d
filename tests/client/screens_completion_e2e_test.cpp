// What Tab completes: whole screens.

#include <doctest/doctest.h>

#include "tests/client/end_to_end.hpp"
#include "tests/client/screens.hpp"
#include "tests/client/visitor.hpp"

using namespace chat::test;

TEST_CASE("screens: a name is completed, who spoke last comes first") {
  auto [server, ann] = ChatWithAnn(80, 24);
  Visitor liam(server.port(), "Liam");
  REQUIRE(ann.shows("→ Liam joined"));
  Visitor lisa(server.port(), "Lisa");
  REQUIRE(ann.shows("→ Lisa joined"));
  liam.say("hello");
  lisa.say("hello");
  REQUIRE(ann.shows("<Lisa> hello"));
  ann.type("l\t");
  REQUIRE(ann.shows("\nLisa:\n"));
  check_screens(ann, {.usual = R"(
 lobby · 3 people · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 3 people
HH:MM → Ann joined                                          │ Ann
HH:MM → Liam joined                                         │ Liam
HH:MM → Lisa joined                                         │ Lisa
HH:MM <Liam> hello                                          │
HH:MM <Lisa> hello                                          │
                                                            │
⋮ 14 more of it
 Ann · /help explains the commands
Lisa: ▏
)",
                      .large = R"(
 lobby · 3 people · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 3 people
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM → Liam joined                                                              │ Liam
                 │ HH:MM → Lisa joined                                                              │ Lisa
                 │ HH:MM <Liam> hello                                                               │
                 │ HH:MM <Lisa> hello                                                               │
                 │                                                                                  │
⋮ 30 more of it
 Ann · /help explains the commands
Lisa: ▏
)",
                      .small = R"(
 lobby     [1 lobby]
HH:MM <Liam> hello
HH:MM <Lisa> hello
 Ann · /help
Lisa: ▏
)"});
  ann.type("\t");
  REQUIRE(ann.shows("\nLiam:\n"));
  check_screens(ann, {.usual = R"(
 lobby · 3 people · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 3 people
HH:MM → Ann joined                                          │ Ann
HH:MM → Liam joined                                         │ Liam
HH:MM → Lisa joined                                         │ Lisa
HH:MM <Liam> hello                                          │
HH:MM <Lisa> hello                                          │
                                                            │
⋮ 14 more of it
 Ann · /help explains the commands
Liam: ▏
)",
                      .large = R"(
 lobby · 3 people · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 3 people
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM → Liam joined                                                              │ Liam
                 │ HH:MM → Lisa joined                                                              │ Lisa
                 │ HH:MM <Liam> hello                                                               │
                 │ HH:MM <Lisa> hello                                                               │
                 │                                                                                  │
⋮ 30 more of it
 Ann · /help explains the commands
Liam: ▏
)",
                      .small = R"(
 lobby     [1 lobby]
HH:MM <Liam> hello
HH:MM <Lisa> hello
 Ann · /help
Liam: ▏
)"});
}

TEST_CASE("screens: a command is completed, and then another one") {
  auto [server, ann] = ChatWithAnn(80, 24);
  ann.type("/cl\t");
  REQUIRE(ann.shows("\n/close\n"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
                                                            │
⋮ 18 more of it
 Ann · /help explains the commands
/close ▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │                                                                                  │
⋮ 34 more of it
 Ann · /help explains the commands
/close ▏
)",
                      .small = R"(
 lobby     [1 lobby]
  Ann. See /help.
HH:MM → Ann joined
 Ann · /help
/close ▏
)"});
  ann.type("\t");
  REQUIRE(ann.shows("\n/clear\n"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
                                                            │
⋮ 18 more of it
 Ann · /help explains the commands
/clear ▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │                                                                                  │
⋮ 34 more of it
 Ann · /help explains the commands
/clear ▏
)",
                      .small = R"(
 lobby     [1 lobby]
  Ann. See /help.
HH:MM → Ann joined
 Ann · /help
/clear ▏
)"});
}

TEST_CASE("screens: a room is completed") {
  auto [server, ann] = ChatWithAnn(80, 24);
  ann.type("/join garden\r");
  REQUIRE(ann.shows("[2 garden]"));
  ann.type("/leave g\t");
  REQUIRE(ann.shows("\n/leave garden\n"));
  check_screens(ann, {.usual = R"(
 garden · 1 person · 127.0.0.1:PORT# · keeps nothing          1 lobby [2 garden]
HH:MM → Ann joined                                          │ 1 person
                                                            │ Ann
                                                            │
⋮ 18 more of it
 Ann · /help explains the commands
/leave garden ▏
)",
                      .large = R"(
 garden · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM → Ann joined                                                               │ 1 person
2 garden         │                                                                                  │ Ann
                 │                                                                                  │
⋮ 34 more of it
 Ann · /help explains the commands
/leave garden ▏
)",
                      .small = R"(
 garden   [2 garden]
HH:MM → Ann joined

 Ann · /help
/leave garden ▏
)"});
}

TEST_CASE("screens: a name behind a command is completed") {
  auto [server, ann] = ChatWithAnn(80, 24);
  const Visitor lisa(server.port(), "Lisa");
  REQUIRE(ann.shows("→ Lisa joined"));
  ann.type("/query l\t");
  REQUIRE(ann.shows("\n/query Lisa\n"));
  check_screens(ann, {.usual = R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 2 people
HH:MM → Ann joined                                          │ Ann
HH:MM → Lisa joined                                         │ Lisa
                                                            │
⋮ 17 more of it
 Ann · /help explains the commands
/query Lisa ▏
)",
                      .large = R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 2 people
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM → Lisa joined                                                              │ Lisa
                 │                                                                                  │
⋮ 33 more of it
 Ann · /help explains the commands
/query Lisa ▏
)",
                      .small = R"(
 lobby     [1 lobby]
HH:MM → Ann joined
HH:MM → Lisa joined
 Ann · /help
/query Lisa ▏
)"});
}

TEST_CASE("screens: a setting and its value are completed") {
  auto [server, ann] = ChatWithAnn(80, 24);
  ann.type("/set mo\t");
  REQUIRE(ann.shows("\n/set mouse\n"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
                                                            │
⋮ 18 more of it
 Ann · /help explains the commands
/set mouse ▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │                                                                                  │
⋮ 34 more of it
 Ann · /help explains the commands
/set mouse ▏
)",
                      .small = R"(
 lobby     [1 lobby]
  Ann. See /help.
HH:MM → Ann joined
 Ann · /help
/set mouse ▏
)"});
  ann.type("\t");
  ann.type("f\t");
  REQUIRE(ann.shows("\n/set mouse false\n"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
                                                            │
⋮ 18 more of it
 Ann · /help explains the commands
/set mouse false ▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │                                                                                  │
⋮ 34 more of it
 Ann · /help explains the commands
/set mouse false ▏
)",
                      .small = R"(
 lobby     [1 lobby]
  Ann. See /help.
HH:MM → Ann joined
 Ann · /help
/set mouse false ▏
)"});
}

TEST_CASE("screens: a key and what it does are completed") {
  auto [server, ann] = ChatWithAnn(80, 24);
  ann.type("/bind F5 kill-to-\t");
  REQUIRE(ann.shows("\n/bind F5 kill-to-start\n"));
  ann.type("\t");
  REQUIRE(ann.shows("\n/bind F5 kill-to-end\n"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
                                                            │
⋮ 18 more of it
 Ann · /help explains the commands
/bind F5 kill-to-end ▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │                                                                                  │
⋮ 34 more of it
 Ann · /help explains the commands
/bind F5 kill-to-end ▏
)",
                      .small = R"(
 lobby     [1 lobby]
  Ann. See /help.
HH:MM → Ann joined
 Ann · /help
ill-to-end ▏
)"});
}
