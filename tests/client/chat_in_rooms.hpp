// A chat with news in several rooms, of real programs.
#pragma once

#include <doctest/doctest.h>

#include "tests/client/end_to_end.hpp"
#include "tests/client/visitor.hpp"

namespace chat::test {

// Ann has the lobby in front, at 80x24. In the garden somebody has mentioned her since she was
// there, tea has two new messages, and there is a whisper.
struct ChatInRooms {
  ChatInRooms() : chat(80, 24), ann(chat.ann), lisa(chat.server.port(), "Lisa") {
    REQUIRE(ann.shows("→ Lisa joined"));
    ann.type("/join garden\r");
    REQUIRE(ann.shows("[2 garden]"));
    ann.type("/join tea\r");
    REQUIRE(ann.shows("[3 tea]"));
    ann.type("\0331");
    REQUIRE(ann.shows("[1 lobby]"));
    lisa.say("good morning");
    const auto tea = lisa.enter("tea");
    lisa.say_in(tea, "milk?");
    lisa.say_in(tea, "or lemon?");
    lisa.say_in(lisa.enter("garden"), "Ann, who has watered the roses?");
    lisa.whisper("Ann", "psst");
    REQUIRE(ann.shows("4 @Lisa +1"));
  }

  ChatWithAnn chat;
  PtyProgram& ann;
  Visitor lisa;
};

}  // namespace chat::test
