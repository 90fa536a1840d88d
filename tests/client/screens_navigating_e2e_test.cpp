// From room to room, and where one had read to in them: whole screens.

#include <doctest/doctest.h>

#include <string_view>

#include "tests/client/chat_in_rooms.hpp"
#include "tests/client/end_to_end.hpp"
#include "tests/client/screens.hpp"
#include "tests/client/visitor.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;

namespace {

constexpr std::string_view kAlt2 = "\0332";
constexpr std::string_view kAlt3 = "\0333";
constexpr std::string_view kAltUp = "\033[1;3A";
constexpr std::string_view kAltDown = "\033[1;3B";
constexpr std::string_view kAltRight = "\033[1;3C";
constexpr std::string_view kAltLeft = "\033[1;3D";
constexpr std::string_view kControlN = "\x0E";
constexpr std::string_view kPageUp = "\033[5~";

}  // namespace

TEST_CASE("screens: Ctrl-N, Alt-Right and Alt-Down go to the next room, and round") {
  ChatInRooms chat;
  chat.ann.type(kControlN);
  REQUIRE(chat.ann.shows(" garden · 2 people"));
  check_screens(chat.ann, {.usual = R"(
 garden · 2 people · keeps nothing      1 lobby [2 garden] 3 tea +2  4 @Lisa +1
HH:MM → Ann joined                                          │ 2 people
HH:MM → Lisa joined                                         │ Ann
── new ──                                                   │ Lisa
HH:MM <Lisa> Ann, who has watered the roses?                │
                                                            │
⋮ 16 more of it
 Ann · /help explains the commands
▏
)",
                           .large = R"(
 garden · 2 people · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM → Ann joined                                                               │ 2 people
2 garden         │ HH:MM → Lisa joined                                                              │ Ann
3 tea         +2 │ ── new ──                                                                        │ Lisa
4 @Lisa       +1 │ HH:MM <Lisa> Ann, who has watered the roses?                                     │
                 │                                                                                  │
⋮ 32 more of it
 Ann · /help explains the commands
▏
)",
                           .small = R"(
 garden          +3
  who has watered
  the roses?
 Ann · /help
▏
)"});
  chat.ann.type(kAltRight);
  REQUIRE(chat.ann.shows(" tea · 2 people"));
  check_screens(chat.ann, {.usual = R"(
 tea · 2 people · keeps nothing            1 lobby  2 garden [3 tea] 4 @Lisa +1
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
2 garden         │ HH:MM → Lisa joined                                                              │ Ann
3 tea            │ ── new ──                                                                        │ Lisa
4 @Lisa       +1 │ HH:MM <Lisa> milk?                                                               │
                 │ HH:MM <Lisa> or lemon?                                                           │
                 │                                                                                  │
⋮ 31 more of it
 Ann · /help explains the commands
▏
)",
                           .small = R"(
 tea     [3 tea] +1
HH:MM <Lisa> or
  lemon?
 Ann · /help
▏
)"});
  chat.ann.type(kAltDown);
  REQUIRE(chat.ann.shows("<Lisa> psst"));
  chat.ann.type(kAltDown);
  REQUIRE(chat.ann.shows(" lobby · 2 people"));
  check_screens(chat.ann, {.usual = R"(
 lobby · 2 people · keeps nothing            [1 lobby] 2 garden  3 tea  4 @Lisa
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 2 people
HH:MM → Ann joined                                          │ Ann
HH:MM → Lisa joined                                         │ Lisa
HH:MM <Lisa> good morning                                   │
                                                            │
⋮ 16 more of it
 Ann · /help explains the commands
▏
)",
                           .large = R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 2 people
2 garden         │ HH:MM → Ann joined                                                               │ Ann
3 tea            │ HH:MM → Lisa joined                                                              │ Lisa
4 @Lisa          │ HH:MM <Lisa> good morning                                                        │
                 │                                                                                  │
⋮ 32 more of it
 Ann · /help explains the commands
▏
)",
                           .small = R"(
 lobby     [1 lobby]
HH:MM <Lisa> good
  morning
 Ann · /help
▏
)"});
}

TEST_CASE("screens: Alt-Left and Alt-Up go to the room before, and round") {
  ChatInRooms chat;
  chat.ann.type(kAltLeft);
  REQUIRE(chat.ann.shows("<Lisa> psst"));
  check_screens(chat.ann, {.usual = R"(
 @Lisa · keeps nothing               1 lobby  2 garden !1 +1  3 tea +2 [4 @Lisa]
── new ──                                                   │ 2 people
HH:MM <Lisa> psst                                           │ Ann
                                                            │ Lisa
                                                            │
⋮ 17 more of it
 Ann · /help explains the commands
▏
)",
                           .large = R"(
 @Lisa · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ ── new ──                                                                        │ 2 people
2 garden   !1 +1 │ HH:MM <Lisa> psst                                                                │ Ann
3 tea         +2 │                                                                                  │ Lisa
4 @Lisa          │                                                                                  │
                 │                                                                                  │
⋮ 32 more of it
 Ann · /help explains the commands
▏
)",
                           .small = R"(
 @Lisa        !1 +3
── new ──
HH:MM <Lisa> psst
 Ann · /help
▏
)"});
  chat.ann.type(kAltUp);
  REQUIRE(chat.ann.shows(" tea · 2 people"));
  check_screens(chat.ann, {.usual = R"(
 tea · 2 people · keeps nothing         1 lobby  2 garden !1 +1 [3 tea] 4 @Lisa
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
4 @Lisa          │ HH:MM <Lisa> milk?                                                               │
                 │ HH:MM <Lisa> or lemon?                                                           │
                 │                                                                                  │
⋮ 31 more of it
 Ann · /help explains the commands
▏
)",
                           .small = R"(
 tea  [3 tea] !1 +1
HH:MM <Lisa> or
  lemon?
 Ann · /help
▏
)"});
}

