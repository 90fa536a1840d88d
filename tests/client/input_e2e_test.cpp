// Writing: several lines, pastes, what was entered before, as a person sees it.

#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <string>
#include <string_view>

#include "tests/client/end_to_end.hpp"
#include "tests/support/peer.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;

namespace {

// What stands below the status line.
std::string input_of(const PtyProgram& program) {
  const std::string screen = program.screen();
  const std::size_t status = screen.find("\n Ann · ");
  return screen.substr(screen.find('\n', status + 1) + 1);
}

bool writes(PtyProgram& program, std::string_view expected) {
  program.read_until([&] { return input_of(program) == expected; });
  CHECK(input_of(program) == expected);
  return input_of(program) == expected;
}

std::string pasted(std::string_view text) {
  return "\033[200~" + std::string(text) + "\033[201~";
}

}  // namespace

TEST_CASE("several lines are written with Alt-Enter, and are one message") {
  auto [server, ann] = ChatWithAnn(40, 12);
  Peer bert = Peer::named(server.port(), "Bert");
  ann.type("one\033\rtwo\033\rthree\033\rfour");
  writes(ann, "one\ntwo\nthree\nfour\n");
  CHECK(ann.cursor() == ScreenCursor{11, 4});
  ann.type("\033\rfive");
  writes(ann, "two\nthree\nfour\nfive\n");
  ann.type("\033[A\033[A!");
  writes(ann, "one\ntwo\nthre!e\nfour\n");
  CHECK(ann.cursor() == ScreenCursor{10, 5});
  ann.type("\r");
  CHECK(bert.expect_text() == "one\ntwo\nthre!e\nfour\nfive");
  writes(ann, "\n");
  ann.resize(20, 5);
  ann.type("one\033\rtwo");
  writes(ann, "two\n");
  CHECK(ann.cursor() == ScreenCursor{4, 3});
}

TEST_CASE("a paste of several lines is one text, and a large one is asked about") {
  auto [server, ann] = ChatWithAnn(60, 12);
  Peer bert = Peer::named(server.port(), "Bert");
  ann.type(pasted("one\rtwo\t\033[31mred\r"));
  writes(ann, "one\ntwo    [31mred\n");
  ann.type("\r");
  CHECK(bert.expect_text() == "one\ntwo    [31mred");
  ann.type(pasted("1\r2\r3\r4\r5\r6\r7\r"));
  REQUIRE(ann.shows(" Paste 7 lines? Enter takes them, Esc drops them.\n1\n2\n3\n4\n"));
  ann.type("\r");
  writes(ann, "4\n5\n6\n7\n");
  ann.type("\r");
  CHECK(bert.expect_text() == "1\n2\n3\n4\n5\n6\n7");
}

TEST_CASE("the end of a paste is recognised when it comes in pieces") {
  auto [server, ann] = ChatWithAnn(60, 12);
  ann.type("\033[200~one\rtwo");
  for (const char byte : std::string_view("\033[201~!")) {
    ann.type({&byte, 1});
    // Longer than a key's sequence may take.
    if (byte == '\033' || byte == '2')
      ann.read_until([] { return false; }, Deadline(milliseconds(60)));
  }
  CHECK(ann.shows("one\ntwo!\n"));
}

TEST_CASE("what was cut out, changed and entered comes back") {
  auto [server, ann] = ChatWithAnn(60, 12);
  ann.type("one two\x17\x19\x19");  // Ctrl-W, Ctrl-Y twice
  writes(ann, "one twotwo\n");
  ann.type("\x1F\x1F\x1F");  // Ctrl-_
  writes(ann, "one two\n");
  ann.type("\r");
  REQUIRE(ann.shows("<Ann> one two"));
  ann.type("draft\x12tw");  // Ctrl-R
  REQUIRE(ann.shows(" Search: tw · Ctrl-R goes further back · Enter takes it"));
  ann.type("\x07");  // Ctrl-G
  writes(ann, "draft\n");
}

TEST_CASE("each room has its draft") {
  auto [server, ann] = ChatWithAnn(60, 12);
  ann.type("/join garden\r");
  REQUIRE(ann.shows("[2 garden]"));
  ann.type("roses");
  writes(ann, "roses\n");
  ann.type(
      "\033"
      "1");
  writes(ann, "\n");
  ann.type(
      "lob\033"
      "2");
  writes(ann, "roses\n");
  ann.type(
      "\033"
      "1");
  writes(ann, "lob\n");
}

