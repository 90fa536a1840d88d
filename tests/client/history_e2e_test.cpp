// What a server has kept, in real terminals.

#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/client/end_to_end.hpp"
#include "tests/client/relay.hpp"
#include "tests/support/peer.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;

namespace {

constexpr std::string_view kPageUp = "\x1B[5~";
constexpr std::string_view kEscape = "\x1B";

// A store that need not outlive a power failure, which no test here has.
std::vector<std::string> with_store(std::vector<std::string> more = {}) {
  more.insert(more.end(), {"--durability", "process"});
  return more;
}

// Says "m1", "m2", … and waits until all of it is published.
void say_numbers(Peer& peer, int first, int last) {
  for (int number = first; number <= last; ++number)
    peer.say("m" + std::to_string(number), chat::RequestId{static_cast<std::uint32_t>(number)});
  while (peer.expect_text() != "m" + std::to_string(last)) {
  }
}

// Presses a key until the text is shown.
bool shows_after(PtyProgram& program, std::string_view key, std::string_view part) {
  for (const Deadline deadline; !deadline.passed();) {
    if (program.shows(part, Deadline(milliseconds(100))))
      return true;
    program.type(key);
  }
  return false;
}

std::size_t times_shown(const PtyProgram& program, std::string_view part) {
  const std::string screen = program.screen();
  std::size_t times = 0;
  for (std::size_t at = 0; (at = screen.find(part, at)) != screen.npos; at += part.size())
    ++times;
  return times;
}

}  // namespace

TEST_CASE("who comes later sees what was said last, and further up all of it") {
  struct Kept {
    std::string durability;
    std::string title;
  };
  for (const auto& [durability, title] :
       {Kept{"process", " lobby · 2 people · 127.0.0.1:PORT#                [1 lobby]"},
        Kept{"none", " lobby · 2 people · keeps nothing                  [1 lobby]"}}) {
    CAPTURE(durability);
    ServerProcess server({"--durability", durability, "--history", "3"});
    Peer bob = Peer::named(server.port(), "Bob");
    say_numbers(bob, 1, 150);
    PtyProgram ann = client_of(server, "Ann", 60, 9);
    const std::string arrived = "\n" + title + R"(
HH:MM <Bob> m148                        │ 2 people
HH:MM <Bob> m149                        │ Ann
HH:MM <Bob> m150                        │ Bob
HH:MM Welcome to edgechat 0.1.0, Ann.   │
      See /help.                        │
HH:MM → Ann joined                      │
 Ann · /help explains the commands

)";
    CHECK(picture_like(ann, arrived) == arrived);
    CHECK(shows_after(ann, kPageUp, "The beginning of what is kept."));
    CHECK(ann.shows("<Bob> m1\x20"));
  }
}

TEST_CASE("what was found is shown where it was said") {
  ServerProcess server(with_store());
  Peer bob = Peer::named(server.port(), "Bob");
  say_numbers(bob, 1, 200);
  bob.say("The needle is here");
  say_numbers(bob, 202, 400);
  PtyProgram ann = client_of(server, "Ann", 80, 9);
  REQUIRE(ann.shows("→ Ann joined"));
  ann.type("/search needle\r");
  REQUIRE(ann.shows("1 found for needle"));
  ann.type("\r");
  REQUIRE(ann.shows("Esc goes back to now"));
  const std::string_view found = R"(
 lobby · 2 people · 127.0.0.1:PORT#                                    [1 lobby]
HH:MM <Bob> m198                                            │ 2 people
HH:MM <Bob> m199                                            │ Ann
HH:MM <Bob> m200                                            │ Bob
HH:MM <Bob> The needle is here                              │
HH:MM <Bob> m202                                            │
HH:MM <Bob> m203                                            │
 lobby · PgUp, PgDn scroll · Esc goes back to now

)";
  CHECK(picture_like(ann, found) == found);
  ann.type(kEscape);
  CHECK(ann.shows("→ Ann joined"));
  ann.type("/search nee nothing\r");
  CHECK(ann.shows("Nothing was found for: nee nothing"));
}

