// How people are there, as others see it.

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "tests/client/end_to_end.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;
using chat::test::TemporaryFolder;

TEST_CASE("others see that somebody types, until it is said, and after a while by itself") {
  ChatWithAnn chat;
  PtyProgram lisa = client_of(chat.server, "Lisa");
  REQUIRE(lisa.shows("→ Lisa joined"));
  REQUIRE(chat.ann.shows("→ Lisa joined"));
  lisa.type("hel");
  const std::string_view typing = R"(
 lobby · 2 people · keeps nothing                  [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann.   │ 2 people
      See /help.                        │ Ann
HH:MM → Ann joined                      │ Lisa
HH:MM → Lisa joined                     │
                                        │
                                        │
                                        │
                                        │
                                        │
 Ann · Lisa is typing…

)";
  CHECK(picture_like(chat.ann, typing) == typing);
  SUBCASE("said") {
    lisa.type("lo\r");
    REQUIRE(chat.ann.shows("<Lisa> hello"));
  }
  SUBCASE("left alone") {}
  CHECK(chat.ann.shows(" Ann · /help explains the commands"));
}

TEST_CASE("others see who is away, and are told why when they whisper") {
  ChatWithAnn chat;
  PtyProgram lisa = client_of(chat.server, "Lisa");
  REQUIRE(lisa.shows("→ Lisa joined"));
  REQUIRE(chat.ann.shows("→ Lisa joined"));
  chat.ann.type("/away lunch\r");
  REQUIRE(chat.ann.shows(" Ann (away) · /back says that you are here again"));
  REQUIRE(lisa.shows("│ Ann (away)"));
  lisa.type("/msg Ann psst\r");
  const std::string_view whispering = R"(
 lobby · 2 people · keeps nothing          [1 lobby] 2 @Ann
HH:MM Welcome to edgechat 0.1.0, Lisa.  │ 2 people
      See /help.                        │ Ann (away)
HH:MM → Lisa joined                     │ Lisa
HH:MM Ann is away: lunch                │
                                        │
                                        │
                                        │
                                        │
                                        │
 Lisa · /help explains the commands

)";
  CHECK(picture_like(lisa, whispering) == whispering);
  chat.ann.type("/back\r");
  CHECK(chat.ann.shows(" Ann · /help explains the commands"));
  lisa.type(
      "\x1B"
      "2");
  CHECK(lisa.shows("Ann is no longer away"));
  CHECK(lisa.read_until([&] { return lisa.screen().find("(away)") == std::string::npos; }));
}

TEST_CASE("what was not sent stays where it was said, and a key sends it again") {
  const TemporaryFolder state;
  ServerProcess server({"--durability", "process"});
  PtyProgram ann = client_of(server, "Ann", 80, 10);
  REQUIRE(ann.shows("→ Ann joined"));
  {
    PtyProgram lisa = client_at(server.address(), "Lisa", 60, 12, state.path());
    REQUIRE(ann.shows("→ Lisa joined"));
    ann.type("/query Lisa one\r");
    REQUIRE(lisa.shows("2 @Ann +1"));
    lisa.type("/quit\r");
    REQUIRE(lisa.wait_for_exit() == 0);
  }
  REQUIRE(ann.shows("← Lisa has left the chat"));
  ann.type("two\r");
  REQUIRE(ann.shows("<Ann> two (not sent: "));
  CHECK(ann.shows(" Ann · Not sent · Alt-R sends it again"));
  PtyProgram lisa = client_at(server.address(), "Lisa", 60, 12, state.path());
  REQUIRE(lisa.shows("→ Lisa joined"));
  ann.type(
      "\x1B"
      "r");
  CHECK(ann.shows(" Ann · /help explains the commands"));
  REQUIRE(lisa.shows("2 @Ann +2"));
  lisa.type(
      "\x1B"
      "2");
  CHECK(lisa.shows("<Ann> two"));
}
