// Connections, and what others are doing: whole screens.

#include <doctest/doctest.h>

#include <string>

#include "libchat/protocol.hpp"
#include "tests/client/end_to_end.hpp"
#include "tests/client/relay.hpp"
#include "tests/client/screens.hpp"
#include "tests/client/scripted_chat.hpp"
#include "tests/client/visitor.hpp"

using namespace chat::test;
namespace protocol = chat::protocol;

TEST_CASE("screens: a lost connection, what waits for the next one, and the time to the next try") {
  ServerProcess server;
  Relay relay(server.port());
  PtyProgram ann = client_at(relay.address(), "Ann", 80, 24);
  REQUIRE(ann.shows("→ Ann joined"));
  relay.cut();
  REQUIRE(ann.shows("next try in"));
  ann.type("later\r");
  REQUIRE(ann.shows("later (pending)"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
HH:MM The connection is lost: Connection reset by peer.     │
HH:MM <Ann> later (pending)                                 │
                                                            │
⋮ 16 more of it
 Ann · Connection lost · next try in N s · Ctrl-T tries now
▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM The connection is lost: Connection reset by peer.                          │
                 │ HH:MM <Ann> later (pending)                                                      │
                 │                                                                                  │
⋮ 32 more of it
 Ann · Connection lost · next try in N s · Ctrl-T tries now
▏
)",
                      .small = R"(
 lobby     [1 lobby]
HH:MM <Ann> later
  (pending)
 Ann · Lost · N s
▏
)"});
  relay.mend(server.port());
  REQUIRE(shows_after_tries(ann, "<Ann> later"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
HH:MM The connection is lost: Connection reset by peer.     │
HH:MM Connected again.                                      │
HH:MM <Ann> later                                           │
                                                            │
⋮ 15 more of it
 Ann · /help explains the commands
▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM The connection is lost: Connection reset by peer.                          │
                 │ HH:MM Connected again.                                                           │
                 │ HH:MM <Ann> later                                                                │
                 │                                                                                  │
⋮ 31 more of it
 Ann · /help explains the commands
▏
)",
                      .small = R"(
 lobby     [1 lobby]
  again.
HH:MM <Ann> later
 Ann · /help
▏
)"});
}

TEST_CASE("screens: somebody else has lost the connection") {
  ServerProcess server({"--lost-seconds", "0.1"});
  PtyProgram ann = client_of(server, "Ann", 80, 24);
  REQUIRE(ann.shows("→ Ann joined"));
  {
    Visitor bert(server.port(), "Bert");
    REQUIRE(ann.shows("→ Bert joined"));
  }
  REQUIRE(ann.shows("Bert (lost)"));
  check_screens(ann, {.usual = R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 2 people
HH:MM → Ann joined                                          │ Ann
HH:MM → Bert joined                                         │ Bert (lost)
HH:MM Bert: connection lost                                 │
                                                            │
⋮ 16 more of it
 Ann · /help explains the commands
▏
)",
                      .large = R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 2 people
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM → Bert joined                                                              │ Bert (lost)
                 │ HH:MM Bert: connection lost                                                      │
                 │                                                                                  │
⋮ 32 more of it
 Ann · /help explains the commands
▏
)",
                      .small = R"(
 lobby     [1 lobby]
HH:MM Bert:
  connection lost
 Ann · /help
▏
)"});
}

TEST_CASE("screens: the server restarts") {
  std::optional<ServerProcess> server(std::in_place,
                                      std::vector<std::string>{"--durability", "process"});
  PtyProgram ann = client_of(*server, "Ann", 80, 24);
  REQUIRE(ann.shows("→ Ann joined"));
  server.reset();
  REQUIRE(ann.shows("The server restarts · connecting"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT#                                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 1 person
HH:MM → Ann joined                                          │ Ann
HH:MM The connection is lost: The server restarts.          │
                                                            │
⋮ 17 more of it
 Ann · The server restarts · connecting
▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT#
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 1 person
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM The connection is lost: The server restarts.                               │
                 │                                                                                  │
⋮ 33 more of it
 Ann · The server restarts · connecting
▏
)",
                      .small = R"(
 lobby     [1 lobby]
  is lost: The
  server restarts.
 Ann · Restarting
▏
)"});
}

TEST_CASE("screens: the server wants no more of this client") {
  ScriptedChat chat;
  PtyProgram& ann = chat.ann;
  chat.server.send(protocol::Goodbye{.request = {},
                                     .reason = chat::CloseReason::taken_over,
                                     .sentence = "The session goes on elsewhere."});
  REQUIRE(ann.shows("Disconnected"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT#                                    [1 lobby]
HH:MM Welcome to scripted 1, Ann. See /help.                │ 1 person
HH:MM Disconnected from chat server: The session goes on    │ Ann
      elsewhere.                                            │
                                                            │
⋮ 17 more of it
 Ann · Disconnected; /quit ends
▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT#
1 lobby          │ HH:MM Welcome to scripted 1, Ann. See /help.                                     │ 1 person
                 │ HH:MM Disconnected from chat server: The session goes on elsewhere.              │ Ann
                 │                                                                                  │
⋮ 34 more of it
 Ann · Disconnected; /quit ends
▏
)",
                      .small = R"(
 lobby     [1 lobby]
  The session goes
  on elsewhere.
 Ann · Disconnected
▏
)"});
}

