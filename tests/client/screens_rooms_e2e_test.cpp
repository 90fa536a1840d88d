// Rooms and conversations side by side: whole screens.

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "tests/client/chat_in_rooms.hpp"
#include "tests/client/end_to_end.hpp"
#include "tests/client/screens.hpp"
#include "tests/client/visitor.hpp"

using namespace chat::test;

namespace {

constexpr std::string_view kAltA = "\033a";

}  // namespace

TEST_CASE("screens: what is unread in other rooms, and who has whispered") {
  ChatInRooms chat;
  check_screens(chat.ann, {.usual = R"(
 lobby · keeps nothing           [1 lobby] 2 garden !1 +1  3 tea +2  4 @Lisa +1
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
2 garden   !1 +1 │ HH:MM → Ann joined                                                               │ Ann
3 tea         +2 │ HH:MM → Lisa joined                                                              │ Lisa
4 @Lisa       +1 │ HH:MM <Lisa> good morning                                                        │
                 │                                                                                  │
⋮ 32 more of it
 Ann · /help explains the commands
▏
)",
                           .small = R"(
 lobby        !1 +4
HH:MM <Lisa> good
  morning
 Ann · /help
▏
)"});
}

TEST_CASE("screens: Alt-A shows the newest mention, then whispers, then what else is unread") {
  ChatInRooms chat;
  chat.ann.type(kAltA);
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
  chat.ann.type(kAltA);
  REQUIRE(chat.ann.shows("<Lisa> psst"));
  check_screens(chat.ann, {.usual = R"(
 @Lisa · 127.0.0.1:PORT# · keeps nothing   1 lobby  2 garden  3 tea +2 [4 @Lisa]
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
2 garden         │ HH:MM <Lisa> psst                                                                │ Ann
3 tea         +2 │                                                                                  │ Lisa
4 @Lisa          │                                                                                  │
                 │                                                                                  │
⋮ 32 more of it
 Ann · /help explains the commands
▏
)",
                           .small = R"(
 @Lisa [4 @Lisa] +2
── new ──
HH:MM <Lisa> psst
 Ann · /help
▏
)"});
  chat.ann.type(kAltA);
  REQUIRE(chat.ann.shows("<Lisa> or lemon?"));
  check_screens(chat.ann, {.usual = R"(
 tea · 2 people · keeps nothing               1 lobby  2 garden [3 tea] 4 @Lisa
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
4 @Lisa          │ HH:MM <Lisa> milk?                                                               │
                 │ HH:MM <Lisa> or lemon?                                                           │
                 │                                                                                  │
⋮ 31 more of it
 Ann · /help explains the commands
▏
)",
                           .small = R"(
 tea         [3 tea]
HH:MM <Lisa> or
  lemon?
 Ann · /help
▏
)"});
}

TEST_CASE("screens: /go finds a room by some letters of its name") {
  ChatInRooms chat;
  chat.ann.type("/go gdn");
  REQUIRE(chat.ann.shows("\n/go gdn\n"));
  check_screens(chat.ann, {.usual = R"(
 lobby · keeps nothing           [1 lobby] 2 garden !1 +1  3 tea +2  4 @Lisa +1
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 2 people
HH:MM → Ann joined                                          │ Ann
HH:MM → Lisa joined                                         │ Lisa
HH:MM <Lisa> good morning                                   │
                                                            │
⋮ 16 more of it
 Ann · /help explains the commands
/go gdn▏
)",
                           .large = R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 2 people
2 garden   !1 +1 │ HH:MM → Ann joined                                                               │ Ann
3 tea         +2 │ HH:MM → Lisa joined                                                              │ Lisa
4 @Lisa       +1 │ HH:MM <Lisa> good morning                                                        │
                 │                                                                                  │
⋮ 32 more of it
 Ann · /help explains the commands
/go gdn▏
)",
                           .small = R"(
 lobby        !1 +4
HH:MM <Lisa> good
  morning
 Ann · /help
/go gdn▏
)"});
  chat.ann.type("\r");
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
}

TEST_CASE("screens: F2 and F3 hide the list of rooms and that of the people") {
  ChatInRooms chat;
  // Where both are.
  chat.ann.resize(120, 40);
  REQUIRE(chat.ann.shows("\n1 lobby          │"));
  chat.ann.type("\033OQ\033OR");
  check_screens(chat.ann, {.usual = R"(
 lobby · keeps nothing           [1 lobby] 2 garden !1 +1  3 tea +2  4 @Lisa +1
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.
HH:MM → Ann joined
HH:MM → Lisa joined
HH:MM <Lisa> good morning

⋮ 16 more of it
 Ann · /help explains the commands
▏
)",
                           .large = R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing                      [1 lobby] 2 garden !1 +1  3 tea +2  4 @Lisa +1
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.
HH:MM → Ann joined
HH:MM → Lisa joined
HH:MM <Lisa> good morning

⋮ 32 more of it
 Ann · /help explains the commands
▏
)",
                           .small = R"(
 lobby        !1 +4
HH:MM <Lisa> good
  morning
 Ann · /help
▏
)"});
}

