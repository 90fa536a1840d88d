// Chats as people see them: real programs, whole screens.

#include <doctest/doctest.h>

#include <regex>
#include <string>

#include "tests/client/end_to_end.hpp"
#include "tests/support/peer.hpp"

using namespace chat::test;

namespace {

// The texts of the whispers on the screen, a letter and a digit each, one behind the other.
std::string whispers_on(const PtyProgram& program) {
  static const std::regex kWhisper("> ([a-z][0-9])\\b");
  const std::string screen = program.screen();
  std::string texts;
  for (std::sregex_iterator it(screen.begin(), screen.end(), kWhisper), end; it != end; ++it)
    texts += (*it)[1].str() + " ";
  return texts;
}

}  // namespace

TEST_CASE("three people chat; a whisper is seen by two; who leaves is seen to leave") {
  auto [server, ann] = ChatWithAnn();
  PtyProgram bert = client_of(server, "Bert");
  REQUIRE(ann.shows("→ Bert joined"));
  REQUIRE(bert.shows("→ Bert joined"));
  PtyProgram lisa = client_of(server, "Lisa");
  REQUIRE(ann.shows("→ Lisa joined"));
  REQUIRE(bert.shows("→ Lisa joined"));
  REQUIRE(lisa.shows("→ Lisa joined"));

  ann.type("hello everybody\r");
  REQUIRE(ann.shows("<Ann> hello"));
  REQUIRE(bert.shows("<Ann> hello"));
  REQUIRE(lisa.shows("<Ann> hello"));
  bert.type("@lisa psst, not for Ann\r");
  REQUIRE(bert.shows("2 @Lisa"));
  REQUIRE(lisa.shows("2 @Bert +1"));
  lisa.type("/me waves, mail is lisa@example.org\r");
  REQUIRE(ann.shows("* Lisa waves"));
  REQUIRE(bert.shows("* Lisa waves"));
  lisa.type("/nick Liz\r");
  REQUIRE(ann.shows("is now known as Liz"));
  REQUIRE(bert.shows("is now known as Liz"));
  lisa.type("bye\r");
  const std::string_view lizs = R"(
 lobby · 3 people · keeps nothing      [1 lobby] 2 @Bert +1
HH:MM Welcome to edgechat 0.1.0, Lisa.  │ 3 people
      See /help.                        │ Ann
HH:MM → Lisa joined                     │ Bert
HH:MM <Ann> hello everybody             │ Liz
HH:MM * Lisa waves, mail is             │
      lisa@example.org                  │
HH:MM You are now known as Liz          │
HH:MM <Liz> bye                         │
                                        │
 Liz · /help explains the commands

)";
  CHECK(picture_like(lisa, lizs) == lizs);
  lisa.type(
      "\x1B"
      "2");
  const std::string_view conversation = R"(
 @Bert · 127.0.0.1:PORT# · keeps nothing   1 lobby [2 @Bert]
── new ──                               │ 2 people
HH:MM <Bert> psst, not for Ann          │ Bert
                                        │ Liz
                                        │
                                        │
                                        │
                                        │
                                        │
                                        │
 Liz · /help explains the commands

)";
  CHECK(picture_like(lisa, conversation) == conversation);
  lisa.type("/quit\r");
  CHECK(lisa.wait_for_exit() == 0);

  const std::string_view anns = R"(
 lobby · 2 people · keeps nothing                  [1 lobby]
HH:MM → Ann joined                      │ 2 people
HH:MM → Bert joined                     │ Ann
HH:MM → Lisa joined                     │ Bert
HH:MM <Ann> hello everybody             │
HH:MM * Lisa waves, mail is             │
      lisa@example.org                  │
HH:MM Lisa is now known as Liz          │
HH:MM <Liz> bye                         │
HH:MM ← Liz left the chat               │
 Ann · /help explains the commands

)";
  CHECK(picture_like(ann, anns) == anns);
  const std::string_view berts = R"(
 lobby · 2 people · keeps nothing          [1 lobby] 2 @Liz
      See /help.                        │ 2 people
