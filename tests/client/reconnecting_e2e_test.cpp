// Connections that break in the middle of a chat of real programs.

#include <doctest/doctest.h>

#include <csignal>
#include <regex>
#include <string>

#include "tests/client/end_to_end.hpp"
#include "tests/client/relay.hpp"
#include "tests/support/peer.hpp"

using namespace chat::test;

namespace {

// Ann, whose connection can be broken.
struct ChatThroughRelay {
  explicit ChatThroughRelay(const std::vector<std::string>& server_arguments = {}, int columns = 60,
                            int rows = 14)
      : server(server_arguments),
        relay(server.port()),
        ann(client_at(relay.address(), "Ann", columns, rows)) {
    REQUIRE(ann.shows("→ Ann joined"));
  }

  void cut() {
    relay.cut();
    REQUIRE(ann.shows("Connection lost"));
  }
  void mend() {
    relay.mend(server.port());
    REQUIRE(shows_after_tries(ann, "Connected again."));
  }

  ServerProcess server;
  Relay relay;
  PtyProgram ann;
};

std::size_t times_in(const std::string& text, std::string_view part) {
  std::size_t times = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1))
    ++times;
  return times;
}

}  // namespace

TEST_CASE("a broken connection is taken up again, and each message is there once, in order") {
  ChatThroughRelay chat;
  Peer bert = Peer::named(chat.server.port(), "Bert");
  REQUIRE(chat.ann.shows("→ Bert joined"));
  chat.relay.hold_answers();
  chat.ann.type("did it arrive?\r");
  REQUIRE(bert.expect_text() == "did it arrive?");
  CHECK(chat.ann.shows("did it arrive? (pending)"));
  chat.cut();
  bert.say("yes");
  bert.expect<chat::protocol::Acknowledged>();
  chat.ann.type("later\r");
  CHECK(chat.ann.shows("later (pending)"));
  chat.ann.type("half a line");
  chat.mend();
  CHECK(bert.expect_text() == "yes");
  CHECK(bert.expect_text() == "later");
  const std::string_view expected = R"(
 lobby · 2 people · keeps nothing                  [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Ann.   │ 2 people
      See /help.                        │ Ann
HH:MM → Ann joined                      │ Bert
HH:MM → Bert joined                     │
HH:MM The connection is lost:           │
      Connection reset by peer.         │
HH:MM Connected again.                  │
HH:MM <Ann> did it arrive?              │
HH:MM <Bert> yes                        │
HH:MM <Ann> later                       │
                                        │
 Ann · /help explains the commands
half a line
)";
  CHECK(picture_like(chat.ann, expected) == expected);
  CHECK(only<chat::protocol::Posted>(bert.settle()).empty());
}

TEST_CASE("messages on their way are said once, however often the connection breaks") {
  ChatThroughRelay chat({}, 60, 40);
  Peer bert = Peer::named(chat.server.port(), "Bert");
  for (int round = 0; round < 5; ++round) {
    chat.relay.hold_answers();
    for (int i = 0; i < 4; ++i)
      chat.ann.type("m" + std::to_string(4 * round + i) + ".\r");
    // Some of them have arrived at the server by now, or none.
    chat.ann.read_until([] { return false; }, Deadline(milliseconds(round)));
    chat.cut();
    chat.relay.mend(chat.server.port());
    REQUIRE(shows_after_tries(chat.ann, "/help explains"));
  }
  for (int i = 0; i < 20; ++i)
    CHECK(bert.expect_text() == "m" + std::to_string(i) + ".");
  CHECK(chat.ann.read_until([&] {
    const std::string screen = chat.ann.screen();
    bool once = screen.find("(pending)") == std::string::npos;
    for (int i = 0; i < 20; ++i)
      once = once && times_in(screen, "<Ann> m" + std::to_string(i) + ".") == 1;
    return once;
  }));
}

TEST_CASE("Ctrl-T tries at once, however long the wait is") {
  ChatThroughRelay chat({}, 80);
  chat.cut();
  const auto seconds_to_next_try = [&] {
    std::smatch seconds;
    const std::string screen = chat.ann.screen();
    const std::regex words("next try in ([0-9]+) s");
    return std::regex_search(screen, seconds, words) ? std::stoi(seconds[1]) : 0;
  };
  // Each try that fails makes the wait longer. The next one comes later than the client draws what
  // has come of it.
  for (const Deadline deadline; seconds_to_next_try() < 25 && !deadline.passed();) {
    chat.ann.type("\x14");
    chat.ann.read_until([&] { return seconds_to_next_try() >= 25; }, Deadline(milliseconds(100)));
  }
  REQUIRE(seconds_to_next_try() >= 25);
  chat.relay.mend(chat.server.port());
  chat.ann.type("\x14");
  CHECK(chat.ann.shows("Connected again."));
}

TEST_CASE("the others see that a connection is lost, and that it is back") {
  ChatThroughRelay chat({"--lost-seconds", "0.1"});
  PtyProgram lisa = client_of(chat.server, "Lisa", 60, 8);
  REQUIRE(lisa.shows("→ Lisa joined"));
  chat.cut();
  const std::string_view lost = R"(
 lobby · 2 people · keeps nothing                  [1 lobby]
HH:MM Welcome to edgechat 0.1.0, Lisa.  │ 2 people
      See /help.                        │ Ann (lost)
HH:MM → Lisa joined                     │ Lisa
HH:MM Ann: connection lost              │
                                        │
 Lisa · /help explains the commands

)";
  CHECK(picture_like(lisa, lost) == lost);
  chat.mend();
  CHECK(lisa.shows("Ann is back"));
  CHECK(lisa.read_until([&] { return lisa.screen().find("(lost)") == std::string::npos; }));
  // It is no news to oneself.
  chat.ann.type("here again\r");
  REQUIRE(chat.ann.shows("<Ann> here again"));
  CHECK(chat.ann.screen().find("Ann is back") == std::string::npos);
}

