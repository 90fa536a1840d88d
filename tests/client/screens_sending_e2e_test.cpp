// Messages on their way, and such that are missing: whole screens.

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

#include "libchat/protocol.hpp"
#include "tests/client/end_to_end.hpp"
#include "tests/client/screens.hpp"
#include "tests/client/scripted_chat.hpp"

using namespace chat::test;
namespace protocol = chat::protocol;

TEST_CASE("screens: a message is pending until the server has acknowledged it") {
  ScriptedChat chat;
  PtyProgram& ann = chat.ann;
  ann.type("is anybody here?\rhello?\r");
  REQUIRE(ann.shows("hello? (pending)"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT#                                    [1 lobby]
HH:MM Welcome to scripted 1, Ann. See /help.                │ 1 person
HH:MM <Ann> is anybody here? (pending)                      │ Ann
HH:MM <Ann> hello? (pending)                                │
                                                            │
⋮ 17 more of it
 Ann · /help explains the commands
▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT#
1 lobby          │ HH:MM Welcome to scripted 1, Ann. See /help.                                     │ 1 person
                 │ HH:MM <Ann> is anybody here? (pending)                                           │ Ann
                 │ HH:MM <Ann> hello? (pending)                                                     │
                 │                                                                                  │
⋮ 33 more of it
 Ann · /help explains the commands
▏
)",
                      .small = R"(
 lobby     [1 lobby]
HH:MM <Ann> hello?
  (pending)
 Ann · /help
▏
)"});
  ann.type("half a li");
  chat.publish(chat.next_said(), {1});
  chat.publish(chat.next_said(), {2});
  REQUIRE(ann.read_until([&] { return ann.screen().find("(pending)") == std::string::npos; }));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT#                                    [1 lobby]
HH:MM Welcome to scripted 1, Ann. See /help.                │ 1 person
HH:MM <Ann> is anybody here?                                │ Ann
HH:MM <Ann> hello?                                          │
                                                            │
⋮ 17 more of it
 Ann · /help explains the commands
half a li▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT#
1 lobby          │ HH:MM Welcome to scripted 1, Ann. See /help.                                     │ 1 person
                 │ HH:MM <Ann> is anybody here?                                                     │ Ann
                 │ HH:MM <Ann> hello?                                                               │
                 │                                                                                  │
⋮ 33 more of it
 Ann · /help explains the commands
half a li▏
)",
                      .small = R"(
 lobby     [1 lobby]
  anybody here?
HH:MM <Ann> hello?
 Ann · /help
half a li▏
)"});
}

TEST_CASE("screens: what was not sent is told, and sent again with a key") {
  ScriptedChat chat;
  PtyProgram& ann = chat.ann;
  ann.type("is anybody here?\r");
  chat.server.send(protocol::Error{.request = chat.next_said().request,
                                   .code = chat::ErrorCode::not_stored,
                                   .sentence = "The disk is full."});
  REQUIRE(ann.shows("The disk is full"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT#                                    [1 lobby]
HH:MM Welcome to scripted 1, Ann. See /help.                │ 1 person
HH:MM <Ann> is anybody here? (not sent: The disk is full.)  │ Ann
                                                            │
⋮ 18 more of it
 Ann · Not sent · Alt-R sends it again
▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT#
1 lobby          │ HH:MM Welcome to scripted 1, Ann. See /help.                                     │ 1 person
                 │ HH:MM <Ann> is anybody here? (not sent: The disk is full.)                       │ Ann
                 │                                                                                  │
⋮ 34 more of it
 Ann · Not sent · Alt-R sends it again
▏
)",
                      .small = R"(
 lobby     [1 lobby]
  sent: The disk is
  full.)
 Ann · Alt-R resends
▏
)"});
  ann.type("\033r");
  chat.publish(chat.next_said(), {1});
  REQUIRE(ann.shows("<Ann> is anybody here?"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT#                                    [1 lobby]
HH:MM Welcome to scripted 1, Ann. See /help.                │ 1 person
HH:MM <Ann> is anybody here?                                │ Ann
                                                            │
⋮ 18 more of it
 Ann · /help explains the commands
▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT#
1 lobby          │ HH:MM Welcome to scripted 1, Ann. See /help.                                     │ 1 person
                 │ HH:MM <Ann> is anybody here?                                                     │ Ann
                 │                                                                                  │
⋮ 34 more of it
 Ann · /help explains the commands
▏
)",
                      .small = R"(
 lobby     [1 lobby]
HH:MM <Ann> is
  anybody here?
 Ann · /help
▏
)"});
}

TEST_CASE("screens: messages that are missing are counted where they are missing") {
  ScriptedChat chat;
  PtyProgram& ann = chat.ann;
  const auto post = [&](std::uint64_t number) {
    chat.server.send(protocol::Posted{.room = kLobby,
                                      .sequence = {number},
                                      .time = wall_now(),
                                      .user = {1},
                                      .nickname = "Bert",
                                      .text = "message " + std::to_string(number)});
  };
  post(1);
  chat.server.send(protocol::Gap{.room = kLobby, .from = {2}, .to = {41}});
  post(42);
  REQUIRE(ann.shows("message 42"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT#                                    [1 lobby]
HH:MM Welcome to scripted 1, Ann. See /help.                │ 1 person
HH:MM <Bert> message 1                                      │ Ann
HH:MM 40 messages were missed.                              │
HH:MM <Bert> message 42                                     │
                                                            │
⋮ 16 more of it
 Ann · /help explains the commands
▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT#
1 lobby          │ HH:MM Welcome to scripted 1, Ann. See /help.                                     │ 1 person
                 │ HH:MM <Bert> message 1                                                           │ Ann
                 │ HH:MM 40 messages were missed.                                                   │
                 │ HH:MM <Bert> message 42                                                          │
                 │                                                                                  │
⋮ 32 more of it
 Ann · /help explains the commands
▏
)",
                      .small = R"(
 lobby     [1 lobby]
HH:MM <Bert> message
  42
 Ann · /help
▏
)"});
  ann.resize(20, 5);
  REQUIRE(ann.shows("\n  42\n"));
  ann.type("\033[5~\033[5~");
  check_screen(ann, 20, 5, R"(
 lobby     [1 lobby]
HH:MM 40 messages
  were missed.
 PgDn · Esc
▏
)");
}
