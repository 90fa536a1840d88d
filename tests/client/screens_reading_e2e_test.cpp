// Reading: whole screens.

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

#include "libchat/protocol.hpp"
#include "tests/client/end_to_end.hpp"
#include "tests/client/screens.hpp"
#include "tests/client/scripted_server.hpp"
#include "tests/client/visitor.hpp"

using namespace chat::test;

namespace {

// Two messages on each of two days, and one on the next.
void say_on_three_days(ScriptedServer& server) {
  constexpr std::int64_t kNoon = 1'798'545'600'000;  // of 29 December 2026, UTC
  constexpr std::int64_t kDay = 86'400'000;
  for (std::uint64_t number = 1; number <= 5; ++number) {
    const auto day = static_cast<std::int64_t>((number - 1) / 2);
    server.send(chat::protocol::Posted{.room = {1},
                                       .sequence = {number},
                                       .time = {kNoon + day * kDay},
                                       .user = {2},
                                       .nickname = "Bert",
                                       .text = "m" + std::to_string(number)});
  }
}

}  // namespace

TEST_CASE("screens: wide characters, emoji, combining marks and addresses are wrapped whole") {
  auto [server, ann] = ChatWithAnn(80, 24);
  Visitor bert(server.port(), "Bert");
  bert.say(
      "日本語のテキストは二つの列を取ります、だから途中で折り返します。次の行もまだ続いています");
  bert.say(
      "Zoe\u0308 à la crème brûlée, déjà vu, e\u0301te\u0301 and naïve coöperation at the façade");
  bert.say(
      "clapping 👏👏👏👏 thumbs 👍🏽👍🏽 family 👩‍👩‍👧‍👦 flags "
      "🇩🇪🇫🇷🇯🇵 "
      "hearts "
      "❤️ "
      "done");
  bert.say(
      "the minutes are at https://example.org/minutes/2026/11/29/draft.html, please read them");
  bert.say("short: https://x.org/abc ok");
  bert.say("שלום עולם and back");
  REQUIRE(ann.shows("and back"));
  // The emulator leaves out what joins the family.
  check_screens(ann, {.usual = R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 2 people
HH:MM → Ann joined                                          │ Ann
HH:MM → Bert joined                                         │ Bert
HH:MM <Bert> 日本語のテキストは二つの列を取ります、だから途 │
      中で折り返します。次の行もまだ続いています            │
HH:MM <Bert> Zoë à la crème brûlée, déjà vu, été and naïve  │
      coöperation at the façade                             │
HH:MM <Bert> clapping 👏👏👏👏 thumbs 👍🏽👍🏽 family       │
      👩👩👧👦 flags 🇩🇪🇫🇷🇯🇵 hearts ❤️ done                   │
HH:MM <Bert> the minutes are at                             │
      https://example.org/minutes/2026/11/29/draft.html,    │
      please read them                                      │
HH:MM <Bert> short: https://x.org/abc ok                    │
HH:MM <Bert> שלום עולם and back                             │
                                                            │
⋮ 6 more of it
 Ann · /help explains the commands
▏
)",
                      .large = R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 2 people
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM → Bert joined                                                              │ Bert
                 │ HH:MM <Bert> 日本語のテキストは二つの列を取ります、だから途中で折り返します。次  │
                 │       の行もまだ続いています                                                     │
                 │ HH:MM <Bert> Zoë à la crème brûlée, déjà vu, été and naïve coöperation at the    │
                 │       façade                                                                     │
                 │ HH:MM <Bert> clapping 👏👏👏👏 thumbs 👍🏽👍🏽 family 👩👩👧👦 flags 🇩🇪🇫🇷🇯🇵      │
                 │       hearts ❤️ done                                                              │
                 │ HH:MM <Bert> the minutes are at                                                  │
                 │       https://example.org/minutes/2026/11/29/draft.html, please read them        │
                 │ HH:MM <Bert> short: https://x.org/abc ok                                         │
                 │ HH:MM <Bert> שלום עולם and back                                                  │
                 │                                                                                  │
⋮ 23 more of it
 Ann · /help explains the commands
▏
)",
                      .small = R"(
 lobby     [1 lobby]
HH:MM <Bert> שלום
  עולם and back
 Ann · /help
▏
)"});
}

