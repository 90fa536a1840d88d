// Settings as people have them: in a file, from one client to the next.

#include <doctest/doctest.h>

#include <fstream>
#include <string>

#include "tests/client/configured.hpp"
#include "tests/client/end_to_end.hpp"
#include "tests/support/process.hpp"

using namespace chat::test;

namespace {

void quit(PtyProgram& program) {
  program.type("/quit\r");
  CHECK(program.wait_for_exit() == 0);
}

}  // namespace

TEST_CASE("a first start asks for the nickname and nothing else; later ones do not ask") {
  const Configured ann;
  {
    PtyProgram first = ann.client({ann.server.address()}, 60, 6);
    REQUIRE(first.shows("Which nickname do you want?"));
    REQUIRE(first.shows("Enter a nickname, or /quit"));
    first.type("Ann\r");
    REQUIRE(first.shows("You are Ann the next time, too;"));
    quit(first);
  }
  PtyProgram next = ann.client({ann.server.address()});
  CHECK(next.shows("Welcome to edgechat 0.1.0, Ann."));
}

TEST_CASE("without a screen an empty line takes the nickname that is offered, too") {
  const Configured ann;
  PtyProgram first = ann.client({ann.server.address(), "--plain"});
  REQUIRE(first.shows("Which nickname do you want? Enter alone takes "));
  CHECK(first.screen().find("takes .") == std::string::npos);
  first.type("\r");
  CHECK(first.shows("the next time, too;"));
}

TEST_CASE("a server is reached by its name, with its nickname and rooms") {
  const Configured ann;
  ann.write("nick = \"Ann\"\nserver = \"work\"\n[servers.work]\naddress = \"" +
            ann.server.address() + "\"\nnick = \"builder\"\nrooms = [\"ci\"]\n");
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"work"}, std::vector<std::string>{}}) {
    PtyProgram program = ann.client(arguments);
    CHECK(program.shows("Welcome to edgechat 0.1.0, builder."));
    CHECK(program.shows("2 ci"));
    quit(program);
  }
  PtyProgram other = ann.client({"work", "--nick", "Lisa"});
  CHECK(other.shows("Welcome to edgechat 0.1.0, Lisa."));
}

TEST_CASE("what is set works at once and in the next client, and comments stay") {
  const Configured ann;
  ann.write("# mine\nnick = \"Ann\" # me\n");
  {
    PtyProgram first = ann.client({ann.server.address()});
    REQUIRE(first.shows("→ Ann joined"));
    first.type("/set highlight-words deploy\r");
    REQUIRE(first.shows("highlight-words = [\"deploy\"]"));
    first.type("/bind F5 kill-to-start\r");
    REQUIRE(first.shows("keys.F5 = \"kill-to-start\""));
    first.type("some words");
    REQUIRE(first.shows("\nsome words\n"));
    first.type(
        "\033[15~"
        "others");
    CHECK(first.shows("\nothers\n"));
    first.type("\x15");
    quit(first);
  }
  std::ifstream file(ann.file());
  CHECK(std::string(std::istreambuf_iterator<char>(file), {}) ==
        "# mine\nnick = \"Ann\" # me\nhighlight-words = [\"deploy\"]\n\n[keys]\nF5 = "
        "\"kill-to-start\"\n");
  PtyProgram next = ann.client({ann.server.address()});
  REQUIRE(next.shows("→ Ann joined"));
  next.type("/set highlight-words\r");
  CHECK(next.shows("highlight-words = [\"deploy\"]"));
  next.type("some words");
  REQUIRE(next.shows("\nsome words\n"));
  next.type(
      "\033[15~"
      "others");
  CHECK(next.shows("\nothers\n"));
}

TEST_CASE("colours are those of the configuration") {
  const Configured ann;
  ann.write("nick = \"Ann\"\n[colours]\nevent = 201\n");
  PtyProgram program = ann.client({ann.server.address()});
  REQUIRE(program.shows("→ Ann joined"));
  CHECK(program.look_of("→ Ann joined")->colour == 201);
  program.type("/set colours.event red\r");
  CHECK(program.read_until([&] {
    const auto look = program.look_of("→ Ann joined");
    return look && look->colour == 1;
  }));
}

TEST_CASE("a configuration with a mistake is one sentence and 2") {
  const Configured ann;
  ann.write("nick = \"Ann\"\nbel = true\n");
  PtyProgram program = ann.client({ann.server.address()}, 200, 4);
  CHECK(program.wait_for_exit() == 2);
  CHECK(program.screen().starts_with("chat-client: " + ann.file().string() +
                                     ":2: bel: There is no such setting.\n"));
  PtyProgram none = ann.client({"--config", "/no/such/file"}, 80, 4);
  CHECK(none.wait_for_exit() == 2);
  CHECK(none.screen().starts_with("chat-client: There is no file /no/such/file.\n"));
}

TEST_CASE("the mouse is taken at the start when it is set, and left when that changes") {
  const Configured ann;
  ann.write("nick = \"Ann\"\nmouse = true\n");
  PtyProgram program = ann.client({ann.server.address()}, 60);
  REQUIRE(program.shows("→ Ann joined"));
  program.type("/join garden\r");
  REQUIRE(program.shows("[2 garden]"));
  const int lobby = 60 - static_cast<int>(std::string_view(" 1 lobby [2 garden]").size()) + 3;
  const auto click = [&](int column) {
    const std::string at = "\x1B[<0;" + std::to_string(column) + ";1";
    program.type(at + "M" + at + "m");
  };
  click(lobby);
  REQUIRE(program.shows("[1 lobby]"));
  program.type("/set mouse false\r");
  REQUIRE(program.shows("mouse = false"));
  click(lobby + 10);
  program.type("still there");
  REQUIRE(program.shows("still there"));
  CHECK(program.shows("[1 lobby]"));
}
