// How people are there, as others see it.

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "tests/client/end_to_end.hpp"

using namespace chat::test;

TEST_CASE("others see that somebody types, until it is said, and after a while by itself") {
  ChatWithAnn chat;
  PtyProgram lisa = client_of(chat.server, "Lisa");
  REQUIRE(lisa.shows("→ Lisa joined"));
  REQUIRE(chat.ann.shows("→ Lisa joined"));
  lisa.type("hel");
  const std::string_view typing = R"(
 lobby · 2 people · 127.0.0.1:PORT#                 [1 lobby]
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
