// Writing: whole screens.

#include <doctest/doctest.h>

#include <string>

#include "tests/client/end_to_end.hpp"
#include "tests/client/screens.hpp"

using namespace chat::test;

TEST_CASE("screens: several lines are written, and the cursor is in one of them") {
  auto [server, ann] = ChatWithAnn(80, 24);
  ann.type("Dear all,\033\rthe minutes are here:\033\rhttps://example.org/minutes\033\rAnn");
  ann.type("\033[A\033[A\033[1;5C");
  REQUIRE(ann.shows("\nAnn\n"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
                                                            │
⋮ 15 more of it
 Ann · /help explains the commands
Dear all,
the minutes▏ are here:
https://example.org/minutes
Ann
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │                                                                                  │
⋮ 31 more of it
 Ann · /help explains the commands
Dear all,
the minutes▏ are here:
https://example.org/minutes
Ann
)",
                      .small = R"(
 lobby     [1 lobby]
  Ann. See /help.
HH:MM → Ann joined
 Ann · /help
the minutes▏ are here
)"});
}

TEST_CASE("screens: a line that is longer than its row, with wide characters") {
  auto [server, ann] = ChatWithAnn(80, 24);
  ann.type(
      "The sign said 営業時間は午前九時から午後五時までです, which means that they open at nine");
  REQUIRE(ann.shows("at nine"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
                                                            │
⋮ 17 more of it
 Ann · /help explains the commands
The sign said 営業時間は午前九時から午後五時までです, which means that they ope
n at nine▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │                                                                                  │
⋮ 34 more of it
 Ann · /help explains the commands
The sign said 営業時間は午前九時から午後五時までです, which means that they open at nine▏
)",
                      .small = R"(
 lobby     [1 lobby]
  Ann. See /help.
HH:MM → Ann joined
 Ann · /help
 they open at nine▏
)"});
}

TEST_CASE("screens: a long paste is shown and asked about") {
  auto [server, ann] = ChatWithAnn(80, 24);
  std::string lines;
  for (int i = 1; i <= 20; ++i)
    lines += "line " + std::to_string(i) + "\r";
  ann.type("See: \033[200~" + lines + "\033[201~");
  REQUIRE(ann.shows("Paste 20 lines?"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
                                                            │
⋮ 11 more of it
 Paste 20 lines? Enter takes them, Esc drops them.
▏line 1
line 2
line 3
line 4
line 5
line 6
line 7
line 8
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │                                                                                  │
⋮ 22 more of it
 Paste 20 lines? Enter takes them, Esc drops them.
▏line 1
line 2
line 3
line 4
line 5
line 6
line 7
line 8
line 9
line 10
line 11
line 12
line 13
)",
                      .small = R"(
 lobby     [1 lobby]
  Ann. See /help.
HH:MM → Ann joined
 20 lines? Enter/Esc
▏line 1
)"});
  ann.type("\r");
  REQUIRE(ann.shows("\nline 20\n"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
                                                            │
⋮ 11 more of it
 Ann · /help explains the commands
line 13
line 14
line 15
line 16
line 17
line 18
line 19
line 20▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │                                                                                  │
⋮ 22 more of it
 Ann · /help explains the commands
line 8
line 9
line 10
line 11
line 12
line 13
line 14
line 15
line 16
line 17
line 18
line 19
line 20▏
)",
                      .small = R"(
 lobby     [1 lobby]
  Ann. See /help.
HH:MM → Ann joined
 Ann · /help
line 20▏
)"});
}

