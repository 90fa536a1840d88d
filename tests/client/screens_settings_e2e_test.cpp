// Settings and help: whole screens.

#include <doctest/doctest.h>

#include "tests/client/end_to_end.hpp"
#include "tests/client/screens.hpp"

using namespace chat::test;

TEST_CASE("screens: all settings, and one that is changed") {
  auto [server, ann] = ChatWithAnn(80, 24);
  ann.type("/set\r");
  REQUIRE(ann.shows("colours.names = []"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
      out or is whispered                                   │ 1 person
HH:MM show-rooms = true: lists the rooms, where there is    │ Ann
      room for it                                           │
HH:MM rooms-width = 16: columns of that list                │
HH:MM show-people = true: lists who is there, where there   │
      is room for it                                        │
HH:MM people-width = 18: columns of that list               │
HH:MM tell-typing = true: lets others see that you write    │
HH:MM mouse = false: takes the mouse, for clicks and the    │
      wheel                                                 │
HH:MM log = false: writes what is said into files           │
HH:MM log-folder = "": where they are; without one in the   │
      state folder                                          │
HH:MM colours.event = "": of who comes and goes             │
HH:MM colours.notice = "": of answers to you                │
HH:MM colours.own = "": of what you say                     │
HH:MM colours.whisper = "": of whispers                     │
HH:MM colours.error = "": of what went wrong                │
HH:MM colours.alert = "": of what wants attention in a bar  │
HH:MM colours.mention = "": of what stands out              │
HH:MM colours.names = []: of nicknames, which share them    │
 Ann · /help explains the commands
▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM nick = "": your nickname; without one you are asked                        │
                 │ HH:MM server = "127.0.0.1": the server when none is named                        │
                 │ HH:MM rooms = []: rooms that you enter at the start                              │
                 │ HH:MM highlight-words = []: words that stand out in messages, beside your        │
                 │       nickname                                                                   │
                 │ HH:MM bell = false: rings when something stands out or is whispered              │
                 │ HH:MM highlight-command = "": is run when something stands out or is whispered   │
                 │ HH:MM show-rooms = true: lists the rooms, where there is room for it             │
                 │ HH:MM rooms-width = 16: columns of that list                                     │
                 │ HH:MM show-people = true: lists who is there, where there is room for it         │
                 │ HH:MM people-width = 18: columns of that list                                    │
                 │ HH:MM tell-typing = true: lets others see that you write                         │
                 │ HH:MM mouse = false: takes the mouse, for clicks and the wheel                   │
                 │ HH:MM log = false: writes what is said into files                                │
                 │ HH:MM log-folder = "": where they are; without one in the state folder           │
                 │ HH:MM colours.event = "": of who comes and goes                                  │
                 │ HH:MM colours.notice = "": of answers to you                                     │
                 │ HH:MM colours.own = "": of what you say                                          │
                 │ HH:MM colours.whisper = "": of whispers                                          │
                 │ HH:MM colours.error = "": of what went wrong                                     │
                 │ HH:MM colours.alert = "": of what wants attention in a bar                       │
                 │ HH:MM colours.mention = "": of what stands out                                   │
                 │ HH:MM colours.names = []: of nicknames, which share them                         │
                 │                                                                                  │
⋮ 11 more of it
 Ann · /help explains the commands
▏
)",
                      .small = R"(
 lobby     [1 lobby]
  nicknames, which
  share them
 Ann · /help
▏
)"});
  ann.resize(20, 5);
  REQUIRE(ann.shows(" Ann · /help\n"));
  for (int i = 0; i < 5; ++i)
    ann.type("\033[5~");
  check_screen(ann, 20, 5, R"(
 lobby     [1 lobby]
HH:MM colours.mentio
  n = "": of what
 PgDn · Esc
▏
)");
  ann.type("\033[F");
  ann.resize(80, 24);
  ann.type("/clear\r/set highlight-words deploy roses\r/set people-width wide\r");
  REQUIRE(ann.shows("/set people-width wide"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM highlight-words = ["deploy roses"]                    │ 1 person
                                                            │ Ann
                                                            │
⋮ 18 more of it
 people-width: It is a number from 8 to 40.
/set people-width wide▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM highlight-words = ["deploy roses"]                                         │ 1 person
                 │                                                                                  │ Ann
                 │                                                                                  │
⋮ 34 more of it
 people-width: It is a number from 8 to 40.
/set people-width wide▏
)",
                      .small = R"(
 lobby     [1 lobby]
  s = ["deploy
  roses"]
 people-width: It i…
e-width wide▏
)"});
}

TEST_CASE("screens: what the commands do") {
  auto [server, ann] = ChatWithAnn(80, 24);
  ann.type("/help\r");
  REQUIRE(ann.shows("/quit"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
      conversation                                          │ 1 person
HH:MM /go [ROOM OR NAME]: shows what is meant by a part of  │ Ann
      its name; alone, where you were before                │
HH:MM /who: lists who is in the room                        │
HH:MM /rooms: lists the rooms                               │
HH:MM /search WORDS: finds messages; without words, shows   │
      what was found last                                   │
HH:MM /resend: sends again what was not sent, the last of   │
      it first                                              │
HH:MM /clear: empties the chat area                         │
HH:MM /set [SETTING [VALUE]]: shows settings, or changes    │
      one                                                   │
HH:MM /unset SETTING: takes the default again               │
HH:MM /bind [KEY [ACTION]]: shows what keys do, or lets one │
      do something else                                     │
HH:MM /quit: says goodbye and ends                          │
HH:MM Keys: Tab completes, Up goes to what you entered      │
      before, PageUp scrolls up, PageDown scrolls down, Esc │
      goes back to what is being said, Alt-A shows what is  │
      new, Ctrl-N shows the next room, Ctrl-T tries a lost  │
      connection again, Ctrl-C quits. /keys lists all.      │
 Ann · /help explains the commands
▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM /help: explains commands and keys                                          │
                 │ HH:MM /keys: lists all keys                                                      │
                 │ HH:MM /nick NAME: changes your nickname                                          │
                 │ HH:MM /msg NAME TEXT: whispers; @NAME TEXT does too                              │
                 │ HH:MM /whisper NAME [TEXT]: the same; without text, shows the conversation       │
                 │ HH:MM /query NAME [TEXT]: shows the conversation, and says the text in it        │
                 │ HH:MM /me TEXT: says what you do: * Lisa waves                                   │
                 │ HH:MM /away [TEXT]: tells the others that you do not look; the text says why     │
                 │ HH:MM /back: tells them that you do again                                        │
                 │ HH:MM /join ROOM: enters a room, or shows it again                               │
                 │ HH:MM /leave [ROOM]: leaves the room in front, or another                        │
                 │ HH:MM /close: leaves the room in front, or ends the conversation                 │
                 │ HH:MM /go [ROOM OR NAME]: shows what is meant by a part of its name; alone,      │
                 │       where you were before                                                      │
                 │ HH:MM /who: lists who is in the room                                             │
                 │ HH:MM /rooms: lists the rooms                                                    │
                 │ HH:MM /search WORDS: finds messages; without words, shows what was found last    │
                 │ HH:MM /resend: sends again what was not sent, the last of it first               │
                 │ HH:MM /clear: empties the chat area                                              │
                 │ HH:MM /set [SETTING [VALUE]]: shows settings, or changes one                     │
                 │ HH:MM /unset SETTING: takes the default again                                    │
                 │ HH:MM /bind [KEY [ACTION]]: shows what keys do, or lets one do something else    │
                 │ HH:MM /quit: says goodbye and ends                                               │
                 │ HH:MM Keys: Tab completes, Up goes to what you entered before, PageUp scrolls    │
                 │       up, PageDown scrolls down, Esc goes back to what is being said, Alt-A      │
                 │       shows what is new, Ctrl-N shows the next room, Ctrl-T tries a lost         │
                 │       connection again, Ctrl-C quits. /keys lists all.                           │
                 │                                                                                  │
⋮ 7 more of it
 Ann · /help explains the commands
▏
)",
                      .small = R"(
 lobby     [1 lobby]
  Ctrl-C quits.
  /keys lists all.
 Ann · /help
▏
)"});
  ann.resize(20, 5);
  REQUIRE(ann.shows(" Ann · /help\n"));
  for (int i = 0; i < 21; ++i)
    ann.type("\033[5~");
  check_screen(ann, 20, 5, R"(
 lobby     [1 lobby]
HH:MM /bind [KEY
  [ACTION]]: shows
 PgDn · Esc
▏
)");
}
