// What stands out, and in which colours: whole screens, and how their parts look.

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/client/end_to_end.hpp"
#include "tests/client/screens.hpp"
#include "tests/client/visitor.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;

namespace {

// A terminal that is as xterm but for its colours, described in this folder.
void describe_terminal_with_16_colours(const std::filesystem::path& folder) {
  const auto source = folder / "source";
  std::ofstream(source) << "xterm-16color|xterm with 16 colours,\n"
                           "\tcolors#16, pairs#256, use=xterm-256color,\n";
  Process compiler({"tic", "-o", folder.string(), source.string()});
  REQUIRE(compiler.wait_for_exit() == 0);
}

PtyProgram client_with(const std::vector<std::string>& environment, const ServerProcess& server) {
  std::vector<std::string> arguments{"env"};
  arguments.insert(arguments.end(), environment.begin(), environment.end());
  arguments.insert(arguments.end(), {client_program(), server.address(), "--nick", "Ann"});
  return PtyProgram(arguments, 80, 24);
}

}  // namespace

TEST_CASE("screens: messages with one's own words stand out") {
  auto [server, ann] = ChatWithAnn(80, 24);
  ann.type("/set highlight-words deploy\r");
  REQUIRE(ann.shows("highlight-words = [\"deploy\"]"));
  Visitor bert(server.port(), "Bert");
  bert.say("no, who does it?");
  bert.say("Deploy at noon");
  REQUIRE(ann.shows("<Bert> Deploy at noon"));
  const auto stands_out = [&] {
    const auto name = ann.look_of("Bert> Dep");
    const auto text = ann.look_of("Deploy");
    return name && name->is_reversed && text && text->is_bold && text->has_own_colour;
  };
  CHECK(stands_out());
  CHECK_FALSE(ann.look_of("no, who")->is_bold);
  CHECK_FALSE(ann.look_of("no, who")->has_own_colour);
  CHECK_FALSE(ann.look_of("Bert> no")->is_reversed);
  check_screen(ann, 120, 40, R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 2 people
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM highlight-words = ["deploy"]                                               │ Bert
                 │ HH:MM → Bert joined                                                              │
                 │ HH:MM <Bert> no, who does it?                                                    │
                 │ HH:MM <Bert> Deploy at noon                                                      │
                 │                                                                                  │
⋮ 30 more of it
 Ann · /help explains the commands
▏
)");
  CHECK(stands_out());
  check_screen(ann, 20, 5, R"(
 lobby     [1 lobby]
HH:MM <Bert> Deploy
  at noon
 Ann · /help
▏
)");
  CHECK(stands_out());
  check_screen(ann, 80, 24, R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 2 people
HH:MM → Ann joined                                          │ Ann
HH:MM highlight-words = ["deploy"]                          │ Bert
HH:MM → Bert joined                                         │
HH:MM <Bert> no, who does it?                               │
HH:MM <Bert> Deploy at noon                                 │
                                                            │
⋮ 14 more of it
 Ann · /help explains the commands
▏
)");
  CHECK(stands_out());
}

TEST_CASE("screens: a terminal with 16 colours") {
  const TemporaryFolder folder;
  describe_terminal_with_16_colours(folder.path());
  const ServerProcess server;
  PtyProgram ann =
      client_with({"TERM=xterm-16color", "TERMINFO=" + folder.path().string()}, server);
  REQUIRE(ann.shows("→ Ann joined"));
  Visitor bert(server.port(), "Bert");
  bert.say("see https://x.org");
  bert.say("Ann?");
  REQUIRE(ann.shows("<Bert> Ann?"));
  constexpr int kColours = 16;
  const auto name = ann.look_of("Bert> see");
  REQUIRE(name);
  CHECK(name->has_own_colour);
  CHECK(name->colour < kColours);
  const auto is_coloured = [&] {
    const auto mention = ann.look_of("Ann?");
    const auto person = ann.look_of("Bert> Ann?");
    return ann.look_of("https://x.org")->is_underlined && mention && mention->is_bold &&
           mention->has_own_colour && mention->colour < kColours && person && person->is_reversed;
  };
  check_screen(ann, 120, 40, R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 2 people
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM → Bert joined                                                              │ Bert
                 │ HH:MM <Bert> see https://x.org                                                   │
                 │ HH:MM <Bert> Ann?                                                                │
                 │                                                                                  │
⋮ 31 more of it
 Ann · /help explains the commands
▏
)");
  CHECK(is_coloured());
  check_screen(ann, 20, 5, R"(
 lobby     [1 lobby]
  https://x.org
HH:MM <Bert> Ann?
 Ann · /help
▏
)");
  CHECK(is_coloured());
  check_screen(ann, 80, 24, R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 2 people
HH:MM → Ann joined                                          │ Ann
HH:MM → Bert joined                                         │ Bert
HH:MM <Bert> see https://x.org                              │
HH:MM <Bert> Ann?                                           │
                                                            │
⋮ 15 more of it
 Ann · /help explains the commands
▏
)");
  CHECK(is_coloured());
}