TEST_CASE("screens: the same in a small terminal") {
  auto [server, ann] = ChatWithAnn(20, 5);
  Visitor bert(server.port(), "Bert");
  bert.say("日本語のテキスト");
  REQUIRE(ann.shows("キスト"));
  check_screen(ann, 20, 5, R"(
 lobby     [1 lobby]
HH:MM <Bert> 日本語
  のテキスト
 Ann · /help
▏
)");
  bert.say("Zoe\u0308, e\u0301te\u0301 and brûlée");
  REQUIRE(ann.shows("brûlée"));
  check_screen(ann, 20, 5, R"(
 lobby     [1 lobby]
HH:MM <Bert> Zoë,
  été and brûlée
 Ann · /help
▏
)");
  bert.say("👏👏 👍🏽 👩‍👩‍👧‍👦 🇩🇪🇫🇷 ❤️ done");
  REQUIRE(ann.shows("done"));
  check_screen(ann, 20, 5, R"(
 lobby     [1 lobby]
  👍🏽 👩👩👧👦 🇩🇪🇫🇷
  ❤️ done
 Ann · /help
▏
)");
  bert.say("at https://x.org/abc");
  REQUIRE(ann.shows("x.org/abc"));
  check_screen(ann, 20, 5, R"(
 lobby     [1 lobby]
HH:MM <Bert> at
  https://x.org/abc
 Ann · /help
▏
)");
}

TEST_CASE("screens: days stand between the messages") {
  ScriptedServer server;
  PtyProgram ann({"env", "TZ=UTC", client_program(), server.address(), "--nick", "Ann"}, 80, 24);
  server.welcome();
  REQUIRE(ann.shows("Welcome to scripted"));
  ann.type("/clear\r");
  REQUIRE(ann.read_until([&] { return ann.screen().find("Welcome") == std::string::npos; }));
  say_on_three_days(server);
  REQUIRE(ann.shows("m5"));
  check_screens(ann, {.usual = R"(
 lobby · 1 person · 127.0.0.1:PORT#                                    [1 lobby]
── Tuesday, 29 December 2026 ──                             │ 1 person
HH:MM <Bert> m1                                             │ Ann
HH:MM <Bert> m2                                             │
── Wednesday, 30 December 2026 ──                           │
HH:MM <Bert> m3                                             │
HH:MM <Bert> m4                                             │
── Thursday, 31 December 2026 ──                            │
HH:MM <Bert> m5                                             │
                                                            │
⋮ 12 more of it
 Ann · /help explains the commands
▏
)",
                      .large = R"(
 lobby · 1 person · 127.0.0.1:PORT#
1 lobby          │ ── Tuesday, 29 December 2026 ──                                                  │ 1 person
                 │ HH:MM <Bert> m1                                                                  │ Ann
                 │ HH:MM <Bert> m2                                                                  │
                 │ ── Wednesday, 30 December 2026 ──                                                │
                 │ HH:MM <Bert> m3                                                                  │
                 │ HH:MM <Bert> m4                                                                  │
                 │ ── Thursday, 31 December 2026 ──                                                 │
                 │ HH:MM <Bert> m5                                                                  │
                 │                                                                                  │
⋮ 28 more of it
 Ann · /help explains the commands
▏
)",
                      .small = R"(
 lobby     [1 lobby]
── 31 Dec ──
HH:MM <Bert> m5
 Ann · /help
▏
)"});
}

