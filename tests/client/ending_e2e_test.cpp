// How a chat begins and ends, and what is left of it in the terminal.

#include <doctest/doctest.h>
#include <pwd.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <string_view>

#include "libchat/name.hpp"
#include "tests/client/end_to_end.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;

namespace {

constexpr std::string_view kMouseKey = "\x1BOS";  // F4

termios modes_of_a_new_terminal() {
  return PtyProgram({"true"}, 60, 12).modes();
}

void check_restored(const PtyProgram& program, const termios& before) {
  CHECK_FALSE(program.full_screen());
  CHECK(program.cursor_visible());
  CHECK_FALSE(program.mouse_taken());
  CHECK_FALSE(program.tells_pastes());
  CHECK(alike(program.modes(), before));
}

// A port that nobody listens on: that of a server that has ended.
std::string closed_address() {
  ServerProcess server;
  return server.address();
}

}  // namespace

TEST_CASE("/quit ends with 0 and gives the terminal back") {
  const termios before = modes_of_a_new_terminal();
  auto [server, ann] = ChatWithAnn();
  CHECK(ann.full_screen());
  ann.type("/quit\r");
  CHECK(ann.wait_for_exit() == 0);
  check_restored(ann, before);
  CHECK(server.process().wait_for_line("event=disconnected").value_or("").find("reason=quit") !=
        std::string::npos);
}

TEST_CASE("whatever ends the client, the terminal is as it was") {
  ServerProcess server;
  const termios before = modes_of_a_new_terminal();
  struct End {
    std::string_view keys;
    int signal;
    int status;
  };
  const End ends[] = {
      {"/quit\r", 0, 0},
      {"\x03", 0, 0},
      {"\x04", 0, 0},
      {"", SIGTERM, 128 + SIGTERM},
      {"", SIGINT, 128 + SIGINT},
      {"", SIGHUP, 128 + SIGHUP},
      {"", SIGQUIT, 128 + SIGQUIT},
      {"", SIGSEGV, 128 + SIGSEGV},
      {"", SIGABRT, 128 + SIGABRT},
      {"", SIGFPE, 128 + SIGFPE},
      {"", SIGUSR1, 128 + SIGUSR1},
      {"", SIGUSR2, 128 + SIGUSR2},
      {"", SIGALRM, 128 + SIGALRM},
  };
  bool has_mouse = false;
  SUBCASE("without the mouse") {}
  SUBCASE("with the mouse") {
    has_mouse = true;
  }
  // Whoever crashed comes back as the same person.
  const chat::test::TemporaryFolder state;
  for (const auto& [keys, signal, status] : ends) {
    CAPTURE(keys);
    CAPTURE(signal);
    PtyProgram ann = client_at(server.address(), "Ann", 60, 12, state.path());
    REQUIRE(ann.shows("→ Ann joined"));
    if (has_mouse)
      ann.type(kMouseKey);
    REQUIRE(ann.read_until([&] { return ann.mouse_taken() == has_mouse; }));
    CHECK(ann.full_screen());
    CHECK(ann.tells_pastes());
    CHECK_FALSE(alike(ann.modes(), before));
    ann.type(keys);
    if (signal != 0)
      ann.signal(signal);
    CHECK(ann.wait_for_exit() == status);
    check_restored(ann, before);
    REQUIRE(server.process().wait_for_line("event=disconnected").has_value());
  }
}

TEST_CASE("Ctrl-Z gives the terminal to the shell, and continuing brings the chat back") {
  ServerProcess server;
  PtyProgram shell({"/bin/bash", "--norc", "-i"}, 80, 12);
  shell.type("unset HISTFILE; " + client_program() + " " + server.address() + " --nick Ann\r");
  REQUIRE(shell.shows("→ Ann joined"));
  shell.type(kMouseKey);
  REQUIRE(shell.read_until([&] { return shell.mouse_taken(); }));
  shell.type("\x1A");
  REQUIRE(shell.shows("Stopped"));
  CHECK_FALSE(shell.full_screen());
  CHECK_FALSE(shell.mouse_taken());
  shell.type("echo $((6 * 7)); fg\r");
  REQUIRE(shell.read_until(
      [&] { return shell.full_screen() && shell.mouse_taken() && shell.tells_pastes(); }));
  CHECK(shell.shows("→ Ann joined"));
  shell.type("still here\r");
  CHECK(shell.shows("<Ann> still here"));
  shell.type("/quit\r");
  CHECK(shell.shows("42"));
}