TEST_CASE("screens: a terminal without colours") {
  const ServerProcess server;
  PtyProgram ann = client_with({"TERM=xterm-mono"}, server);
  REQUIRE(ann.shows("→ Ann joined"));
  Visitor bert(server.port(), "Bert");
  bert.say("see https://x.org");
  bert.say("Ann?");
  REQUIRE(ann.shows("<Bert> Ann?"));
  CHECK_FALSE(ann.look_of("Bert> see")->has_own_colour);
  CHECK_FALSE(ann.look_of("→ Bert joined")->has_own_colour);
  const auto stands_out = [&] {
    const auto mention = ann.look_of("Ann?");
    const auto person = ann.look_of("Bert> Ann?");
    return ann.look_of("https://x.org")->is_underlined && mention && mention->is_bold &&
           !mention->has_own_colour && person && person->is_reversed && !person->has_own_colour;
  };
  check_screen(ann, 120, 40, R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM Welcome to edgechat 0.1.0, Ann. See /help.                                 │ 2 people
                 │ HH:MM → Ann joined                                                               │ Ann
                 │ HH:MM → Bert joined                                                              │ Bert
                 │ HH:MM <Bert> see https://x.org                                                   │
                 │ HH:MM <Bert> Ann?                                                                │
                 │                                                                                  │
⋮ 31 more of it
 Ann · /help explains the commands
▏
)");
  CHECK(stands_out());
  check_screen(ann, 20, 5, R"(
 lobby     [1 lobby]
  https://x.org
HH:MM <Bert> Ann?
 Ann · /help
▏
)");
  CHECK(stands_out());
  check_screen(ann, 80, 24, R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann. See /help.            │ 2 people
HH:MM → Ann joined                                          │ Ann
HH:MM → Bert joined                                         │ Bert
HH:MM <Bert> see https://x.org                              │
HH:MM <Bert> Ann?                                           │
                                                            │
⋮ 15 more of it
 Ann · /help explains the commands
▏
)");
  CHECK(stands_out());
}

TEST_CASE("names keep their colours at all sizes, and have none with NO_COLOR") {
  struct Look {
    const char* no_color;
    bool has_colour;
  };
  for (const auto& [no_color, has_colour] : {Look{"", true}, Look{"1", false}}) {
    CAPTURE(no_color);
    const ServerProcess server;
    PtyProgram ann({"env", std::string("NO_COLOR=") + no_color, client_program(), server.address(),
                    "--nick", "Ann"},
                   80, 24);
    REQUIRE(ann.shows("→ Ann joined"));
    Visitor bert(server.port(), "Bert");
    bert.say("Ann?");
    bert.say("yes");
    REQUIRE(ann.shows("<Bert> yes"));
    const auto name = ann.look_of("Bert> yes");
    const auto mention = ann.look_of("Ann?");
    REQUIRE(name);
    CHECK(name->has_own_colour == has_colour);
    REQUIRE(mention);
    CHECK(mention->is_bold);
    CHECK(mention->has_own_colour == has_colour);
    CHECK(ann.look_of("Bert> Ann?")->is_reversed);
    for (const auto& [columns, rows] : {std::pair(120, 40), std::pair(20, 5)}) {
      ann.resize(columns, rows);
      CHECK(ann.read_until(
          [&] { return ann.look_of("Bert> yes") == name && ann.look_of("Ann?") == mention; }));
    }
  }
}
