// What is looked for, and where it was said: whole screens.

#include <doctest/doctest.h>

#include <string>

#include "tests/client/end_to_end.hpp"
#include "tests/client/screens.hpp"
#include "tests/client/visitor.hpp"

using namespace chat::test;

TEST_CASE("screens: what was found, and where it was said") {
  ServerProcess server({"--durability", "process"});
  Visitor bert(server.port(), "Bert");
  for (int i = 1; i <= 60; ++i)
    bert.say("message " + std::to_string(i));
  bert.say("the roses need water");
  for (int i = 61; i <= 120; ++i)
    bert.say("message " + std::to_string(i));
  bert.say("the roses have had water");
  PtyProgram ann = client_of(server, "Ann", 80, 24);
  REQUIRE(ann.shows("→ Ann joined"));
  ann.type("/search roses wat\r");
  REQUIRE(ann.shows("2 found"));
  check_screens(ann, {.usual = R"(
 lobby · 2 people · 127.0.0.1:PORT#                                    [1 lobby]
> YYYY-MM-DD HH:MM lobby <Bert> the roses have had water    │ 2 people
  YYYY-MM-DD HH:MM lobby <Bert> the roses need water        │ Ann
                                                            │ Bert
                                                            │
⋮ 17 more of it
 2 found for roses wat · Enter shows it there · Esc ends
▏
)",
                      .large = R"(
 lobby · 2 people · 127.0.0.1:PORT#
1 lobby          │ > YYYY-MM-DD HH:MM lobby <Bert> the roses have had water                         │ 2 people
                 │   YYYY-MM-DD HH:MM lobby <Bert> the roses need water                             │ Ann
                 │                                                                                  │ Bert
                 │                                                                                  │
⋮ 33 more of it
 2 found for roses wat · Enter shows it there · Esc ends
▏
)",
                      .small = R"(
 lobby     [1 lobby]
> <Bert> the roses …
  <Bert> the roses …
 2 found for roses …
▏
)"});
  ann.type("\033[B\r");
  REQUIRE(ann.shows("Esc goes back to now"));
  check_screens(ann, {.usual = R"(
 lobby · 2 people · 127.0.0.1:PORT#                                    [1 lobby]
HH:MM <Bert> message 51                                     │ 2 people
HH:MM <Bert> message 52                                     │ Ann
HH:MM <Bert> message 53                                     │ Bert
HH:MM <Bert> message 54                                     │
HH:MM <Bert> message 55                                     │
HH:MM <Bert> message 56                                     │
HH:MM <Bert> message 57                                     │
HH:MM <Bert> message 58                                     │
HH:MM <Bert> message 59                                     │
HH:MM <Bert> message 60                                     │
HH:MM <Bert> the roses need water                           │
HH:MM <Bert> message 61                                     │
HH:MM <Bert> message 62                                     │
HH:MM <Bert> message 63                                     │
HH:MM <Bert> message 64                                     │
HH:MM <Bert> message 65                                     │
HH:MM <Bert> message 66                                     │
HH:MM <Bert> message 67                                     │
HH:MM <Bert> message 68                                     │
HH:MM <Bert> message 69                                     │
HH:MM <Bert> message 70                                     │
 lobby · PgUp, PgDn scroll · Esc goes back to now
▏
)",
                      .large = R"(
 lobby · 2 people · 127.0.0.1:PORT#
1 lobby          │ HH:MM <Bert> message 51                                                          │ 2 people
                 │ HH:MM <Bert> message 52                                                          │ Ann
                 │ HH:MM <Bert> message 53                                                          │ Bert
                 │ HH:MM <Bert> message 54                                                          │
                 │ HH:MM <Bert> message 55                                                          │
                 │ HH:MM <Bert> message 56                                                          │
                 │ HH:MM <Bert> message 57                                                          │
                 │ HH:MM <Bert> message 58                                                          │
                 │ HH:MM <Bert> message 59                                                          │
                 │ HH:MM <Bert> message 60                                                          │
                 │ HH:MM <Bert> the roses need water                                                │
                 │ HH:MM <Bert> message 61                                                          │
                 │ HH:MM <Bert> message 62                                                          │
                 │ HH:MM <Bert> message 63                                                          │
                 │ HH:MM <Bert> message 64                                                          │
                 │ HH:MM <Bert> message 65                                                          │
                 │ HH:MM <Bert> message 66                                                          │
                 │ HH:MM <Bert> message 67                                                          │
                 │ HH:MM <Bert> message 68                                                          │
                 │ HH:MM <Bert> message 69                                                          │
                 │ HH:MM <Bert> message 70                                                          │
                 │ HH:MM <Bert> message 71                                                          │
                 │ HH:MM <Bert> message 72                                                          │
                 │ HH:MM <Bert> message 73                                                          │
                 │ HH:MM <Bert> message 74                                                          │
                 │ HH:MM <Bert> message 75                                                          │
                 │ HH:MM <Bert> message 76                                                          │
                 │ HH:MM <Bert> message 77                                                          │
                 │ HH:MM <Bert> message 78                                                          │
                 │ HH:MM <Bert> message 79                                                          │
                 │ HH:MM <Bert> message 80                                                          │
                 │ HH:MM <Bert> message 81                                                          │
                 │ HH:MM <Bert> message 82                                                          │
                 │ HH:MM <Bert> message 83                                                          │
                 │ HH:MM <Bert> message 84                                                          │
                 │ HH:MM <Bert> message 85                                                          │
                 │ HH:MM <Bert> message 86                                                          │
 lobby · PgUp, PgDn scroll · Esc goes back to now
▏
)",
                      .small = R"(
 lobby     [1 lobby]