TEST_CASE("Ctrl-Z stops a program around the client, too") {
  ServerProcess server;
  PtyProgram shell({"/bin/bash", "--norc", "-i"}, 80, 12);
  const std::string client = client_program() + " " + server.address() + " --nick Ann";
  shell.type("unset HISTFILE; sh -c '" + client + "; true'\r");
  REQUIRE(shell.shows("→ Ann joined"));
  shell.type("\x1A");
  REQUIRE(shell.shows("Stopped"));
  shell.type("fg\r");
  CHECK(shell.shows("→ Ann joined"));
}

TEST_CASE("Ctrl-Z without a shell to go back to does nothing") {
  auto [server, ann] = ChatWithAnn();
  ann.type("\x1Astill here\r");
  CHECK(ann.shows("<Ann> still here"));
  CHECK(ann.full_screen());
}

TEST_CASE("a terminal that is closed ends the client") {
  auto [server, ann] = ChatWithAnn();
  ann.hang_up();
  CHECK(ann.wait_for_exit() == 128 + SIGHUP);
  CHECK(server.process().wait_for_line("event=disconnected").value_or("").find("reason=quit") !=
        std::string::npos);
}

TEST_CASE("a terminal that is closed ends the client, also when something is not sent") {
  auto [server, ann] = ChatWithAnn();
  server.process().signal(SIGKILL);
  REQUIRE(ann.shows("The connection is lost"));
  ann.type("anybody?\r");
  REQUIRE(ann.shows("anybody? (pending)"));
  ann.hang_up();
  CHECK(ann.wait_for_exit() == 128 + SIGHUP);
}

TEST_CASE("without a nickname the login name is offered") {
  const passwd* entry = ::getpwuid(::getuid());
  const bool valid = entry != nullptr && chat::Nickname::make(entry->pw_name);
  ServerProcess server;
  PtyProgram program({client_program(), server.address()}, 70, 8);
  REQUIRE(program.shows("Enter a nickname, or /quit"));
  program.type("\r");
  CHECK(program.shows(std::string("→ ") + (valid ? entry->pw_name : "guest") + " joined"));
}

