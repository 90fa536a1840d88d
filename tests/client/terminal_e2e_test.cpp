// What the client takes from a terminal and shows in it: keys, sizes, glyphs, hostile texts.

#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <random>
#include <string>
#include <utility>

#include "tests/client/end_to_end.hpp"
#include "tests/support/peer.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;

namespace {

// How often it has waited for something and then gone on.
long wakes_of(const PtyProgram& program) {
  std::ifstream status("/proc/" + std::to_string(program.pid()) + "/status");
  for (std::string key; status >> key;)
    if (long count; key == "voluntary_ctxt_switches:" && status >> count)
      return count;
    else
      status.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  return -1;
}

}  // namespace

TEST_CASE("a terminal that shrinks forgets what scrolled in it, and does not crash") {
  PtyProgram program(
      {"sh", "-c", "printf '\\033[10;20r'; echo begun; read line; printf '\\n\\n\\n'; echo ended"},
      80, 24);
  REQUIRE(program.shows("begun"));
  program.resize(80, 2);
  program.type("\r");
  CHECK(program.shows("ended"));
}

TEST_CASE("a client with nothing to do does not wake") {
  // Longer than between two pictures, whatever the time of day.
  constexpr milliseconds kRest{1500};
  auto [server, ann] = ChatWithAnn();
  long before = wakes_of(ann);
  REQUIRE(before >= 0);
  const Deadline patience;
  const auto rests = [&, &program = ann] {
    program.read_until([] { return false; }, Deadline(kRest));
    const long now = wakes_of(program);
    return std::exchange(before, now) == now;
  };
  bool has_rested = false;
  while (!has_rested && !patience.passed())
    has_rested = rests();
  CHECK(has_rested);
}

TEST_CASE("long and wide texts are wrapped by words and columns") {
  auto [server, ann] = ChatWithAnn(40, 10);
  Peer bert = Peer::named(server.port(), "Bert");
  bert.say("日本語のテキストは二つの列を取ります、だから途中で折り返します");
  bert.say("wörds and " + std::string(40, 'x') + " ende\u0301");
  // The Japanese text is typed, too, and takes two columns each on the way.
  ann.type("한국어");
  const std::string_view expected = R"(
 lobby · keeps nothing         [1 lobby]
HH:MM → Bert joined
HH:MM <Bert> 日本語のテキストは二つの列
      を取ります、だから途中で折り返しま
      す
HH:MM <Bert> wörds and
      xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
      xxxxxx end)"
                                    "e\u0301"
                                    R"(
 Ann · /help explains the commands
한국어
)";
  CHECK(picture_like(ann, expected) == expected);
  CHECK(ann.cursor() == ScreenCursor{9, 6});
}

TEST_CASE("texts from others cannot control the terminal") {
  auto [server, ann] = ChatWithAnn(50, 11);
  Peer mallory = Peer::named(server.port(), "Mallory");
  mallory.say("clear \x1B[2J\x1B[H home");
  mallory.say("title \x1B]0;owned\a and c1 \u009B31m");
  mallory.say("bidi \u202Egnp.exe \u2066x\u2069");
  mallory.say("line\r\nHH:MM <Ann> never said");
  mallory.say("\u0301mark \u200Bzero");
  mallory.say("bell \a shift \x0E end");
  const std::string_view expected = R"(
 lobby · 2 people · keeps nothing        [1 lobby]
HH:MM → Mallory joined
HH:MM <Mallory> clear ␛[2J␛[H home
HH:MM <Mallory> title ␛]0;owned␇ and c1 �31m
HH:MM <Mallory> bidi �gnp.exe �x�
HH:MM <Mallory> line
      HH:MM <Ann> never said
HH:MM <Mallory> )"
                                    "\u0301mark "
                                    R"(◌)"
                                    "\u200B"
                                    R"(zero
HH:MM <Mallory> bell ␇ shift ␎ end
 Ann · /help explains the commands

)";
  CHECK(picture_like(ann, expected) == expected);
  CHECK(ann.full_screen());
}

TEST_CASE("names have colours, what concerns one stands out, and addresses are underlined") {
  auto [server, ann] = ChatWithAnn(60, 10);
  Peer bert = Peer::named(server.port(), "Bert");
  bert.say("well, https://x.y/z");
  bert.say("hello Ann");
  REQUIRE(ann.shows("hello Ann"));
  const auto name = ann.look_of("Bert> well");
  REQUIRE(name);
  CHECK(name->has_own_colour);
  CHECK(name->colour >= 16);
  CHECK_FALSE(name->is_reversed);
  // In the list of people, too.
  const std::string_view row_of_list = "Bert        ";
  REQUIRE(ann.look_of(row_of_list));
  CHECK(ann.look_of(row_of_list)->colour == name->colour);
  CHECK_FALSE(ann.look_of("well, ")->has_own_colour);
  CHECK(ann.look_of("https://x.y/z")->is_underlined);
  CHECK_FALSE(ann.look_of("well, ")->is_underlined);
  CHECK(ann.look_of("Bert> hello")->is_reversed);
  CHECK(ann.look_of("hello Ann")->is_bold);
}

