// What keys do: whole screens.

#include <doctest/doctest.h>

#include "tests/client/end_to_end.hpp"
#include "tests/client/screens.hpp"

using namespace chat::test;

TEST_CASE("screens: all keys are listed") {
  auto [server, ann] = ChatWithAnn(80, 24);
  ann.type("/clear\r/keys\r");
  REQUIRE(ann.shows("quits"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Alt-9 (room-9): shows the ninth room                  │ 1 person
HH:MM Ctrl-N, Alt-Down, Alt-Right (room-next): shows the    │ Ann
      next room                                             │
HH:MM Ctrl-P, Alt-Up, Alt-Left (room-before): shows the     │
      room before it                                        │
HH:MM Alt-A (room-news): shows the newest message that      │
      mentions you, then what else is unread, then goes     │
      back                                                  │
HH:MM Alt-/ (room-last): shows the room that was in front   │
      before                                                │
HH:MM Alt-R (resend): sends again what was not sent, the    │
      last of it first                                      │
HH:MM F2 (toggle-rooms): shows the list of rooms, or hides  │
      it                                                    │
HH:MM F3 (toggle-people): shows who is there, or hides it   │
HH:MM Ctrl-T (try-now): tries a lost connection again now   │
HH:MM F4 (mouse): takes the mouse, for clicks and the       │
      wheel, or leaves it to the terminal                   │
HH:MM Ctrl-L (redraw): draws the screen anew                │
HH:MM Ctrl-Z (suspend): suspends                            │
HH:MM Ctrl-C (quit): quits                                  │
 Ann · /help explains the commands
▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Ctrl-W, Alt-Backspace (kill-word-left): cuts out the word before the       │ 1 person
                 │       cursor                                                                     │ Ann
                 │ HH:MM Alt-D (kill-word-right): cuts out the word behind the cursor               │
                 │ HH:MM Ctrl-U (kill-to-start): cuts out the line before the cursor                │
                 │ HH:MM Ctrl-K (kill-to-end): cuts out the line behind the cursor                  │
                 │ HH:MM Ctrl-C (kill-all): cuts out all that is written, when there is something   │
                 │ HH:MM Ctrl-Y (yank): puts in what was cut out last                               │
                 │ HH:MM Alt-Y (yank-older): puts in what was cut out before that instead           │
                 │ HH:MM Ctrl-_ (undo): takes back the last change                                  │
                 │ HH:MM Alt-_ (redo): makes it again                                               │
                 │ HH:MM PageUp (page-up): scrolls up                                               │
                 │ HH:MM PageDown (page-down): scrolls down                                         │
                 │ HH:MM Ctrl-F (find): finds something in the lines of the room                    │
                 │ HH:MM Alt-U (urls): lists the addresses of web pages, to open them               │
                 │ HH:MM Alt-1 (room-1): shows the first room                                       │
                 │ HH:MM Alt-2 (room-2): shows the second room                                      │
                 │ HH:MM Alt-3 (room-3): shows the third room                                       │
                 │ HH:MM Alt-4 (room-4): shows the fourth room                                      │
                 │ HH:MM Alt-5 (room-5): shows the fifth room                                       │
                 │ HH:MM Alt-6 (room-6): shows the sixth room                                       │
                 │ HH:MM Alt-7 (room-7): shows the seventh room                                     │
                 │ HH:MM Alt-8 (room-8): shows the eighth room                                      │
                 │ HH:MM Alt-9 (room-9): shows the ninth room                                       │
                 │ HH:MM Ctrl-N, Alt-Down, Alt-Right (room-next): shows the next room               │
                 │ HH:MM Ctrl-P, Alt-Up, Alt-Left (room-before): shows the room before it           │
                 │ HH:MM Alt-A (room-news): shows the newest message that mentions you, then what   │
                 │       else is unread, then goes back                                             │
                 │ HH:MM Alt-/ (room-last): shows the room that was in front before                 │
                 │ HH:MM Alt-R (resend): sends again what was not sent, the last of it first        │
                 │ HH:MM F2 (toggle-rooms): shows the list of rooms, or hides it                    │
                 │ HH:MM F3 (toggle-people): shows who is there, or hides it                        │
                 │ HH:MM Ctrl-T (try-now): tries a lost connection again now                        │
                 │ HH:MM F4 (mouse): takes the mouse, for clicks and the wheel, or leaves it to the │
                 │       terminal                                                                   │
                 │ HH:MM Ctrl-L (redraw): draws the screen anew                                     │
                 │ HH:MM Ctrl-Z (suspend): suspends                                                 │
                 │ HH:MM Ctrl-C (quit): quits                                                       │
 Ann · /help explains the commands
▏
)",
                      .small = R"(
 lobby     [1 lobby]
HH:MM Ctrl-C (quit):
  quits
 Ann · /help
▏
)"});
  ann.resize(20, 5);
  REQUIRE(ann.shows(" Ann · /help\n"));
  for (int i = 0; i < 3; ++i)
    ann.type("\033[5~");
  check_screen(ann, 20, 5, R"(
 lobby     [1 lobby]
HH:MM Ctrl-Z
  (suspend):
 PgDn · Esc
▏
)");
}

TEST_CASE("screens: a key is bound to something else, and there is no such key") {
  auto [server, ann] = ChatWithAnn(80, 24);
  ann.type("/bind F5 kill-to-start\r");
  REQUIRE(ann.shows("keys.F5 = \"kill-to-start\""));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
HH:MM keys.F5 = "kill-to-start"                             │
                                                            │
⋮ 17 more of it
 Ann · /help explains the commands
▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
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
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
HH:MM keys.F5 = "kill-to-start"                             │
                                                            │
⋮ 17 more of it
 There is no key F99. Keys are called as in /keys.
/bind F99 undo▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
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
