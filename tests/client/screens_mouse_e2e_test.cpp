// The mouse: whole screens.

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/client/chat_in_rooms.hpp"
#include "tests/client/end_to_end.hpp"
#include "tests/client/pointing.hpp"
#include "tests/client/screens.hpp"
#include "tests/client/visitor.hpp"

using namespace chat::test;

TEST_CASE("screens: F4 takes the mouse and says so, and leaves it again") {
  auto [server, ann] = ChatWithAnn(80, 24);
  ann.type(kF4);
  REQUIRE(ann.shows("The mouse scrolls"));
  CHECK(ann.mouse_taken());
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
                                                            │
⋮ 18 more of it
 The mouse scrolls and opens things. F4 leaves it to the terminal.
▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │                                                                                  │
⋮ 34 more of it
 The mouse scrolls and opens things. F4 leaves it to the terminal.
▏
)",
                      .small = R"(
 lobby     [1 lobby]
  Ann. See /help.
HH:MM → Ann joined
 The mouse scrolls …
▏
)"});
  ann.type(kF4);
  REQUIRE(ann.shows("The mouse is the terminal's again."));
  CHECK_FALSE(ann.mouse_taken());
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
                                                            │
⋮ 18 more of it
 The mouse is the terminal's again.
▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │                                                                                  │
⋮ 34 more of it
 The mouse is the terminal's again.
▏
)",
                      .small = R"(
 lobby     [1 lobby]
  Ann. See /help.
HH:MM → Ann joined
 The mouse is the t…
▏
)"});
}

TEST_CASE("screens: the wheel scrolls by some rows") {
  auto [server, ann] = ChatWithAnn(80, 24);
  Visitor lisa(server.port(), "Lisa");
  for (int i = 1; i <= 60; ++i)
    lisa.say(fmt::format("m{}", i));
  REQUIRE(ann.shows("<Lisa> m60"));
  ann.type(kF4);
  REQUIRE(ann.shows("The mouse scrolls"));
  wheel_up(ann, {.row = 3, .column = 3});
  wheel_up(ann, {.row = 3, .column = 3});
  check_screen(ann, 80, 24, R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM <Lisa> m34                                            │ 2 people
HH:MM <Lisa> m35                                            │ Ann
HH:MM <Lisa> m36                                            │ Lisa
HH:MM <Lisa> m37                                            │
HH:MM <Lisa> m38                                            │
HH:MM <Lisa> m39                                            │
HH:MM <Lisa> m40                                            │
HH:MM <Lisa> m41                                            │
HH:MM <Lisa> m42                                            │
HH:MM <Lisa> m43                                            │
HH:MM <Lisa> m44                                            │
HH:MM <Lisa> m45                                            │
HH:MM <Lisa> m46                                            │
HH:MM <Lisa> m47                                            │
HH:MM <Lisa> m48                                            │
HH:MM <Lisa> m49                                            │
HH:MM <Lisa> m50                                            │
HH:MM <Lisa> m51                                            │
HH:MM <Lisa> m52                                            │
HH:MM <Lisa> m53                                            │
HH:MM <Lisa> m54                                            │
 PgDn scrolls down · Esc goes back to now
▏
)");
  wheel_down(ann, {.row = 3, .column = 3});
  check_screen(ann, 80, 24, R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM <Lisa> m37                                            │ 2 people
HH:MM <Lisa> m38                                            │ Ann
HH:MM <Lisa> m39                                            │ Lisa
HH:MM <Lisa> m40                                            │
HH:MM <Lisa> m41                                            │
HH:MM <Lisa> m42                                            │
HH:MM <Lisa> m43                                            │
HH:MM <Lisa> m44                                            │
HH:MM <Lisa> m45                                            │
HH:MM <Lisa> m46                                            │
HH:MM <Lisa> m47                                            │
HH:MM <Lisa> m48                                            │
HH:MM <Lisa> m49                                            │
HH:MM <Lisa> m50                                            │
HH:MM <Lisa> m51                                            │
HH:MM <Lisa> m52                                            │
HH:MM <Lisa> m53                                            │
HH:MM <Lisa> m54                                            │
HH:MM <Lisa> m55                                            │
HH:MM <Lisa> m56                                            │
HH:MM <Lisa> m57                                            │
 PgDn scrolls down · Esc goes back to now
▏
)");
  wheel_down(ann, {.row = 3, .column = 3});
  REQUIRE(ann.shows("m60"));
  ann.resize(120, 40);
  REQUIRE(ann.shows("1 lobby          │"));
  wheel_up(ann, {.row = 3, .column = 30});
  check_screen(ann, 120, 40, R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM <Lisa> m21                                                                 │ 2 people
                 │ HH:MM <Lisa> m22                                                                 │ Ann
                 │ HH:MM <Lisa> m23                                                                 │ Lisa
                 │ HH:MM <Lisa> m24                                                                 │
                 │ HH:MM <Lisa> m25                                                                 │
                 │ HH:MM <Lisa> m26                                                                 │
                 │ HH:MM <Lisa> m27                                                                 │
                 │ HH:MM <Lisa> m28                                                                 │
                 │ HH:MM <Lisa> m29                                                                 │
                 │ HH:MM <Lisa> m30                                                                 │
                 │ HH:MM <Lisa> m31                                                                 │
                 │ HH:MM <Lisa> m32                                                                 │
                 │ HH:MM <Lisa> m33                                                                 │
                 │ HH:MM <Lisa> m34                                                                 │
                 │ HH:MM <Lisa> m35                                                                 │
                 │ HH:MM <Lisa> m36                                                                 │
                 │ HH:MM <Lisa> m37                                                                 │
                 │ HH:MM <Lisa> m38                                                                 │
                 │ HH:MM <Lisa> m39                                                                 │
                 │ HH:MM <Lisa> m40                                                                 │
                 │ HH:MM <Lisa> m41                                                                 │
                 │ HH:MM <Lisa> m42                                                                 │
                 │ HH:MM <Lisa> m43                                                                 │
                 │ HH:MM <Lisa> m44                                                                 │
                 │ HH:MM <Lisa> m45                                                                 │
                 │ HH:MM <Lisa> m46                                                                 │
                 │ HH:MM <Lisa> m47                                                                 │
                 │ HH:MM <Lisa> m48                                                                 │
                 │ HH:MM <Lisa> m49                                                                 │
                 │ HH:MM <Lisa> m50                                                                 │
                 │ HH:MM <Lisa> m51                                                                 │
                 │ HH:MM <Lisa> m52                                                                 │
                 │ HH:MM <Lisa> m53                                                                 │
                 │ HH:MM <Lisa> m54                                                                 │
                 │ HH:MM <Lisa> m55                                                                 │
                 │ HH:MM <Lisa> m56                                                                 │
                 │ HH:MM <Lisa> m57                                                                 │
 PgDn scrolls down · Esc goes back to now
▏
)");
  wheel_down(ann, {.row = 3, .column = 30});
  REQUIRE(ann.shows("m60"));
  ann.resize(20, 5);
  REQUIRE(ann.shows(" m60\n Ann · /help\n"));
  wheel_up(ann, {.row = 1, .column = 3});
  check_screen(ann, 20, 5, R"(
 lobby     [1 lobby]
HH:MM <Lisa> m58
HH:MM <Lisa> m59
 PgDn · Esc
▏
)");
}