TEST_CASE("screens: looking for something that was entered") {
  auto [server, ann] = ChatWithAnn(80, 24);
  ann.type("the roses are watered\r");
  ann.type("the tea is ready\r");
  REQUIRE(ann.shows("<Ann> the tea is ready"));
  ann.type("draft\x12the");
  REQUIRE(ann.shows("Search: the"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
HH:MM <Ann> the roses are watered                           │
HH:MM <Ann> the tea is ready                                │
                                                            │
⋮ 16 more of it
 Search: the · Ctrl-R goes further back · Enter takes it · Esc ends
the tea is ready▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM <Ann> the roses are watered                                                │
                 │ HH:MM <Ann> the tea is ready                                                     │
                 │                                                                                  │
⋮ 32 more of it
 Search: the · Ctrl-R goes further back · Enter takes it · Esc ends
the tea is ready▏
)",
                      .small = R"(
 lobby     [1 lobby]
HH:MM <Ann> the tea
  is ready
 Search: the · Ctrl…
the tea is ready▏
)"});
  ann.type("\x12");
  REQUIRE(ann.shows("\nthe roses are watered\n"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
HH:MM <Ann> the roses are watered                           │
HH:MM <Ann> the tea is ready                                │
                                                            │
⋮ 16 more of it
 Search: the · Ctrl-R goes further back · Enter takes it · Esc ends
the roses are watered▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM <Ann> the roses are watered                                                │
                 │ HH:MM <Ann> the tea is ready                                                     │
                 │                                                                                  │
⋮ 32 more of it
 Search: the · Ctrl-R goes further back · Enter takes it · Esc ends
the roses are watered▏
)",
                      .small = R"(
 lobby     [1 lobby]
HH:MM <Ann> the tea
  is ready
 Search: the · Ctrl…
are watered▏
)"});
  ann.type(" no");
  REQUIRE(ann.shows("Nothing further back: the no"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
HH:MM <Ann> the roses are watered                           │
HH:MM <Ann> the tea is ready                                │
                                                            │
⋮ 16 more of it
 Nothing further back: the no · Enter takes this · Esc ends
the roses are watered▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM <Ann> the roses are watered                                                │
                 │ HH:MM <Ann> the tea is ready                                                     │
                 │                                                                                  │
⋮ 32 more of it
 Nothing further back: the no · Enter takes this · Esc ends
the roses are watered▏
)",
                      .small = R"(
 lobby     [1 lobby]
HH:MM <Ann> the tea
  is ready
 Nothing: the no
are watered▏
)"});
}

TEST_CASE("screens: each room has its draft") {
  auto [server, ann] = ChatWithAnn(80, 24);
  ann.type("/join garden\r");
  REQUIRE(ann.shows("[2 garden]"));
  ann.type("the roses\033[1;5D");
  ann.type("\0331");
  REQUIRE(ann.shows("[1 lobby]"));
  ann.type("good morning");
  REQUIRE(ann.shows("\ngood morning\n"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing          [1 lobby] 2 garden
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
                                                            │
⋮ 18 more of it
 Ann · /help explains the commands
good morning▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
2 garden         │ HH:MM → Ann joined                                                               │ Ann
                 │                                                                                  │
⋮ 34 more of it
 Ann · /help explains the commands
good morning▏
)",
                      .small = R"(
 lobby     [1 lobby]
  Ann. See /help.
HH:MM → Ann joined
 Ann · /help
good morning▏
)"});
  ann.type("\0332");
  REQUIRE(ann.shows("\nthe roses\n"));
  check_screens(ann, {.usual = R"(
 garden · 1 person · 127.0.0.1:PORT# · keeps nothing          1 lobby [2 garden]
HH:MM → Ann joined                                          │ 1 person
                                                            │ Ann
                                                            │
⋮ 18 more of it
 Ann · /help explains the commands
the ▏roses
)",
                      .large = R"(
 garden · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM → Ann joined                                                               │ 1 person
2 garden         │                                                                                  │ Ann
                 │                                                                                  │
⋮ 34 more of it
 Ann · /help explains the commands
the ▏roses
)",
                      .small = R"(
 garden   [2 garden]
HH:MM → Ann joined

 Ann · /help
the ▏roses
)"});
}

TEST_CASE("screens: a command that makes no sense stays, and it is said why") {
  auto [server, ann] = ChatWithAnn(80, 24);
  ann.type("/jion garden\r");
  REQUIRE(ann.shows("There is no command /jion."));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
                                                            │
⋮ 18 more of it
 There is no command /jion. See /help; // starts a text with a slash.
/jion garden▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │                                                                                  │
⋮ 34 more of it
 There is no command /jion. See /help; // starts a text with a slash.
/jion garden▏
)",
                      .small = R"(
 lobby     [1 lobby]
  Ann. See /help.
HH:MM → Ann joined
 There is no comman…
/jion garden▏
)"});
}
