// The title: the room in front, the server, and the other rooms.

#include "client/title_view.hpp"

#include <doctest/doctest.h>

#include <string>

#include "client/controller.hpp"
#include "client/view.hpp"
#include "tests/client/chatting.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

namespace {

// Ann on a server that says this of what it acknowledges.
Model model_on_server_with(DurabilityClaim durability) {
  Model model = new_model();
  model.start("Ann", kNoon);
  const auto hello = sent<protocol::Hello>(model);
  welcome(model, hello->request, "Ann", 0, durability);
  open_room(model, hello->request, kLobby, "lobby", {{kMe, "Ann"}});
  return model;
}

std::string title(Model& model, int width) {
  const std::string rows = text_of(compose(model, Controller(model), {Columns{width}, Rows{5}}));
  return rows.substr(0, rows.find('\n'));
}

}  // namespace

TEST_CASE("the title says of a server that keeps nothing that it does so, before all else") {
  Model model = model_on_server_with(DurabilityClaim::none);
  CHECK(title(model, 70) ==
        " lobby · 1 person · 127.0.0.1:1338 · keeps nothing           [1 lobby]");
  CHECK(title(model, 50) == " lobby · 1 person · keeps nothing        [1 lobby]");
  CHECK(title(model, 40) == " lobby · keeps nothing         [1 lobby]");
  CHECK(title(model, 32) == " lobby · keeps nothing [1 lobby]");
  CHECK(title(model, 20) == " lobby     [1 lobby]");
}

TEST_CASE("other rooms give way to that a server keeps nothing") {
  Model model = model_on_server_with(DurabilityClaim::none);
  for (const auto& [number, name] : {std::pair{2U, "garden"}, {3U, "kitchen"}, {4U, "library"}})
    open_room(model, {}, RoomId{number}, name, {{kMe, "Ann"}, {kLisa, "Lisa"}});
  post(model, RoomId{3}, kLisa, "Lisa", "hello");
  CHECK(title(model, 70) ==
        " lobby · keeps nothing    [1 lobby] 2 garden  3 kitchen +1  4 library");
  CHECK(title(model, 50) == " lobby · keeps nothing     [1 lobby] 2 garden  +1");
  CHECK(title(model, 36) == " lobby · keeps nothing [1 lobby] +1");
}

TEST_CASE("that a conversation has ended comes before that a server keeps nothing") {
  constexpr RoomId kPair{8};
  Model model = model_on_server_with(DurabilityClaim::none);
  give(model, protocol::RoomOpened{.request = {},
                                   .room = kPair,
                                   .kind = RoomKind::pair,
                                   .name = "Lisa",
                                   .next = {1},
                                   .members = 2});
  give(model, protocol::Left{kPair, kNoon, {{kLisa, "Lisa", LeaveReason::quit}}});
  give(model, protocol::RoomClosed{{}, kPair});
  show_conversation(model);
  CHECK(title(model, 60) == " @Lisa · has ended · keeps nothing         1 lobby [2 @Lisa]");
  CHECK(title(model, 45) == " @Lisa · has ended · keeps nothing  [2 @Lisa]");
  CHECK(title(model, 36) == " @Lisa · has ended         [2 @Lisa]");
}

TEST_CASE("the title says nothing of servers that keep what is said, or do not say so") {
  for (const auto durability :
       {DurabilityClaim::unsaid, DurabilityClaim::process, DurabilityClaim::power}) {
    Model model = model_on_server_with(durability);
    CHECK(title(model, 70) ==
          " lobby · 1 person · 127.0.0.1:1338                           [1 lobby]");
  }
}

TEST_CASE("before there is a room, the title has the server, wholly where it fits") {
  Model model = new_model();
  model.start("Ann", kNoon);
  CHECK(title(model, 26) == " edgechat · 127.0.0.1:1338");
  CHECK(title(model, 25) == " edgechat · 127.0.0.1:13…");
}