TEST_CASE("screens: further up, new messages are counted and move nothing") {
  auto [server, ann] = ChatWithAnn(80, 24);
  Visitor bert(server.port(), "Bert");
  for (int i = 1; i <= 100; ++i)
    bert.say("message " + std::to_string(i));
  REQUIRE(ann.shows("message 100"));
  ann.type("\033[5~");
  REQUIRE(ann.shows("PgDn scrolls down"));
  bert.say("too late");
  REQUIRE(ann.shows("1 new below"));
  check_screens(ann, {.usual = R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM <Bert> message 60                                     │ 2 people
HH:MM <Bert> message 61                                     │ Ann
HH:MM <Bert> message 62                                     │ Bert
HH:MM <Bert> message 63                                     │
HH:MM <Bert> message 64                                     │
HH:MM <Bert> message 65                                     │
HH:MM <Bert> message 66                                     │
HH:MM <Bert> message 67                                     │
HH:MM <Bert> message 68                                     │
HH:MM <Bert> message 69                                     │
HH:MM <Bert> message 70                                     │
HH:MM <Bert> message 71                                     │
HH:MM <Bert> message 72                                     │
HH:MM <Bert> message 73                                     │
HH:MM <Bert> message 74                                     │
HH:MM <Bert> message 75                                     │
HH:MM <Bert> message 76                                     │
HH:MM <Bert> message 77                                     │
HH:MM <Bert> message 78                                     │
HH:MM <Bert> message 79                                     │
HH:MM <Bert> message 80                                     │
 1 new below · PgDn scrolls down · Esc goes back to now
▏
)",
                      .large = R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM <Bert> message 60                                                          │ 2 people
                 │ HH:MM <Bert> message 61                                                          │ Ann
                 │ HH:MM <Bert> message 62                                                          │ Bert
                 │ HH:MM <Bert> message 63                                                          │
                 │ HH:MM <Bert> message 64                                                          │
                 │ HH:MM <Bert> message 65                                                          │
                 │ HH:MM <Bert> message 66                                                          │
                 │ HH:MM <Bert> message 67                                                          │
                 │ HH:MM <Bert> message 68                                                          │
                 │ HH:MM <Bert> message 69                                                          │
                 │ HH:MM <Bert> message 70                                                          │
                 │ HH:MM <Bert> message 71                                                          │
                 │ HH:MM <Bert> message 72                                                          │
                 │ HH:MM <Bert> message 73                                                          │
                 │ HH:MM <Bert> message 74                                                          │
                 │ HH:MM <Bert> message 75                                                          │
                 │ HH:MM <Bert> message 76                                                          │
                 │ HH:MM <Bert> message 77                                                          │
                 │ HH:MM <Bert> message 78                                                          │
                 │ HH:MM <Bert> message 79                                                          │
                 │ HH:MM <Bert> message 80                                                          │
                 │ HH:MM <Bert> message 81                                                          │
                 │ HH:MM <Bert> message 82                                                          │
                 │ HH:MM <Bert> message 83                                                          │
                 │ HH:MM <Bert> message 84                                                          │
                 │ HH:MM <Bert> message 85                                                          │
                 │ HH:MM <Bert> message 86                                                          │
                 │ HH:MM <Bert> message 87                                                          │
                 │ HH:MM <Bert> message 88                                                          │
                 │ HH:MM <Bert> message 89                                                          │
                 │ HH:MM <Bert> message 90                                                          │
                 │ HH:MM <Bert> message 91                                                          │
                 │ HH:MM <Bert> message 92                                                          │
                 │ HH:MM <Bert> message 93                                                          │
                 │ HH:MM <Bert> message 94                                                          │
                 │ HH:MM <Bert> message 95                                                          │
                 │ HH:MM <Bert> message 96                                                          │
 1 new below · PgDn scrolls down · Esc goes back to now
▏
)",
                      .small = R"(
 lobby     [1 lobby]
HH:MM <Bert> message
  60
 1 new · PgDn · Esc
▏
)"});
}
