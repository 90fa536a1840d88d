// Rooms and conversations side by side, as people see them.

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "tests/client/end_to_end.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat::test;

namespace {

// Ann in the lobby, which is in front, and in tea; Lisa has said something in tea, and whispered.
struct ChatInRooms {
  ChatInRooms() : ann(client_of(server, "Ann", 120, 10)), lisa(client_of(server, "Lisa")) {
    REQUIRE(ann.shows("Ann"));
    REQUIRE(lisa.shows("→ Lisa joined"));
    lisa.type("/join tea\r");
    REQUIRE(lisa.shows("[2 tea]"));
    ann.type("/join tea\r");
    REQUIRE(lisa.shows("→ Ann joined"));
    REQUIRE(ann.shows("tea · 2 people"));
    ann.type(
        "\x1B"
        "1");
    REQUIRE(ann.shows("lobby · 2 people"));
    lisa.type("milk?\r");
    REQUIRE(lisa.shows("<Lisa> milk?"));
    lisa.type("/query Ann psst\r");
    REQUIRE(lisa.shows("<Lisa> psst"));
    REQUIRE(ann.shows("3 @Lisa       +1"));
    REQUIRE(ann.shows("2 tea         +1"));
  }

  ServerProcess server;
  PtyProgram ann;
  PtyProgram lisa;
};

}  // namespace

TEST_CASE("a wide terminal lists rooms, marks what is new, and hides the list with a key") {
  ChatInRooms chat;
  PtyProgram& ann = chat.ann;
  // The whisper first, then the room.
  ann.type(
      "\x1B"
      "a");
  const std::string_view whisper = R"(
 @Lisa · 127.0.0.1:PORT# · keeps nothing
1 lobby          │ ── new ──                                                                        │ 2 people
2 tea         +1 │ HH:MM <Lisa> psst                                                                │ Ann
3 @Lisa          │                                                                                  │ Lisa
                 │                                                                                  │
                 │                                                                                  │
                 │                                                                                  │
                 │                                                                                  │
 Ann · /help explains the commands

)";
  CHECK(picture_like(ann, whisper) == whisper);
  ann.type(
      "\x1B"
      "a");
  REQUIRE(ann.shows("<Lisa> milk?"));
  ann.type(
      "\x1B"
      "a");
  REQUIRE(ann.shows(" lobby · 2 people"));
  ann.type("/go te\r");
  REQUIRE(ann.shows(" tea · 2 people"));
  ann.type("\x1BOQ");
  CHECK(ann.shows(" 1 lobby [2 tea] 3 @Lisa"));
}

TEST_CASE("a small terminal has the room in front in its title, however many there are") {
  ChatInRooms chat;
  PtyProgram& ann = chat.ann;
  ann.resize(20, 5);
  ann.type("\x0E\x0E");
  const std::string_view whisper = R"(
 @Lisa     [3 @Lisa]
── new ──
HH:MM <Lisa> psst
 Ann · /help

)";
  CHECK(picture_like(ann, whisper) == whisper);
}

TEST_CASE("Alt and an arrow, as terminals send them, go from room to room") {
  auto [server, ann] = ChatWithAnn(80, 8);
  for (const std::string room : {"tea", "garden"}) {
    ann.type("/join " + room + "\r");
    REQUIRE(ann.shows(" " + room + "]"));
  }
  struct Arrow {
    std::string_view keys;
    std::string_view bar;
  };
  constexpr std::array kArrows = {
      Arrow{"\x1B[1;3D", " 1 lobby [2 tea] 3 garden"},  // left
      Arrow{"\x1B[1;3D", "[1 lobby] 2 tea  3 garden"},
      Arrow{"\x1B[1;3C", " 1 lobby [2 tea] 3 garden"},   // right
      Arrow{"\x1B[1;3B", " 1 lobby  2 tea [3 garden]"},  // down
      Arrow{"\x1B[1;3B", "[1 lobby] 2 tea  3 garden"},
      Arrow{"\x1B[1;3A", " 1 lobby  2 tea [3 garden]"},  // up
      Arrow{"\x1B\x1B[D", " 1 lobby [2 tea] 3 garden"},  // with an escape in front
      Arrow{"\x1B\x1BOC", " 1 lobby  2 tea [3 garden]"},
  };
  for (const auto& [keys, bar] : kArrows) {
    CAPTURE(bar);
    ann.type(keys);
    REQUIRE(ann.shows(bar));
  }
}

TEST_CASE(
    "after /quit the next client enters the rooms of the last one, but not those it had left") {
  const TemporaryFolder state;
  ServerProcess server;
  {
    PtyProgram ann = client_at(server.address(), "Ann", 80, 10, state.path());
    REQUIRE(ann.shows("→ Ann joined"));
    for (const std::string room : {"tea", "garden", "ci"}) {
      ann.type("/join " + room + "\r");
      REQUIRE(ann.shows(" " + room + "]"));
    }
    ann.type("/leave tea\r");
    REQUIRE(ann.shows(" 1 lobby  2 garden [3 ci]"));
    ann.type("/quit\r");
    REQUIRE(ann.wait_for_exit() == 0);
  }
  PtyProgram ann = client_at(server.address(), "Ann", 80, 10, state.path());
  CHECK(ann.shows("[1 lobby] 2 garden  3 ci"));
}