TEST_CASE("screens: a click in the list of rooms shows the room") {
  ChatInRooms chat;
  chat.ann.type(kF4);
  REQUIRE(chat.ann.shows("The mouse scrolls"));
  chat.ann.resize(120, 40);
  REQUIRE(chat.ann.shows("\n3 tea         +2 │"));
  constexpr int kTeaInList = 3;
  click(chat.ann, {.row = kTeaInList, .column = 5});
  REQUIRE(chat.ann.shows("<Lisa> or lemon?"));
  check_screens(chat.ann, {.usual = R"(
 tea · 2 people · keeps nothing      1 lobby  2 garden !1 +1 [3 tea] 4 @Lisa +1
HH:MM → Ann joined                                          │ 2 people
HH:MM → Lisa joined                                         │ Ann
── new ──                                                   │ Lisa
HH:MM <Lisa> milk?                                          │
HH:MM <Lisa> or lemon?                                      │
                                                            │
⋮ 15 more of it
 Ann · /help explains the commands
▏
)",
                           .large = R"(
 tea · 2 people · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM → Ann joined                                                               │ 2 people
2 garden   !1 +1 │ HH:MM → Lisa joined                                                              │ Ann
3 tea            │ ── new ──                                                                        │ Lisa
4 @Lisa       +1 │ HH:MM <Lisa> milk?                                                               │
                 │ HH:MM <Lisa> or lemon?                                                           │
                 │                                                                                  │
⋮ 31 more of it
 Ann · /help explains the commands
▏
)",
                           .small = R"(
 tea  [3 tea] !1 +2
HH:MM <Lisa> or
  lemon?
 Ann · /help
▏
)"});
}

TEST_CASE("screens: a click on a room shows it, and one on somebody begins a whisper") {
  ChatInRooms chat;
  chat.ann.type("/set mouse true\r");
  REQUIRE(chat.ann.shows("mouse = true"));
  constexpr int kTeaInTitle = 59;
  click(chat.ann, {.row = 0, .column = kTeaInTitle});
  REQUIRE(chat.ann.shows("<Lisa> or lemon?"));
  constexpr int kSidebar = 64;
  click(chat.ann, {.row = 3, .column = kSidebar});
  REQUIRE(chat.ann.shows("\n/whisper Lisa\n"));
  check_screens(chat.ann, {.usual = R"(
 tea · 2 people · keeps nothing      1 lobby  2 garden !1 +1 [3 tea] 4 @Lisa +1
HH:MM → Ann joined                                          │ 2 people
HH:MM → Lisa joined                                         │ Ann
── new ──                                                   │ Lisa
HH:MM <Lisa> milk?                                          │
HH:MM <Lisa> or lemon?                                      │
                                                            │
⋮ 15 more of it
 Ann · /help explains the commands
/whisper Lisa ▏
)",
                           .large = R"(
 tea · 2 people · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM → Ann joined                                                               │ 2 people
2 garden   !1 +1 │ HH:MM → Lisa joined                                                              │ Ann
3 tea            │ ── new ──                                                                        │ Lisa
4 @Lisa       +1 │ HH:MM <Lisa> milk?                                                               │
                 │ HH:MM <Lisa> or lemon?                                                           │
                 │                                                                                  │
⋮ 31 more of it
 Ann · /help explains the commands
/whisper Lisa ▏
)",
                           .small = R"(
 tea  [3 tea] !1 +2
HH:MM <Lisa> or
  lemon?
 Ann · /help
/whisper Lisa ▏
)"});
}