TEST_CASE("screens: a conversation with somebody who has left the chat") {
  ChatInRooms chat;
  chat.ann.type("\0334");
  REQUIRE(chat.ann.shows("<Lisa> psst"));
  chat.ann.type("wait for me\r");
  REQUIRE(chat.ann.shows("<Ann> wait for me"));
  chat.lisa.leave_chat();
  REQUIRE(chat.ann.shows("has ended"));
  check_screens(chat.ann, {.usual = R"(
 @Lisa · has ended · keeps nothing   1 lobby  2 garden !1 +1  3 tea +2 [4 @Lisa]
HH:MM <Lisa> psst                                           │ 1 person
HH:MM <Ann> wait for me                                     │ Ann
HH:MM ← Lisa has left the chat                              │
                                                            │
⋮ 17 more of it
 Ann · /help explains the commands
▏
)",
                           .large = R"(
 @Lisa · has ended · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM <Lisa> psst                                                                │ 1 person
2 garden   !1 +1 │ HH:MM <Ann> wait for me                                                          │ Ann
3 tea         +2 │ HH:MM ← Lisa has left the chat                                                   │
4 @Lisa          │                                                                                  │
                 │                                                                                  │
⋮ 32 more of it
 Ann · /help explains the commands
▏
)",
                           .small = R"(
 @Lisa        !1 +3
HH:MM ← Lisa has
  left the chat
 Ann · /help
▏
)"});
}

TEST_CASE("screens: more rooms than can be listed") {
  ChatWithAnn chat(80, 24);
  constexpr int kRooms = 45;
  for (int i = 2; i <= kRooms; ++i) {
    const std::string number = std::to_string(i);
    chat.ann.type("/join room-" + number + "\r");
    REQUIRE(chat.ann.shows("[" + number + " room-" + number + "]"));
  }
  Visitor lisa(chat.server.port(), "Lisa");
  lisa.say("good morning");
  for (int i = 0; i < 5; ++i)
    chat.ann.type("\x10");
  REQUIRE(chat.ann.shows("[40 room-40]"));
  check_screens(chat.ann, {.usual = R"(
 room-40 · keeps nothing     37 room-37  38 room-38  39 room-39 [40 room-40] +1
HH:MM → Ann joined                                          │ 1 person
                                                            │ Ann
                                                            │
⋮ 18 more of it
 Ann · /help explains the commands
▏
)",
                           .large = R"(
 room-40 · 1 person · 127.0.0.1:PORT# · keeps nothing
10 room-10       │ HH:MM → Ann joined                                                               │ 1 person
11 room-11       │                                                                                  │ Ann
12 room-12       │                                                                                  │
13 room-13       │                                                                                  │
14 room-14       │                                                                                  │
15 room-15       │                                                                                  │
16 room-16       │                                                                                  │
17 room-17       │                                                                                  │
18 room-18       │                                                                                  │
19 room-19       │                                                                                  │
20 room-20       │                                                                                  │
21 room-21       │                                                                                  │
22 room-22       │                                                                                  │
23 room-23       │                                                                                  │
24 room-24       │                                                                                  │
25 room-25       │                                                                                  │
26 room-26       │                                                                                  │
27 room-27       │                                                                                  │
28 room-28       │                                                                                  │
29 room-29       │                                                                                  │
30 room-30       │                                                                                  │
31 room-31       │                                                                                  │
32 room-32       │                                                                                  │
33 room-33       │                                                                                  │
34 room-34       │                                                                                  │
35 room-35       │                                                                                  │
36 room-36       │                                                                                  │
37 room-37       │                                                                                  │
38 room-38       │                                                                                  │
39 room-39       │                                                                                  │
40 room-40       │                                                                                  │
41 room-41       │                                                                                  │
42 room-42       │                                                                                  │
43 room-43       │                                                                                  │
44 room-44       │                                                                                  │
45 room-45       │                                                                                  │
+9 more +1       │                                                                                  │
 Ann · /help explains the commands
▏
)",
                           .small = R"(
 room-40         +1
HH:MM → Ann joined

 Ann · /help
▏
)"});
}
