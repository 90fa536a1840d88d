// What keys do: whole screens.

#include <doctest/doctest.h>

#include "tests/client/end_to_end.hpp"
#include "tests/client/screens.hpp"

using namespace chat::test;

TEST_CASE("screens: a key is bound to something else, and there is no such key") {
  auto [server, ann] = ChatWithAnn(80, 24);
  ann.type("/bind F5 kill-to-start\r");
  REQUIRE(ann.shows("keys.F5 = \"kill-to-start\""));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT#                                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
HH:MM keys.F5 = "kill-to-start"                             │
                                                            │
⋮ 17 more of it
 Ann · /help explains the commands
▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT#
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM keys.F5 = "kill-to-start"                                                  │
                 │                                                                                  │
⋮ 33 more of it
 Ann · /help explains the commands
▏
)",
                      .small = R"(
 lobby     [1 lobby]
HH:MM keys.F5 =
  "kill-to-start"
 Ann · /help
▏
)"});
  ann.type("/bind F99 undo\r");
  REQUIRE(ann.shows("\n/bind F99 undo\n"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT#                                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
HH:MM keys.F5 = "kill-to-start"                             │
                                                            │
⋮ 17 more of it
 There is no key F99. Keys are called as in /keys.
/bind F99 undo▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT#
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM keys.F5 = "kill-to-start"                                                  │
                 │                                                                                  │
⋮ 33 more of it
 There is no key F99. Keys are called as in /keys.
/bind F99 undo▏
)",
                      .small = R"(
 lobby     [1 lobby]
HH:MM keys.F5 =
  "kill-to-start"
 There is no key F9…
/bind F99 undo▏
)"});
}
