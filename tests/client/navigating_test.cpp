// Between rooms and conversations: keys, /go, and what beside the chat area tells of them.

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "client/controller.hpp"
#include "client/key_name.hpp"
#include "client/view.hpp"
#include "tests/client/chatting.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

namespace {

constexpr RoomId kTea{2};
constexpr RoomId kGarden{3};
constexpr RoomId kPair{7};

// Ann in the lobby, which is in front, in tea and garden, and in a conversation with Lisa.
Model model_in_rooms() {
  Model model = chatting_model();
  open_room(model, {}, kTea, "tea", {{kMe, "Ann"}, {kLisa, "Lisa"}});
  open_room(model, {}, kGarden, "garden", {{kMe, "Ann"}});
  give(model,
       protocol::RoomOpened{
           .request = {}, .room = kPair, .kind = RoomKind::pair, .name = "Lisa", .next = {1}});
  return model;
}

std::string front_of(const Model& model) {
  return model.front()->shown_name();
}

struct Visitor {
  Model model = model_in_rooms();
  Controller controller{model};

  // Where that leads.
  std::string press(std::string_view key) {
    for (const Key& named : keys_named(key))
      controller.press(named, {}, kNoon);
    return front_of(model);
  }
  std::string picture(int width, int height) {
    return "\n" + text_of(compose(model, controller, {Columns{width}, Rows{height}}));
  }
};

}  // namespace

TEST_CASE("keys go round through rooms and conversations") {
  Visitor ann;
  CHECK(ann.press("Ctrl-N") == "tea");
  CHECK(ann.press("Alt-Down") == "garden");
  CHECK(ann.press("Alt-Right") == "@Lisa");
  CHECK(ann.press("Ctrl-N") == "lobby");
  CHECK(ann.press("Ctrl-P") == "@Lisa");
  CHECK(ann.press("Alt-Up") == "garden");
  CHECK(ann.press("Alt-Left") == "tea");
  CHECK(ann.press("Alt-4") == "@Lisa");
  CHECK(ann.press("Alt-/") == "tea");
  CHECK(ann.press("Alt-/") == "@Lisa");
}

TEST_CASE("one key goes through what is unread, whispers first and the newest first, and back") {
  Visitor ann;
  ann.press("Alt-3");
  post(ann.model, kPair, kLisa, "Lisa", "psst");
  post(ann.model, kLobby, kLisa, "Lisa", "one");
  post(ann.model, kTea, kLisa, "Lisa", "two");
  CHECK(ann.press("Alt-A") == "@Lisa");
  CHECK(ann.press("Alt-A") == "tea");
  CHECK(ann.press("Alt-A") == "lobby");
  CHECK(ann.press("Alt-A") == "garden");
  CHECK(ann.press("Alt-A") == "garden");
}

TEST_CASE("whoever goes elsewhere meanwhile is not taken back") {
  Visitor ann;
  post(ann.model, kTea, kLisa, "Lisa", "two");
  CHECK(ann.press("Alt-A") == "tea");
  CHECK(ann.press("Alt-3") == "garden");
  CHECK(ann.press("Alt-A") == "garden");
}

TEST_CASE("the key shows the message that mentions the user, wherever it stands in its room") {
  Visitor ann;
  post(ann.model, kTea, kLisa, "Lisa", "Ann: look here");
  for (int i = 1; i <= 60; ++i)
    post(ann.model, kTea, kLisa, "Lisa", std::to_string(i));
  for (const Key& named : keys_named("Alt-A"))
    ann.controller.press(named, Size{Columns{80}, Rows{9}}, kNoon);
  CHECK(front_of(ann.model) == "tea");
  CHECK(ann.picture(80, 12).contains("<Lisa> Ann: look here"));
  CHECK(ann.model.front()->read_up_to == Sequence{});
  ann.press("Esc");
  CHECK(ann.model.front()->read_up_to == Sequence{61});
}

TEST_CASE("a mention that the end of its room shows is shown there") {
  Visitor ann;
  post(ann.model, kTea, kLisa, "Lisa", "Ann: look here");
  for (const Key& named : keys_named("Alt-A"))
    ann.controller.press(named, Size{Columns{80}, Rows{9}}, kNoon);
  CHECK(ann.model.scrollback().at_end());
}

TEST_CASE("the newest mention comes first, whatever was said behind an older one") {
  Visitor ann;
  post(ann.model, kTea, kLisa, "Lisa", "Ann: one");
  post(ann.model, kGarden, kLisa, "Lisa", "Ann: two");
  post(ann.model, kTea, kLisa, "Lisa", "and so on");
  CHECK(ann.press("Alt-A") == "garden");
  CHECK(ann.press("Alt-A") == "tea");
  CHECK(ann.press("Alt-A") == "lobby");
}

TEST_CASE("a mention below what is being read is one of those that the key shows") {
  constexpr Size kArea{Columns{80}, Rows{9}};
  Visitor ann;
  const auto press = [&] {
    for (const Key& named : keys_named("Alt-A"))
      ann.controller.press(named, kArea, kNoon);
    return front_of(ann.model);
  };
  for (int i = 1; i <= 60; ++i)
    post(ann.model, kLobby, kLisa, "Lisa", std::to_string(i));
  ann.model.page_up(kArea);
  post(ann.model, kTea, kLisa, "Lisa", "Ann: in tea");
  post(ann.model, kLobby, kLisa, "Lisa", "Ann: look here");
  for (int i = 1; i <= 60; ++i)
    post(ann.model, kLobby, kLisa, "Lisa", std::to_string(i));
  CHECK_FALSE(ann.picture(80, 12).contains("<Lisa> Ann: look here"));
  CHECK(press() == "lobby");
  CHECK(ann.picture(80, 12).contains("<Lisa> Ann: look here"));
  CHECK(press() == "tea");
  CHECK(press() == "lobby");
  CHECK(ann.picture(80, 12).contains("<Lisa> Ann: look here"));
  CHECK(press() == "lobby");
}