// What a terminal sends for a button at a place of the screen, counted from 0 (xterm: "SGR").
std::string pressed(int button, int row, int column) {
  const std::string event = "\x1B[<" + std::to_string(button) + ";" + std::to_string(column + 1) +
                            ";" + std::to_string(row + 1);
  return event + "M" + event + "m";
}

TEST_CASE("with the mouse one scrolls, goes to rooms and whispers, once it is taken") {
  constexpr int kLeft = 0;
  constexpr int kWheelUp = 64;
  constexpr int kWheelDown = 65;
  auto [server, ann] = ChatWithAnn(60, 10);
  Peer bert = Peer::named(server.port(), "Bert");
  for (int i = 0; i < 20; ++i)
    bert.say("line " + std::to_string(i));
  REQUIRE(ann.shows("line 19"));
  ann.type("/join garden\r");
  REQUIRE(ann.shows("[2 garden]"));
  ann.type("\x1BOS");  // F4
  REQUIRE(ann.shows("The mouse scrolls"));
  const int tab = 60 - static_cast<int>(std::string_view(" 1 lobby [2 garden]").size()) + 3;
  ann.type(pressed(kLeft, 0, tab));
  REQUIRE(ann.shows("[1 lobby]"));
  ann.type(pressed(kWheelUp, 3, 3));
  CHECK(ann.read_until([&] { return ann.screen().find("line 19") == std::string::npos; }));
  ann.type(pressed(kWheelDown, 3, 3));
  CHECK(ann.shows("line 19"));
  ann.type(pressed(kLeft, 3, 45));
  CHECK(ann.shows("/whisper Bert"));
  ann.type("\x1BOS");
  CHECK(ann.shows("The mouse is the terminal's again."));
}

TEST_CASE("with NO_COLOR there is no colour") {
  ::setenv("NO_COLOR", "1", 1);
  auto [server, ann] = ChatWithAnn(60, 10);
  ::unsetenv("NO_COLOR");
  Peer bert = Peer::named(server.port(), "Bert");
  bert.say("well, https://x.y/z");
  REQUIRE(ann.shows("https://x.y/z"));
  CHECK_FALSE(ann.look_of("Bert> well")->has_own_colour);
  CHECK_FALSE(ann.look_of("→ Bert joined")->has_own_colour);
  CHECK(ann.look_of("https://x.y/z")->is_underlined);
}

TEST_CASE("with 16 colours, 8 or none those are used that can be read on any background") {
  const TemporaryFolder folder;
  // Debian has none with 16 in its base.
  const auto source = folder.path() / "sixteen.ti";
  std::ofstream(source) << "sixteen|like xterm with 16 colours,\n"
                           "\tcolors#16, pairs#256,\n"
                           "\tsetaf=\\E[%?%p1%{8}%<%t%p1%{30}%+%e%p1%{82}%+%;%dm,\n"
                           "\tsetab=\\E[%?%p1%{8}%<%t%p1%{40}%+%e%p1%{92}%+%;%dm,\n"
                           "\tuse=xterm,\n";
  Process compiler({"tic", "-x", "-o", folder.path().string(), source.string()});
  REQUIRE(compiler.wait_for_exit() == 0);
  struct Looks {
    const char* terminal;
    int event;  // its colour; -1: the terminal's own
  };
  for (const auto& [terminal, event] :
       {Looks{"sixteen", 12}, Looks{"xterm", 5}, Looks{"vt100", -1}}) {
    CAPTURE(terminal);
    const ServerProcess server;
    PtyProgram ann(
        {"env", std::string("TERM=") + terminal,
         "TERMINFO_DIRS=" + folder.path().string() + ":/lib/terminfo:/usr/share/terminfo",
         client_program(), server.address(), "--nick", "Ann"},
        60, 10);
    REQUIRE(ann.shows("→ Ann joined"));
    Peer bert = Peer::named(server.port(), "Bert");
    bert.say("Ann?");
    REQUIRE(ann.shows("<Bert> Ann?"));
    REQUIRE(ann.look_of("→ Bert joined"));
    CHECK(ann.look_of("→ Bert joined")->has_own_colour == (event >= 0));
    if (event >= 0)
      CHECK(ann.look_of("→ Bert joined")->colour == event);
    REQUIRE(ann.look_of("Ann?"));
    CHECK(ann.look_of("Ann?")->is_bold);
  }
}