TEST_CASE("a connection that is back soon is nobody's business") {
  ChatThroughRelay chat;
  PtyProgram lisa = client_of(chat.server, "Lisa", 60, 8);
  REQUIRE(lisa.shows("→ Lisa joined"));
  chat.cut();
  chat.mend();
  chat.ann.type("here again\r");
  REQUIRE(lisa.shows("<Ann> here again"));
  CHECK(lisa.screen().find("lost") == std::string::npos);
  CHECK(lisa.screen().find("back") == std::string::npos);
}

TEST_CASE("whoever comes back too late has left, and what may have been sent is told") {
  ChatThroughRelay chat({"--lost-seconds", "0.1", "--resume-seconds", "0.3"});
  PtyProgram lisa = client_of(chat.server, "Lisa", 60, 8);
  REQUIRE(lisa.shows("→ Lisa joined"));
  chat.relay.hold_answers();
  chat.ann.type("did it arrive?\r");
  REQUIRE(lisa.shows("did it arrive?"));
  chat.cut();
  REQUIRE(lisa.shows("← Ann left (connection lost)"));
  chat.ann.type("later\r");
  chat.mend();
  CHECK(chat.ann.shows("<Ann> did it arrive? (perhaps"));
  CHECK(lisa.shows("<Ann> later"));
  // It is in the history, to be said again.
  chat.ann.type("\x1B[A");
  CHECK(chat.ann.shows("\ndid it arrive?\n"));
}

TEST_CASE("a server that is killed and started again is found, and the rooms are entered again") {
  ServerProcess second;
  ChatThroughRelay chat({}, 70, 12);
  chat.ann.type("/join tea\r");
  REQUIRE(chat.ann.shows("[2 tea]"));
  chat.server.process().signal(SIGKILL);
  REQUIRE(chat.ann.shows("Connection lost"));
  chat.relay.cut();
  chat.ann.type("for tea\r");
  // It counts down, and goes on trying.
  REQUIRE(chat.ann.shows("next try in"));
  Peer bert = Peer::named(second.port(), "Bert");
  bert.send(chat::protocol::Join{.request = chat::RequestId{1}, .name = "tea"});
  bert.expect<chat::protocol::RoomOpened>();
  chat.relay.mend(second.port());
  REQUIRE(shows_after_tries(chat.ann, "Connected again."));
  CHECK(bert.expect_text() == "for tea");
  const std::string_view expected = R"(
 tea · 2 people · 127.0.0.1:PORT# · keeps nothing      1 lobby [2 tea]
HH:MM → Ann joined                                │ 2 people
HH:MM The connection is lost.                     │ Ann
HH:MM Connected again. What was said meanwhile is │ Bert
      not known here.                             │
HH:MM → Ann joined                                │
HH:MM <Ann> for tea                               │
                                                  │
                                                  │
                                                  │
 Ann · /help explains the commands

)";
  CHECK(picture_like(chat.ann, expected) == expected);
}

TEST_CASE("messages that the server no longer holds are a gap with their number") {
  ChatThroughRelay chat({"--room-log-mib", "1"}, 400, 60);
  Peer bert = Peer::named(chat.server.port(), "Bert");
  REQUIRE(chat.ann.shows("→ Bert joined"));
  chat.cut();
  constexpr int kMessages = 400;
  for (int i = 1; i <= kMessages; ++i) {
    const std::string number = std::to_string(i) + ". ";
    bert.say(number + std::string(4096 - number.size(), 'x'));
    bert.expect<chat::protocol::Acknowledged>();
  }
  chat.relay.mend(chat.server.port());
  REQUIRE(shows_after_tries(chat.ann, "<Bert> 400."));
  for (int page = 0; page < 100; ++page)
    chat.ann.type("\x1B[5~");
  REQUIRE(chat.ann.shows("messages were missed"));
  std::smatch missed;
  const std::string screen = chat.ann.screen();
  REQUIRE(std::regex_search(screen, missed, std::regex("([0-9]+) messages were missed")));
  // The next one is the first that is shown.
  const std::string last = missed[1];
  CHECK(chat.ann.shows("<Bert> " + std::to_string(std::stoi(last) + 1) + "."));
  CHECK(chat.ann.screen().find("<Bert> " + last + ".") == std::string::npos);
}

TEST_CASE("whoever ends the client has left at once, however it is ended") {
  ServerProcess server;
  PtyProgram lisa = client_of(server, "Lisa", 60, 30);
  REQUIRE(lisa.shows("→ Lisa joined"));
  struct End {
    std::string name;
    std::string_view keys;
    int signal;
    int status;
  };
  for (const auto& [name, keys, signal, status] :
       {End{"Quit", "/quit\r", 0, 0}, End{"Key", "\x03", 0, 0},
        End{"Hup", "", SIGHUP, 128 + SIGHUP}, End{"Term", "", SIGTERM, 128 + SIGTERM},
        End{"Window", "", 0, 128 + SIGHUP}}) {
    CAPTURE(name);
    PtyProgram program = client_of(server, name);
    REQUIRE(program.shows("→ " + name + " joined"));
    program.type(keys);
    if (signal != 0)
      program.signal(signal);
    if (keys.empty() && signal == 0)
      program.hang_up();
    CHECK(lisa.shows("← " + name + " left the chat"));
    CHECK(program.wait_for_exit() == status);
  }
}
