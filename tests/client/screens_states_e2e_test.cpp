// Connections and messages on their way: whole screens.

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "libchat/protocol.hpp"
#include "tests/client/end_to_end.hpp"
#include "tests/client/relay.hpp"
#include "tests/client/screens.hpp"
#include "tests/client/scripted_server.hpp"
#include "tests/client/visitor.hpp"

using namespace chat::test;
namespace protocol = chat::protocol;

namespace {

constexpr chat::RoomId kLobby{1};

// Or there would be days between what the client and the server say.
chat::WallTime now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<milliseconds>(since_epoch).count()};
}

// Ann in the lobby of a server that says only what a test lets it say.
struct ScriptedChat {
  ScriptedChat() : ann(client_at(server.address(), "Ann", 80, 24)) {
    server.welcome();
    REQUIRE(ann.shows("1 person"));
  }

  // What she says next.
  protocol::Say next_said() {
    for (;;) {
      const auto message = server.next();
      if (const auto* said = std::get_if<protocol::Say>(&message))
        return *said;
    }
  }

  void publish(const protocol::Say& said, chat::Sequence number) {
    server.send(protocol::Acknowledged{
        .request = said.request, .id = said.id, .room = kLobby, .sequence = number, .time = now()});
    server.send(protocol::Posted{.room = kLobby,
                                 .sequence = number,
                                 .time = now(),
                                 .user = {1},
                                 .nickname = "Ann",
                                 .text = said.text});
  }

  ScriptedServer server;
  PtyProgram ann;
};

}  // namespace

TEST_CASE("screens: the server has not answered yet") {
  ScriptedServer server;
  PtyProgram ann = client_at(server.address(), "Ann", 80, 24);
  REQUIRE(ann.shows("Waiting for the server"));
  check_screens(ann, {.usual = R"(
 edgechat · 127.0.0.1:PORT#
                                                            │
⋮ 20 more of it
 Waiting for the server
▏
)",
                      .large = R"(
 edgechat · 127.0.0.1:PORT#
                 │                                                                                  │
⋮ 36 more of it
 Waiting for the server
▏
)",
                      .small = R"(
 edgechat · 127.0.0…


 Waiting for the se…
▏
)"});
}

TEST_CASE("screens: a nickname that is taken is asked for again") {
  ChatWithAnn chat(80, 24);
  PtyProgram ann = client_of(chat.server, "Ann", 80, 24);
  REQUIRE(ann.shows("Enter a nickname"));
  check_screens(ann, {.usual = R"(
 edgechat · 127.0.0.1:PORT#
HH:MM This nickname is taken. Which nickname do you want?   │
                                                            │
⋮ 19 more of it
 Enter a nickname, or /quit
Nickname: Ann▏
)",
                      .large = R"(
 edgechat · 127.0.0.1:PORT#
                 │ HH:MM This nickname is taken. Which nickname do you want?                        │
                 │                                                                                  │
⋮ 35 more of it
 Enter a nickname, or /quit
Nickname: Ann▏
)",
                      .small = R"(
 edgechat · 127.0.0…
  nickname do you
  want?
 Nickname, or /quit
Ann▏
)"});
}

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
                                      .time = now(),
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
}

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
 lobby · 1 person · 127.0.0.1:PORT#                                    [1 lobby]
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
 lobby · 1 person · 127.0.0.1:PORT#
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
 lobby · 1 person · 127.0.0.1:PORT#                                    [1 lobby]
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
 lobby · 1 person · 127.0.0.1:PORT#
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
 lobby · 2 people · 127.0.0.1:PORT#                                    [1 lobby]
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
 lobby · 2 people · 127.0.0.1:PORT#
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
 lobby · 3 people · 127.0.0.1:PORT#
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
 Ann · Liam and Lis…
so do▏
)");
  type_both();
  check_screen(ann, 80, 24, R"(
 lobby · 3 people · 127.0.0.1:PORT#                                    [1 lobby]
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
 @Lisa · 127.0.0.1:PORT#                                       1 lobby [2 @Lisa]
HH:MM Lisa is away: lunch                                   │ 2 people
HH:MM <Ann> are you coming?                                 │ Ann
                                                            │ Lisa (away)
                                                            │
⋮ 17 more of it
 Ann · /help explains the commands
▏
)",
                      .large = R"(
 @Lisa · 127.0.0.1:PORT#
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
  ann.type("\0331/away lunch, too\r");
  REQUIRE(ann.shows("Ann (away) ·"));
  check_screens(ann, {.usual = R"(
 lobby · 3 people · 127.0.0.1:PORT#                           [1 lobby] 2 @Lisa
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
 lobby · 3 people · 127.0.0.1:PORT#
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
