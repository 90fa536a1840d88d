#include "bench/load/sender_turns.hpp"

#include <doctest/doctest.h>

using namespace chat::bench;

TEST_CASE("senders take turns as long as their windows are open") {
  SenderTurns turns(2, 2);
  for (const ClientIndex sender : {0U, 1U, 0U, 1U}) {
    CHECK(turns.next() == sender);
    turns.said(sender);
  }
  CHECK(turns.said() == 4);
  CHECK_FALSE(turns.next().has_value());
  turns.acknowledged(1);
  CHECK(turns.next() == 1);
}

TEST_CASE("what one may say is what the window leaves, and nothing for who does not talk") {
  SenderTurns turns(1, 3);
  CHECK(turns.may_say(0) == 3);
  turns.said(0);
  CHECK(turns.may_say(0) == 2);
  for (int more = 0; more < 3; ++more)
    turns.said(0);
  CHECK(turns.may_say(0) == 0);
  CHECK(turns.may_say(1) == 0);
}