TEST_CASE(
    "whoever comes back in another session reads what was said meanwhile, once and in order") {
  ServerProcess server(with_store({"--resume-seconds", "0"}));
  Relay relay(server.port());
  Peer bob = Peer::named(server.port(), "Bob");
  PtyProgram ann = client_at(relay.address(), "Ann", 60, 24);
  REQUIRE(ann.shows("→ Ann joined"));
  say_numbers(bob, 1, 2);
  REQUIRE(ann.shows("<Bob> m2"));
  relay.cut();
  REQUIRE(ann.shows("Connection lost"));
  say_numbers(bob, 3, 5);
  relay.mend(server.port());
  REQUIRE(shows_after_tries(ann, "<Bob> m5"));
  say_numbers(bob, 6, 6);
  REQUIRE(ann.shows("<Bob> m6"));
  const std::string screen = ann.screen();
  std::size_t before = 0;
  for (int number = 1; number <= 6; ++number) {
    const std::string line = "<Bob> m" + std::to_string(number);
    CHECK(times_shown(ann, line) == 1);
    CHECK(screen.find(line) > before);
    before = screen.find(line);
  }
}

TEST_CASE("a server that restarts takes everybody up again, and nothing is missing") {
  const TemporaryFolder folder;
  const std::vector<std::string> options = with_store({"--data", folder.path()});
  std::optional<ServerProcess> server(options);
  Relay relay(server->port());
  PtyProgram ann = client_at(relay.address(), "Ann", 60, 16);
  REQUIRE(ann.shows("→ Ann joined"));
  PtyProgram tom = client_at(relay.address(), "Tom", 60, 16);
  REQUIRE(tom.shows("→ Tom joined"));
  ann.type("before\r");
  REQUIRE(tom.shows("<Ann> before"));
  server.reset();
  REQUIRE(ann.shows("The server restarts · connecting"));
  ann.type("meanwhile\r");
  REQUIRE(ann.shows("meanwhile (pending)"));
  server.emplace(options);
  relay.cut();
  relay.mend(server->port());
  CHECK(tom.shows("<Ann> meanwhile"));
  REQUIRE(ann.shows("Connected again."));
  REQUIRE(tom.shows("Connected again."));
  // The status line is drawn last.
  REQUIRE(ann.shows("\n Ann · /help"));
  REQUIRE(tom.shows("\n Tom · /help"));
  REQUIRE(ann.read_until([&] { return ann.screen().find("(pending)") == std::string::npos; }));
  for (PtyProgram* const client : {&ann, &tom}) {
    CHECK(times_shown(*client, "<Ann> before") == 1);
    CHECK(client->read_until([&] { return times_shown(*client, "<Ann> meanwhile") == 1; }));
  }
}

TEST_CASE("whispers go on where they were, also when one of the two has been away") {
  ServerProcess server(with_store());
  const TemporaryFolder folder;
  PtyProgram ann = client_of(server, "Ann", 60, 16);
  REQUIRE(ann.shows("→ Ann joined"));
  {
    PtyProgram tom = client_at(server.address(), "Tom", 60, 16, folder.path());
    REQUIRE(tom.shows("→ Tom joined"));
    ann.type("/query Tom one\r");
    REQUIRE(tom.shows("2 @Ann +1"));
    tom.type("/query Ann two\r");
    REQUIRE(ann.shows("<Tom> two"));
    tom.type("/quit\r");
    REQUIRE(tom.wait_for_exit() == 0);
  }
  REQUIRE(ann.shows("← Tom has left the chat"));
  PtyProgram tom = client_at(server.address(), "Tom", 60, 16, folder.path());
  REQUIRE(tom.shows("→ Tom joined"));
  ann.type("three\r");
  REQUIRE(tom.shows("2 @Ann +1"));
  tom.type(
      "\x1B"
      "2");
  REQUIRE(tom.shows("<Ann> three"));
  REQUIRE(tom.shows("<Tom> two"));
  const std::string screen = tom.screen();
  CHECK(screen.find("<Ann> one") < screen.find("<Tom> two"));
  CHECK(screen.find("<Tom> two") < screen.find("<Ann> three"));
  CHECK(times_shown(ann, "<Ann> one") == 1);
}