TEST_CASE("the keys of line editing, as terminals send them") {
  auto [server, ann] = ChatWithAnn(50, 8);
  struct Edit {
    std::string_view keys;
    std::string_view line;
    int cursor;
  };
  constexpr std::array kEdits = {
      Edit{"one two three", "one two three", 13},
      Edit{"\x1B[D\x1B[D\x7F", "one two thee", 10},  // Left, Backspace
      Edit{"\x1BOC\x1BOCs", "one two thees", 13},    // Right, application mode
      Edit{"\x1B[1;5D", "one two thees", 8},         // Ctrl-Left
      Edit{"\x1B"
           "b",
           "one two thees", 4},            // Alt-B
      Edit{"\x1B[3~", "one wo thees", 4},  // Delete
      Edit{"\x1B"
           "f\x1B[1;5C",
           "one wo thees", 12},                     // Alt-F, Ctrl-Right
      Edit{"\x17", "one wo ", 7},                   // Ctrl-W
      Edit{"\x1B[H", "one wo ", 0},                 // Home
      Edit{"\x1B[F!", "one wo !", 8},               // End
      Edit{"\x01\x04", "ne wo !", 0},               // Ctrl-A, Ctrl-D
      Edit{"\x05\x1B[1;5D\x0B", "ne wo ", 6},       // Ctrl-E, Ctrl-K
      Edit{"e\u0301日\x7F", "ne wo e\u0301", 7},    // a cluster goes as one
      Edit{"\x1B[99;99~\xFF", "ne wo e\u0301", 7},  // no key, no character
      Edit{"\x15", "", 0},                          // Ctrl-U
      Edit{"/he\t", "/help", 6},                    // Tab
      Edit{"\x15\x1BO0"
           "12",
           "12", 2},  // a single shift is no sequence
  };
  for (const auto& [keys, line, column] : kEdits) {
    CAPTURE(line);
    ann.type(keys);
    // The emulator does not tell blanks at the end from no text.
    const auto shown = line.substr(0, line.find_last_not_of(' ') + 1);
    const auto last_row = [&] {
      const std::string screen = ann.screen();
      return screen.substr(screen.rfind('\n', screen.size() - 2) + 1);
    };
    const std::string expected = std::string(shown) + "\n";
    ann.read_until(
        [&] { return ann.cursor() == ScreenCursor{7, column} && last_row() == expected; });
    CHECK(last_row() == expected);
    CHECK(ann.cursor() == ScreenCursor{7, column});
  }
}

TEST_CASE("Up brings the last line back, in both modes of the cursor keys") {
  auto [server, ann] = ChatWithAnn(50, 8);
  ann.type("first\rsecond\r");
  REQUIRE(ann.shows("<Ann> second"));
  ann.type("\x1B[A\x1BOA");
  REQUIRE(ann.shows("\nfirst\n"));
  ann.type("\x1B[B!");
  CHECK(ann.shows("\nsecond!\n"));
}

TEST_CASE("any size at any moment") {
  auto [server, ann] = ChatWithAnn(60, 8);
  Peer bert = Peer::named(server.port(), "Bert");
  ann.type("typed before");
  for (int i = 0; i < 60; ++i) {
    ann.resize(1 + (i * 37) % 130, 1 + (i * 11) % 40);
    if (i % 5 == 0)
      bert.say("日本語 while the window changes " + std::to_string(i));
    ann.read_until([] { return false; }, Deadline(milliseconds(i % 4)));
  }
  ann.resize(1, 1);
  REQUIRE(ann.read_until([&] { return ann.screen() == "e\n"; }));
  bert.say("in the dark");
  ann.type("!");
  REQUIRE(ann.read_until([&] { return ann.screen() == "!\n"; }));
  ann.resize(60, 6);
  const std::string_view expected = R"(
 lobby · 2 people · keeps nothing                  [1 lobby]
HH:MM <Bert> 日本語 while the window    │ 2 people
      changes 55                        │ Ann
HH:MM <Bert> in the dark                │ Bert
 Ann · /help explains the commands
typed before!
)";
  CHECK(picture_like(ann, expected) == expected);
}

TEST_CASE("no input breaks the client") {
  auto [server, ann] = ChatWithAnn(60, 8);
  std::mt19937 random(1);
  const std::string_view quitting = "\x03\x04\x1A";
  for (int burst = 0; burst < 50; ++burst) {
    std::string bytes;
    while (bytes.size() < 200)
      if (const char byte = static_cast<char>(random()); quitting.find(byte) == quitting.npos)
        bytes += byte;
    ann.type(bytes);
    ann.read_until([] { return false; }, Deadline(milliseconds(1)));
  }
  // The first character may end a sequence that the last burst began, the second ends a search.
  ann.type(
      "z\x07\x15"
      "alive\r");
  CHECK(ann.shows("<Ann> alive"));
}