TEST_CASE("screens: in a small terminal one scrolls up to where the news begins") {
  ChatInRooms chat;
  chat.ann.type(kAlt2);
  REQUIRE(chat.ann.shows(" garden · 2 people"));
  chat.ann.resize(20, 5);
  REQUIRE(chat.ann.shows("\n  who has watered\n"));
  chat.ann.type(kPageUp);
  chat.ann.type(kPageUp);
  check_screen(chat.ann, 20, 5, R"(
 garden          +3
── new ──
HH:MM <Lisa> Ann,
 PgDn · Esc
▏
)");
}

TEST_CASE("screens: where one had read to in a room is marked for the next client, too") {
  const TemporaryFolder state;
  ServerProcess server({"--durability", "process"});
  Visitor lisa(server.port(), "Lisa");
  const auto tea = lisa.enter("tea");
  {
    PtyProgram ann = client_at(server.address(), "Ann", 80, 24, state.path());
    REQUIRE(ann.shows("→ Ann joined"));
    ann.type("/join tea\r");
    REQUIRE(ann.shows("[2 tea]"));
    lisa.say_in(tea, "milk?");
    REQUIRE(ann.shows("<Lisa> milk?"));
    ann.type("no, thanks\r");
    REQUIRE(ann.shows("<Ann> no, thanks"));
    ann.type("/quit\r");
    REQUIRE(ann.wait_for_exit() == 0);
  }
  lisa.say_in(tea, "or lemon?");
  lisa.say_in(tea, "it is hot");
  PtyProgram ann = client_at(server.address(), "Ann", 80, 24, state.path());
  REQUIRE(ann.shows("2 tea +2"));
  check_screens(ann, {.usual = R"(
 lobby · 2 people · 127.0.0.1:PORT#                          [1 lobby] 2 tea +2
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 2 people
HH:MM → Ann joined                                          │ Ann
                                                            │ Lisa
                                                            │
⋮ 17 more of it
 Ann · /help explains the commands
▏
)",
                      .large = R"(
 lobby · 2 people · 127.0.0.1:PORT#
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 2 people
2 tea         +2 │ HH:MM → Ann joined                                                               │ Ann
                 │                                                                                  │ Lisa
                 │                                                                                  │
⋮ 33 more of it
 Ann · /help explains the commands
▏
)",
                      .small = R"(
 lobby [1 lobby] +2
  Ann. See /help.
HH:MM → Ann joined
 Ann · /help
▏
)"});
  ann.type(kAlt2);
  REQUIRE(ann.shows("<Lisa> it is hot"));
  check_screens(ann, {.usual = R"(
 tea · 2 people · 127.0.0.1:PORT#                                1 lobby [2 tea]
HH:MM <Lisa> milk?                                          │ 2 people
HH:MM <Ann> no, thanks                                      │ Ann
── new ──                                                   │ Lisa
HH:MM <Lisa> or lemon?                                      │
HH:MM <Lisa> it is hot                                      │
HH:MM → Ann joined                                          │
                                                            │
⋮ 14 more of it
 Ann · /help explains the commands
▏
)",
                      .large = R"(
 tea · 2 people · 127.0.0.1:PORT#
1 lobby          │ HH:MM <Lisa> milk?                                                               │ 2 people
2 tea            │ HH:MM <Ann> no, thanks                                                           │ Ann
                 │ ── new ──                                                                        │ Lisa
                 │ HH:MM <Lisa> or lemon?                                                           │
                 │ HH:MM <Lisa> it is hot                                                           │
                 │ HH:MM → Ann joined                                                               │
                 │                                                                                  │
⋮ 30 more of it
 Ann · /help explains the commands
▏
)",
                      .small = R"(
 tea         [2 tea]
  hot
HH:MM → Ann joined
 Ann · /help
▏
)"});
  ann.resize(20, 5);
  REQUIRE(ann.shows("\n  hot\n"));
  for (int i = 0; i < 4; ++i)
    ann.type(kPageUp);
  check_screen(ann, 20, 5, R"(
 tea         [2 tea]
── new ──
HH:MM <Lisa> or
 PgDn · Esc
▏
)");
}