namespace {

// A client whose user writes elsewhere with this command.
PtyProgram client_with_editor(const ServerProcess& server, const std::string& editor) {
  return PtyProgram({"env", "-u", "VISUAL", "EDITOR=" + editor, client_program(), server.address(),
                     "--nick", "Ann"},
                    60, 12);
}

// Waits for the terminal to give its programs whole lines: what is typed before would have no end
// for them.
bool takes_lines(PtyProgram& program) {
  const auto does = [&] { return (program.modes().c_lflag & ICANON) != 0; };
  // In slices: it is no event of the terminal.
  for (const Deadline deadline; !does() && !deadline.passed();)
    program.read_until([] { return false; }, Deadline(milliseconds(10)));
  return does();
}

}  // namespace

TEST_CASE("a message is written in the user's editor, and the chat goes on meanwhile") {
  const ServerProcess server;
  PtyProgram ann =
      client_with_editor(server, "sh -c 'read line && echo $line >> $0 && sed -i s/one/two/ $0'");
  REQUIRE(ann.shows("→ Ann joined"));
  Peer bert = Peer::named(server.port(), "Bert");
  REQUIRE(ann.shows("→ Bert joined"));
  ann.type("one");
  writes(ann, "one\n");
  ann.type(
      "\033"
      "e");
  REQUIRE(ann.read_until([&] { return !ann.full_screen(); }));
  REQUIRE(takes_lines(ann));
  bert.say("meanwhile");
  // The server has passed it on when it has answered what came later.
  bert.say("later");
  REQUIRE(bert.expect_text() == "meanwhile");
  ann.type("more\r");
  REQUIRE(ann.shows("<Bert> later"));
  CHECK(ann.full_screen());
  writes(ann, "two\nmore\n");
  ann.type("\r");
  bert.expect_text();
  CHECK(bert.expect_text() == "two\nmore");
}

TEST_CASE("an editor that fails changes nothing, and is told of") {
  const ServerProcess server;
  struct Failure {
    std::string editor;
    std::string_view sentence;
  };
  const Failure kFailures[] = {
      {"false", "The editor ended with status 1; what you were writing"},
      {"no-such-editor", "There is no editor 'no-such-editor': set $EDITOR to one"},
      {"kill -TERM $$; :", "The editor was ended; what you were writing is as it was."},
      {"rm", "What the editor wrote cannot be read: No such file or"},
  };
  for (const auto& [editor, sentence] : kFailures) {
    CAPTURE(editor);
    PtyProgram ann = client_with_editor(server, editor);
    REQUIRE(ann.shows("1 person"));
    ann.type(
        "draft\033"
        "e");
    CHECK(ann.shows(sentence));
    CHECK(ann.shows("\ndraft\n"));
    ann.type("!\r");
    CHECK(ann.shows("<Ann> draft!"));
    ann.type("/quit\r");
    CHECK(ann.wait_for_exit() == 0);
  }
}

TEST_CASE(
    "signals while the user writes elsewhere: Ctrl-C is the editor's, SIGTERM ends the client") {
  const ServerProcess server;
  const TemporaryFolder files;
  const std::string folder = "XDG_RUNTIME_DIR=" + files.path().string();
  PtyProgram ann({"env", "-u", "VISUAL", "EDITOR=sh -c 'echo opened; read line'", folder,
                  client_program(), server.address(), "--nick", "Ann"},
                 60, 12);
  REQUIRE(ann.shows("→ Ann joined"));
  ann.type(
      "draft\033"
      "e");
  REQUIRE(ann.shows("opened"));
  CHECK_FALSE(std::filesystem::is_empty(files.path()));
  SUBCASE("Ctrl-C") {
    ann.type("\x03");
    REQUIRE(ann.shows("The editor was ended; what you were writing is as it was."));
    CHECK(ann.shows("\ndraft\n"));
  }
  SUBCASE("SIGTERM") {
    ann.signal(SIGTERM);
    CHECK(ann.wait_for_exit() == 128 + SIGTERM);
    CHECK_FALSE(ann.full_screen());
  }
  CHECK(std::filesystem::is_empty(files.path()));
}

TEST_CASE("Tab completes what the room offers") {
  auto [server, ann] = ChatWithAnn(60, 12);
  Peer liam = Peer::named(server.port(), "Liam");
  Peer lisa = Peer::named(server.port(), "Lisa");
  REQUIRE(ann.shows("→ Lisa joined"));
  lisa.say("hello");
  REQUIRE(ann.shows("<Lisa> hello"));
  ann.type("l\t");
  writes(ann, "Lisa:\n");
  ann.type("\t");
  writes(ann, "Liam:\n");
  ann.type("\033[Z");
  writes(ann, "Lisa:\n");
}
