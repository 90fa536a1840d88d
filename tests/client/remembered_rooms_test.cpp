// Rooms that the last client was in: each client is a model, with the same folder.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/client/keeping.hpp"
#include "tests/client/reconnecting.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

using Names = std::vector<std::string>;

namespace {

Model model_in(const TemporaryFolder& folder) {
  return Model("127.0.0.1:1338", next_id, std::make_unique<DiskState>(state_in(folder)));
}

// In the lobby; what the model has asked to enter.
std::vector<protocol::Join> arrive(Model& model) {
  model.start("Ann", kNoon);
  const auto hello = sent<protocol::Hello>(model);
  REQUIRE(hello.has_value());
  welcome_as(model, hello->request, {});
  open_room(model, hello->request, kLobby, "lobby", {{kMe, "Ann"}});
  return all_sent<protocol::Join>(model);
}

Names names_of(const std::vector<protocol::Join>& joins) {
  Names names;
  for (const protocol::Join& join : joins)
    names.push_back(join.name);
  return names;
}

void enter(Model& model, RoomId room, const std::string& name) {
  submit(model, "/join " + name);
  open_room(model, sent<protocol::Join>(model)->request, room, name, {{kMe, "Ann"}});
}

// Has entered garden and tea, and quit.
void enter_and_quit(const TemporaryFolder& folder) {
  Model model = model_in(folder);
  arrive(model);
  enter(model, {2}, "garden");
  enter(model, {3}, "tea");
  submit(model, "/quit");
}

}  // namespace

TEST_CASE("the rooms of the last client are entered again, with the lobby in front") {
  const TemporaryFolder folder;
  enter_and_quit(folder);
  Model model = model_in(folder);
  const auto joins = arrive(model);
  CHECK(names_of(joins) == Names{"garden", "tea"});
  for (std::uint32_t i = 0; i < 2; ++i)
    open_room(model, joins[i].request, {5 + i}, joins[i].name, {{kMe, "Ann"}});
  CHECK(model.rooms().size() == 3);
  CHECK(model.front()->name == "lobby");
}

TEST_CASE("rooms that are set come first, and none is entered twice") {
  const TemporaryFolder folder;
  enter_and_quit(folder);
  Model model = model_in(folder);
  model.enter_at_start(Names{"ci", "Tea"});
  CHECK(names_of(arrive(model)) == Names{"ci", "Tea", "garden"});
}

TEST_CASE("a room that one has left is not entered again") {
  const TemporaryFolder folder;
  enter_and_quit(folder);
  {
    Model model = model_in(folder);
    const auto joins = arrive(model);
    open_room(model, joins[0].request, {5}, "garden", {{kMe, "Ann"}});
    submit(model, "/leave garden");
    give(model, protocol::RoomClosed{sent<protocol::Leave>(model)->request, {5}});
  }
  Model model = model_in(folder);
  CHECK(names_of(arrive(model)) == Names{"tea"});
}

TEST_CASE("a room that cannot be entered says so once, and is forgotten") {
  const TemporaryFolder folder;
  enter_and_quit(folder);
  {
    Model model = model_in(folder);
    const auto joins = arrive(model);
    give(model, protocol::Error{joins[0].request, ErrorCode::invalid_room_name, "No such name."});
    CHECK(last_line(model) == "No such name. (/join garden)");
  }
  Model model = model_in(folder);
  CHECK(names_of(arrive(model)) == Names{"tea"});
}

TEST_CASE("a room that cannot be entered just now is tried by the next client") {
  const TemporaryFolder folder;
  enter_and_quit(folder);
  {
    Model model = model_in(folder);
    const auto joins = arrive(model);
    give(model, protocol::Error{joins[0].request, ErrorCode::too_many_rooms, "Too many rooms."});
    CHECK(last_line(model) == "Too many rooms. (/join garden)");
  }
  Model model = model_in(folder);
  CHECK(names_of(arrive(model)) == Names{"garden", "tea"});
}

TEST_CASE("a client that ends before its rooms are opened has not forgotten them") {
  const TemporaryFolder folder;
  enter_and_quit(folder);
  {
    Model model = model_in(folder);
    arrive(model);
    model.hang_up();
  }
  Model model = model_in(folder);
  CHECK(names_of(arrive(model)) == Names{"garden", "tea"});
}

TEST_CASE("rooms whose answer was lost with the connection are entered over the next one") {
  const TemporaryFolder folder;
  enter_and_quit(folder);
  Model model = model_in(folder);
  arrive(model);
  model.connection_lost("", kNoon);
  const auto hello = reconnect(model);
  welcome_as(model, hello.request, {.resumed = true});
  CHECK(names_of(all_sent<protocol::Join>(model)) == Names{"garden", "tea"});
  CHECK(times_shown(model, "There was no answer yet to: /join garden") == 0);
}

TEST_CASE("a client that is not to remember rooms neither enters nor keeps them") {
  const TemporaryFolder folder;
  enter_and_quit(folder);
  {
    Model model = model_in(folder);
    model.remember_rooms(false);
    CHECK(arrive(model).empty());
    enter(model, {5}, "ci");
  }
  Model model = model_in(folder);
  CHECK(names_of(arrive(model)) == Names{"garden", "tea"});
}