HH:MM → Bert joined                     │ Ann
HH:MM → Lisa joined                     │ Bert
HH:MM <Ann> hello everybody             │
HH:MM * Lisa waves, mail is             │
      lisa@example.org                  │
HH:MM Lisa is now known as Liz          │
HH:MM <Liz> bye                         │
HH:MM ← Liz left the chat               │
 Bert · /help explains the commands

)";
  CHECK(picture_like(bert, berts) == berts);
}

TEST_CASE("whispers that cross each other stand in one order at both ends, each of them once") {
  auto [server, ann] = ChatWithAnn(60, 20);
  PtyProgram bert = client_of(server, "Bert", 60, 20);
  REQUIRE(bert.shows("→ Bert joined"));
  REQUIRE(ann.shows("→ Bert joined"));
  for (const std::string number : {"1", "2", "3", "4", "5"}) {
    ann.type("@bert a" + number + "\r");
    bert.type("@ann b" + number + "\r");
  }
  ann.type(
      "\x1B"
      "2");
  bert.type(
      "\x1B"
      "2");
  constexpr std::size_t kAll = 10 * std::string_view("a1 ").size();
  for (PtyProgram* program : {&ann, &bert})
    REQUIRE(program->read_until([&] {
      return whispers_on(*program).size() == kAll &&
             program->screen().find("(pending)") == std::string::npos;
    }));
  const std::string order = whispers_on(ann);
  CHECK(whispers_on(bert) == order);
}

TEST_CASE("what arrives does not disturb what is being typed") {
  auto [server, ann] = ChatWithAnn(50, 6);
  ann.type("half a sent");
  REQUIRE(ann.shows("half a sent"));
  Peer bert = Peer::named(server.port(), "Bert");
  for (int i = 1; i <= 100; ++i)
    bert.say("line " + std::to_string(i));
  ann.type("ence");
  const std::string_view expected = R"(
 lobby · 2 people · keeps nothing        [1 lobby]
HH:MM <Bert> line 98
HH:MM <Bert> line 99
HH:MM <Bert> line 100
 Ann · /help explains the commands
half a sentence
)";
  CHECK(picture_like(ann, expected) == expected);
  CHECK(ann.cursor() == ScreenCursor{5, 15});
}

TEST_CASE("the chat scrolls back; new messages are counted and do not move it") {
  auto [server, ann] = ChatWithAnn(50, 6);
  Peer bert = Peer::named(server.port(), "Bert");
  for (int i = 1; i <= 9; ++i)
    bert.say(std::to_string(i));
  REQUIRE(ann.shows("<Bert> 9"));
  ann.type("\x1B[5~");
  REQUIRE(ann.shows("PgDn scrolls down"));
  bert.say("10");
  bert.say("11");
  const std::string_view expected = R"(
 lobby · 2 people · keeps nothing        [1 lobby]
HH:MM <Bert> 5
HH:MM <Bert> 6
HH:MM <Bert> 7
 2 new below · PgDn scrolls down

)";
  CHECK(picture_like(ann, expected) == expected);
  ann.type("\x1B");
  CHECK(ann.shows("<Bert> 11"));
}

TEST_CASE("several rooms: unread messages in the title, Alt and a number switch") {
  auto [server, ann] = ChatWithAnn(60, 6);
  ann.type("/join cpp\r");
  REQUIRE(ann.shows("[2 cpp]"));
  Peer bert = Peer::named(server.port(), "Bert");
  bert.say("hello lobby");
  const std::string_view behind = R"(
 cpp · 1 person · keeps nothing           1 lobby +1 [2 cpp]
HH:MM → Ann joined                      │ 1 person
                                        │ Ann
                                        │
 Ann · /help explains the commands

)";
  CHECK(picture_like(ann, behind) == behind);
  ann.type(
      "\x1B"
      "1");
  const std::string_view front = R"(
 lobby · 2 people · keeps nothing           [1 lobby] 2 cpp
HH:MM → Bert joined                     │ 2 people
── new ──                               │ Ann
HH:MM <Bert> hello lobby                │ Bert
 Ann · /help explains the commands

)";
  CHECK(picture_like(ann, front) == front);
  ann.type("/leave cpp\r");
  CHECK(ann.shows("You left cpp."));
}
