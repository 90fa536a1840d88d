// Where one had read to, as the server remembers it from one client to the next.

#include <doctest/doctest.h>

#include <string>

#include "tests/client/end_to_end.hpp"
#include "tests/client/visitor.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;

TEST_CASE("the next client knows where in a room one had read to, and how much is new") {
  const TemporaryFolder state;
  ServerProcess server({"--durability", "process"});
  Visitor bert(server.port(), "Bert");
  const chat::RoomId tea = bert.enter("tea");
  {
    PtyProgram ann = client_at(server.address(), "Ann", 60, 12, state.path());
    REQUIRE(ann.shows("→ Ann joined"));
    ann.type("/join tea\r");
    REQUIRE(ann.shows("[2 tea]"));
    bert.say_in(tea, "one");
    bert.say_in(tea, "two");
    REQUIRE(ann.shows("<Bert> two"));
    ann.type(
        "\x1B"
        "1");
    REQUIRE(ann.shows("[1 lobby]"));
    bert.say_in(tea, "three");
    REQUIRE(ann.shows("2 tea +1"));
    ann.type("/quit\r");
    REQUIRE(ann.wait_for_exit() == 0);
  }
  bert.say_in(tea, "four");
  PtyProgram ann = client_at(server.address(), "Ann", 60, 12, state.path());
  REQUIRE(ann.shows("[1 lobby] 2 tea +2"));
  ann.type(
      "\x1B"
      "2");
  const std::string_view expected = R"(
 tea · 2 people · 127.0.0.1:PORT#            1 lobby [2 tea]
HH:MM <Bert> one                        │ 2 people
HH:MM <Bert> two                        │ Ann
── new ──                               │ Bert
HH:MM <Bert> three                      │
HH:MM <Bert> four                       │
HH:MM → Ann joined                      │
                                        │
                                        │
                                        │
 Ann · /help explains the commands

)";
  CHECK(picture_like(ann, expected) == expected);
}