TEST_CASE("/go finds what is meant, and alone goes back") {
  Visitor ann;
  CHECK(submit(ann.model, "/go") == "You have not been anywhere else. Write it as /go ROOM");
  CHECK(submit(ann.model, "/go gdn") == "taken");
  CHECK(front_of(ann.model) == "garden");
  submit(ann.model, "/go li");
  CHECK(front_of(ann.model) == "@Lisa");
  submit(ann.model, "/go @l");
  CHECK(front_of(ann.model) == "@Lisa");
  submit(ann.model, "/go");
  CHECK(front_of(ann.model) == "garden");
  CHECK(submit(ann.model, "/go xyz") ==
        "No room or conversation is called so. /join ROOM enters one.");
}

TEST_CASE("a wide screen lists rooms beside the chat area, and the title does not") {
  Visitor ann;
  post(ann.model, kPair, kLisa, "Lisa", "psst");
  post(ann.model, kTea, kLisa, "Lisa", "two");
  CHECK(ann.picture(100, 8) == R"(
 lobby · 2 people · 127.0.0.1:1338
1 lobby          │ 12:00 Welcome to test 1.0, Ann. See /help.                   │ 2 people
2 tea         +1 │ 12:00 → Ann joined                                           │ Ann
3 garden         │                                                              │ Lisa
4 @Lisa       +1 │                                                              │
                 │                                                              │
 Ann · /help explains the commands

)");
  ann.press("F2");
  ann.press("F3");
  CHECK(ann.picture(100, 5) == R"(
 lobby · 2 people · 127.0.0.1:1338                         [1 lobby] 2 tea +1  3 garden  4 @Lisa +1
12:00 Welcome to test 1.0, Ann. See /help.
12:00 → Ann joined
 Ann · /help explains the commands

)");
}

TEST_CASE("a list of rooms that does not fit shows those around the one in front") {
  Visitor ann;
  for (std::uint32_t i = 5; i <= 9; ++i)
    give(ann.model, protocol::RoomOpened{.request = {},
                                         .room = {i + 10},
                                         .kind = RoomKind::pair,
                                         .name = "Tom" + std::to_string(i),
                                         .next = {1},
                                         .members = 2});
  ann.press("Alt-6");
  CHECK(ann.picture(100, 7) == R"(
 @Tom6 · 127.0.0.1:1338
5 @Tom5          │                                                              │ 2 people
6 @Tom6          │                                                              │
7 @Tom7          │                                                              │
+6 more          │                                                              │
 Ann · /help explains the commands

)");
  post(ann.model, kTea, kLisa, "Lisa", "Ann, are you there?");
  CHECK(ann.picture(100, 7).contains("\n+6 more !1 +1    │"));
}

TEST_CASE("a narrow list of rooms has what fits of the counts") {
  Model model = model_in_rooms();
  Configuration configuration;
  REQUIRE(configuration.change({{}, "rooms-width"}, {{"8"}, false}));
  Controller controller(model, configuration);
  const auto has = [&](std::string_view row) {
    return text_of(compose(model, controller, {Columns{100}, Rows{8}})).contains(row);
  };
  for (int i = 0; i < 100; ++i)
    post(model, kTea, kLisa, "Lisa", "Ann?");
  CHECK(has("\n2 … !100 │"));
  for (int i = 0; i < 1'100; ++i)
    post(model, kGarden, kLisa, "Lisa", std::to_string(i));
  CHECK(has("\n3… +1100 │"));
}

TEST_CASE("what is new in rooms that do not fit the title is counted at its edge") {
  Visitor ann;
  ann.press("Alt-1");
  CHECK(ann.picture(40, 4).starts_with("\n lobby        [1 lobby] 2 tea  3 garden\n"));
  post(ann.model, kPair, kLisa, "Lisa", "psst");
  CHECK(ann.picture(40, 4).starts_with("\n lobby    [1 lobby] 2 tea  3 garden  +1\n"));
  post(ann.model, kTea, kLisa, "Lisa", "Ann?");
  CHECK(ann.picture(40, 4).starts_with("\n lobby        [1 lobby] 2 tea !1 +1  +1\n"));
  CHECK(ann.picture(20, 4).starts_with("\n lobby        !1 +2\n"));
}

TEST_CASE("what is new in a room is marked until one leaves it, or says something") {
  Visitor ann;
  post(ann.model, kTea, kLisa, "Lisa", "old");
  ann.press("Alt-2");
  CHECK(lines(ann.model) == std::vector<std::string>{"── new ──", "<Lisa> old"});
  ann.press("Alt-1");
  ann.press("Alt-2");
  CHECK(lines(ann.model) == std::vector<std::string>{"<Lisa> old"});
  ann.press("Alt-1");
  post(ann.model, kTea, kLisa, "Lisa", "one");
  post(ann.model, kTea, kLisa, "Lisa", "two");
  ann.press("Alt-2");
  const std::vector<std::string> marked{"<Lisa> old", "── new ──", "<Lisa> one", "<Lisa> two"};
  CHECK(lines(ann.model) == marked);
  SUBCASE("left") {
    ann.press("Alt-1");
    ann.press("Alt-2");
    CHECK(lines(ann.model) == std::vector<std::string>{"<Lisa> old", "<Lisa> one", "<Lisa> two"});
  }
  SUBCASE("answered") {
    submit(ann.model, "three");
    CHECK(lines(ann.model)[1] == "<Lisa> one");
  }
}