TEST_CASE("a server that says goodbye is quoted; what is said then waits; quitting tells of it") {
  auto [server, ann] = ChatWithAnn(60, 9);
  server.process().signal(SIGTERM);
  REQUIRE(ann.shows("The connection is lost"));
  ann.type("anybody?\r");
  REQUIRE(ann.shows("(pending)"));
  CHECK(ann.shows("Ann · Connection lost · "));
  const std::string screen = picture(ann);
  CHECK(screen.starts_with(R"(
 lobby · 1 person · keeps nothing                  [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann.   │ 1 person
      See /help.                        │ Ann
HH:MM → Ann joined                      │
HH:MM The connection is lost: The       │
      server is shutting down.          │
HH:MM <Ann> anybody? (pending)          │
)"));
  ann.type("/quit\r");
  CHECK(ann.wait_for_exit() == 0);
  CHECK(ann.screen().find("chat-client: 1 message is not sent yet. It is sent when you") !=
        std::string::npos);
}

TEST_CASE("a server that vanishes is reported") {
  auto [server, ann] = ChatWithAnn();
  server.process().signal(SIGKILL);
  REQUIRE(ann.shows("The connection is lost"));
  ann.type("\x03");
  CHECK(ann.wait_for_exit() == 0);
}

TEST_CASE("a taken nickname is asked for again") {
  auto [server, ann] = ChatWithAnn();
  PtyProgram other = client_of(server, "ANN", 60, 6);
  const std::string_view asking = R"(
 edgechat · 127.0.0.1:PORT#
HH:MM This nickname is taken. Which     │
      nickname do you want?             │
                                        │
 Enter a nickname, or /quit
Nickname: ANN
)";
  CHECK(picture_like(other, asking) == asking);
  other.type(" 2\r");
  CHECK(other.shows("Sorry, a name may not contain spaces"));
  other.type(
      "\x7F\x7F"
      "A\r");
  REQUIRE(other.shows("→ ANNA joined"));
  CHECK(ann.shows("→ ANNA joined"));
}

TEST_CASE("a nickname that cannot be one is asked for again") {
  ServerProcess server;
  PtyProgram ann = client_of(server, "two words", 70, 6);
  REQUIRE(ann.shows("Nickname: two words"));
  ann.type(
      "\x15"
      "Ann\r");
  CHECK(ann.shows("→ Ann joined"));
}

TEST_CASE("whoever thinks long about a nickname is connected again") {
  ServerProcess server({"--hello-seconds", "0.1"});
  PtyProgram ann = client_of(server, "two words", 70, 6);
  REQUIRE(ann.shows("Nickname: two words"));
  REQUIRE(server.process().wait_for_line("reason=hello_timeout").has_value());
  ann.type(
      "\x15"
      "Ann\r");
  CHECK(ann.shows("→ Ann joined"));
}

TEST_CASE("a refused connection is one sentence, 1, and an untouched terminal") {
  const std::string address = closed_address();
  PtyProgram ann({client_program(), address}, 80, 4);
  const termios before = ann.modes();
  CHECK(ann.wait_for_exit() == 1);
  CHECK(picture(ann) == "\nchat-client: connecting to 127.0.0.1:PORT#: Connection refused\n\n\n\n");
  check_restored(ann, before);
}

TEST_CASE("a host that does not exist is one sentence and 1") {
  PtyProgram ann({client_program(), "no.such.host.invalid"}, 100, 4);
  CHECK(ann.wait_for_exit() == 1);
  CHECK(ann.screen().starts_with("chat-client: "));
  CHECK(ann.screen().find("no.such.host.invalid") != std::string::npos);
}

TEST_CASE("an option that does not exist is one sentence and 2") {
  PtyProgram ann({client_program(), "--bogus"}, 80, 12);
  CHECK(ann.wait_for_exit() == 2);
  CHECK(ann.screen().find("chat-client: ") != std::string::npos);
}

TEST_CASE("a wrong address is one sentence and 2") {
  PtyProgram ann({client_program(), "localhost:99999"}, 80, 4);
  CHECK(ann.wait_for_exit() == 2);
  CHECK(ann.screen().starts_with("chat-client: '99999' is not a port number from 0 to 65535\n"));
}

TEST_CASE("a terminal that is not known is one sentence and 2") {
  ServerProcess server;
  PtyProgram ann({"/usr/bin/env", "TERM=nonsense", client_program(), server.address()}, 100, 40);
  CHECK(ann.wait_for_exit() == 2);
  CHECK(ann.screen().starts_with(
      "chat-client: the terminal 'nonsense' is not known here; is TERM right?\n"));
}

TEST_CASE("a terminal without a full screen is one sentence and 2, and it names --plain") {
  ServerProcess server;
  PtyProgram ann({"/usr/bin/env", "TERM=dumb", client_program(), server.address()}, 100, 40);
  CHECK(ann.wait_for_exit() == 2);
  CHECK(ann.screen().starts_with(
      "chat-client: the terminal 'dumb' has no full screen; use --plain for lines alone\n"));
}

TEST_CASE("without a terminal the client says that it needs one") {
  Process ann({client_program()});
  CHECK(ann.wait_for_exit() == 2);
  CHECK(ann.standard_error() == "chat-client: standard input and output must be a terminal\n");
}

TEST_CASE("--version and --help print and end with 0") {
  Process version({client_program(), "--version"});
  CHECK(version.wait_for_exit() == 0);
  CHECK(version.standard_output() == "chat-client 0.1.0\n");
  Process help({client_program(), "--help"});
  CHECK(help.wait_for_exit() == 0);
  CHECK(help.standard_output().find("--nick") != std::string::npos);
}