HH:MM <Bert> message
  51
 lobby · Esc
▏
)"});
  ann.type("\033");
  REQUIRE(ann.shows(" Ann · /help"));
  ann.resize(20, 5);
  REQUIRE(ann.read_until([&] { return ann.screen().find("explains") == std::string::npos; }));
  ann.type("/search\r");
  REQUIRE(ann.shows("> <Bert> the"));
  ann.type("\r");
  check_screen(ann, 20, 5, R"(
 lobby     [1 lobby]
HH:MM <Bert> the
  roses need water
 lobby · Esc
▏
)");
}

TEST_CASE("screens: what is typed is found in the lines of the room") {
  auto [server, ann] = ChatWithAnn(80, 24);
  Visitor bert(server.port(), "Bert");
  for (int i = 1; i <= 50; ++i)
    bert.say("m" + std::to_string(i) + (i % 20 == 0 ? " roses" : ""));
  REQUIRE(ann.shows("m50"));
  ann.type("\x06ros");
  REQUIRE(ann.shows("Find: ros"));
  ann.type("\r");
  REQUIRE(ann.shows("m20 roses"));
  check_screens(ann, {.usual = R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing                    [1 lobby]
HH:MM <Bert> m10                                            │ 2 people
HH:MM <Bert> m11                                            │ Ann
HH:MM <Bert> m12                                            │ Bert
HH:MM <Bert> m13                                            │
HH:MM <Bert> m14                                            │
HH:MM <Bert> m15                                            │
HH:MM <Bert> m16                                            │
HH:MM <Bert> m17                                            │
HH:MM <Bert> m18                                            │
HH:MM <Bert> m19                                            │
HH:MM <Bert> m20 roses                                      │
HH:MM <Bert> m21                                            │
HH:MM <Bert> m22                                            │
HH:MM <Bert> m23                                            │
HH:MM <Bert> m24                                            │
HH:MM <Bert> m25                                            │
HH:MM <Bert> m26                                            │
HH:MM <Bert> m27                                            │
HH:MM <Bert> m28                                            │
HH:MM <Bert> m29                                            │
HH:MM <Bert> m30                                            │
 Find: ros · Enter: older · Down: newer · Esc ends
▏
)",
                      .large = R"(
 lobby · 2 people · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ HH:MM <Bert> m10                                                                 │ 2 people
                 │ HH:MM <Bert> m11                                                                 │ Ann
                 │ HH:MM <Bert> m12                                                                 │ Bert
                 │ HH:MM <Bert> m13                                                                 │
                 │ HH:MM <Bert> m14                                                                 │
                 │ HH:MM <Bert> m15                                                                 │
                 │ HH:MM <Bert> m16                                                                 │
                 │ HH:MM <Bert> m17                                                                 │
                 │ HH:MM <Bert> m18                                                                 │
                 │ HH:MM <Bert> m19                                                                 │
                 │ HH:MM <Bert> m20 roses                                                           │
                 │ HH:MM <Bert> m21                                                                 │
                 │ HH:MM <Bert> m22                                                                 │
                 │ HH:MM <Bert> m23                                                                 │
                 │ HH:MM <Bert> m24                                                                 │
                 │ HH:MM <Bert> m25                                                                 │
                 │ HH:MM <Bert> m26                                                                 │
                 │ HH:MM <Bert> m27                                                                 │
                 │ HH:MM <Bert> m28                                                                 │
                 │ HH:MM <Bert> m29                                                                 │
                 │ HH:MM <Bert> m30                                                                 │
                 │ HH:MM <Bert> m31                                                                 │
                 │ HH:MM <Bert> m32                                                                 │
                 │ HH:MM <Bert> m33                                                                 │
                 │ HH:MM <Bert> m34                                                                 │
                 │ HH:MM <Bert> m35                                                                 │
                 │ HH:MM <Bert> m36                                                                 │
                 │ HH:MM <Bert> m37                                                                 │
                 │ HH:MM <Bert> m38                                                                 │
                 │ HH:MM <Bert> m39                                                                 │
                 │ HH:MM <Bert> m40 roses                                                           │
                 │ HH:MM <Bert> m41                                                                 │
                 │ HH:MM <Bert> m42                                                                 │
                 │ HH:MM <Bert> m43                                                                 │
                 │ HH:MM <Bert> m44                                                                 │
                 │ HH:MM <Bert> m45                                                                 │
                 │ HH:MM <Bert> m46                                                                 │
 Find: ros · Enter: older · Down: newer · Esc ends
▏
)",
                      .small = R"(
 lobby     [1 lobby]
HH:MM <Bert> m10
HH:MM <Bert> m11
 Find: ros · Enter:…
▏
)"});
  ann.resize(20, 5);
  REQUIRE(ann.shows("…"));
  ann.type("\033[B");
  REQUIRE(ann.shows("m40"));
  ann.type("\r");
  check_screen(ann, 20, 5, R"(
 lobby     [1 lobby]
HH:MM <Bert> m20
  roses
 Find: ros · Enter:…
▏
)");
}
