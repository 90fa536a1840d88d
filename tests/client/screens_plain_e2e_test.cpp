// The client without a screen, as it looks in a terminal.

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "tests/client/end_to_end.hpp"
#include "tests/client/screens.hpp"
#include "tests/client/visitor.hpp"

using namespace chat::test;

namespace {

// A chat of Ann's in lines, in a terminal of this size. The terminal echoes what she types, so
// everything is waited for before the next thing is done.
struct PlainChat {
  PlainChat(int columns, int rows)
      : ann({client_program(), server.address(), "--nick", "Ann", "--plain"}, columns, rows) {
    REQUIRE(tells("→ Ann joined"));
    Visitor lisa(server.port(), "Lisa");
    REQUIRE(tells("→ Lisa joined"));
    ann.type("good morning\r");
    REQUIRE(tells("Ann: good morning"));
    lisa.say("Ann, is there tea?");
    REQUIRE(tells("tea?"));
    ann.type("/join tea\r");
    REQUIRE(tells("in tea now."));
    lisa.say("or lemon?");
    REQUIRE(tells("lemon?"));
    lisa.whisper("Ann", "psst");
    REQUIRE(tells("psst"));
    lisa.leave_chat();
    REQUIRE(tells("← Lisa has left the chat"));
    ann.type("half a li");
    REQUIRE(tells("half a li"));
  }

  // Whether this comes to stand in the terminal, in one row or more.
  bool tells(std::string_view part) {
    return ann.read_until([&] {
      std::string rows = ann.screen();
      std::erase(rows, '\n');
      return rows.find(part) != std::string::npos;
    });
  }

  ServerProcess server;
  PtyProgram ann;
};

}  // namespace

TEST_CASE("screens: a plain client in a large terminal") {
  PlainChat large(120, 40);
  check_screen(large.ann, 120, 40, R"(
This server keeps nothing: what is said is gone when it ends.
You are in lobby now.
Welcome to edgechat 0.1.0, Ann. See /help.
→ Ann joined
→ Lisa joined
good morning
Ann: good morning
Lisa: Ann, is there tea?
/join tea
You are in tea now.
→ Ann joined
[lobby] Lisa: or lemon?
[@Lisa] Lisa: psst
[lobby] ← Lisa left the chat
[@Lisa] ← Lisa has left the chat
half a li▏

⋮ 23 more of it
)");
}

TEST_CASE("screens: a plain client in a usual terminal") {
  PlainChat usual(80, 24);
  check_screen(usual.ann, 80, 24, R"(
This server keeps nothing: what is said is gone when it ends.
You are in lobby now.
Welcome to edgechat 0.1.0, Ann. See /help.
→ Ann joined
→ Lisa joined
good morning
Ann: good morning
Lisa: Ann, is there tea?
/join tea
You are in tea now.
→ Ann joined
[lobby] Lisa: or lemon?
[@Lisa] Lisa: psst
[lobby] ← Lisa left the chat
[@Lisa] ← Lisa has left the chat
half a li▏

⋮ 7 more of it
)");
}

TEST_CASE("screens: a plain client in a small terminal") {
  PlainChat small(20, 5);
  check_screen(small.ann, 20, 5, R"(
[lobby] ← Lisa left
the chat
[@Lisa] ← Lisa has l
eft the chat
half a li▏
)");
}