TEST_CASE("screens: who is typing") {
  auto [server, ann] = ChatWithAnn(80, 24);
  Visitor liam(server.port(), "Liam");
  Visitor lisa(server.port(), "Lisa");
  REQUIRE(ann.shows("→ Lisa joined"));
  ann.type("so do");
  REQUIRE(ann.shows("\nso do\n"));
  // Again for each size: it is forgotten by itself after some seconds.
  const auto type_both = [&] {
    liam.type();
    lisa.type();
  };
  type_both();
  check_screen(ann, 120, 40, R"(
 lobby · 3 people · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 3 people
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM → Liam joined                                                              │ Liam
                 │ HH:MM → Lisa joined                                                              │ Lisa
                 │                                                                                  │
⋮ 32 more of it
 Ann · Liam and Lisa are typing…
so do▏
)");
  type_both();
  check_screen(ann, 20, 5, R"(
 lobby     [1 lobby]
HH:MM → Liam joined
HH:MM → Lisa joined
 Ann · 2 are typing…
so do▏
)");
  type_both();
  check_screen(ann, 80, 24, R"(
 lobby · 3 people · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 3 people
HH:MM → Ann joined                                          │ Ann
HH:MM → Liam joined                                         │ Liam
HH:MM → Lisa joined                                         │ Lisa
                                                            │
⋮ 16 more of it
 Ann · Liam and Lisa are typing…
so do▏
)");
}

TEST_CASE("screens: who is away, and why") {
  auto [server, ann] = ChatWithAnn(80, 24);
  Visitor liam(server.port(), "Liam");
  Visitor lisa(server.port(), "Lisa");
  lisa.go_away("lunch");
  REQUIRE(ann.shows("Lisa (away)"));
  ann.type("/query Lisa are you coming?\r");
  REQUIRE(ann.shows("Lisa is away: lunch"));
  check_screens(ann, {.usual = R"(
 @Lisa · 127.0.0.1:PORT# · keeps nothing                       1 lobby [2 @Lisa]
HH:MM Lisa is away: lunch                                   │ 2 people
HH:MM <Ann> are you coming?                                 │ Ann
                                                            │ Lisa (away)
                                                            │
⋮ 17 more of it
 Ann · /help explains the commands
▏
)",
                      .large = R"(
 @Lisa · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Lisa is away: lunch                                                        │ 2 people
2 @Lisa          │ HH:MM <Ann> are you coming?                                                      │ Ann
                 │                                                                                  │ Lisa (away)
                 │                                                                                  │
⋮ 33 more of it
 Ann · /help explains the commands
▏
)",
                      .small = R"(
 @Lisa     [2 @Lisa]
HH:MM <Ann> are you
  coming?
 Ann · /help
▏
)"});
  ann.resize(20, 5);
  REQUIRE(ann.shows("\n  coming?\n"));
  // To the top, as far as that may still be.
  for (int i = 0; i < 8; ++i)
    ann.type("\033[5~");
  check_screen(ann, 20, 5, R"(
 @Lisa     [2 @Lisa]
HH:MM Lisa is away:
  lunch
 PgDn · Esc
▏
)");
  ann.resize(80, 24);
  ann.type("\0331/away lunch, too\r");
  REQUIRE(ann.shows("Ann (away) ·"));
  check_screens(ann, {.usual = R"(
 lobby · 3 people · 127.0.0.1:PORT# · keeps nothing           [1 lobby] 2 @Lisa
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 3 people
HH:MM → Ann joined                                          │ Ann (away)
HH:MM → Liam joined                                         │ Liam
HH:MM → Lisa joined                                         │ Lisa (away)
HH:MM You are away: lunch, too · /back ends that.           │
                                                            │
⋮ 15 more of it
 Ann (away) · /back says that you are here again
▏
)",
                      .large = R"(
 lobby · 3 people · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 3 people
2 @Lisa          │ HH:MM → Ann joined                                                               │ Ann (away)
                 │ HH:MM → Liam joined                                                              │ Liam
                 │ HH:MM → Lisa joined                                                              │ Lisa (away)
                 │ HH:MM You are away: lunch, too · /back ends that.                                │
                 │                                                                                  │
⋮ 31 more of it
 Ann (away) · /back says that you are here again
▏
)",
                      .small = R"(
 lobby     [1 lobby]
  lunch, too · /back
  ends that.
 Ann (away) · /back
▏
)"});
}
