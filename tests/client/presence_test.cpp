// Who types, as it is told and shown.

#include <doctest/doctest.h>

#include <string>

#include "client/controller.hpp"
#include "client/view.hpp"
#include "tests/client/reconnecting.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

namespace {

constexpr UserId kTom{12};
constexpr UserId kEve{13};

WallTime after(std::int64_t milliseconds) {
  return {kNoon.milliseconds + milliseconds};
}

void types(Model& model, UserId user, std::string nickname, WallTime time = kNoon) {
  give(model, protocol::Typing{kLobby, time, user, std::move(nickname)});
}

// The row above that of the input.
std::string status(Model& model) {
  const Controller controller(model);
  const std::string rows = text_of(compose(model, controller, {Columns{70}, Rows{4}}));
  const auto end = rows.rfind('\n', rows.size() - 2);
  const auto begin = rows.rfind('\n', end - 1) + 1;
  return rows.substr(begin, end - begin);
}

// A person in front of a keyboard.
struct Person {
  Model model = resumable_model();
  Controller controller{model};

  // What the model tells of a key that is pressed then.
  std::optional<protocol::TellTyping> press(const Key& key, WallTime when) {
    controller.press(key, {Columns{40}, Rows{4}}, when);
    return sent<protocol::TellTyping>(model);
  }
  std::optional<protocol::TellTyping> type(std::string text, WallTime when = kNoon) {
    return press(Typed{std::move(text)}, when);
  }
};

}  // namespace

// --- told ---------------------------------------------------------------------------------------

TEST_CASE("the room in front is told that one types, at most once in three seconds") {
  Person ann;
  const auto told = ann.type("h");
  REQUIRE(told.has_value());
  CHECK(told->room == kLobby);
  CHECK_FALSE(ann.type("e", after(1)).has_value());
  CHECK_FALSE(ann.press(NamedKey::backspace, after(2999)).has_value());
  CHECK(ann.type("y", after(3000)).has_value());
  CHECK_FALSE(ann.press(NamedKey::left, after(9000)).has_value());
  CHECK(ann.press(NamedKey::backspace, after(9001)).has_value());
}

TEST_CASE("a clock that is put back does not keep it from being told") {
  Person ann;
  REQUIRE(ann.type("h", after(3'600'000)).has_value());
  CHECK(ann.type("e", kNoon).has_value());
}

TEST_CASE("nobody is told of commands, whispers and lines that are empty") {
  Person ann;
  for (const char* const key : {"/", "j", "oin lobby"})
    CHECK_FALSE(ann.type(key).has_value());
  ann.press(NamedKey::enter, kNoon);
  for (const char* const key : {"@", "Lisa psst"})
    CHECK_FALSE(ann.type(key).has_value());
  ann.press(NamedKey::enter, kNoon);
  CHECK_FALSE(ann.type(" ").has_value());
  CHECK_FALSE(ann.press(NamedKey::backspace, kNoon).has_value());
  CHECK(ann.type("//").has_value());
}

TEST_CASE("nobody is told of what is looked for in the history, and of a draft that is shown") {
  Person ann;
  ann.type("said");
  ann.press(NamedKey::enter, kNoon);
  ann.press(Control{'r'}, after(10'000));
  CHECK_FALSE(ann.type("sa", after(20'000)).has_value());
  ann.press(NamedKey::escape, after(30'000));
  ann.type("/query Lisa", after(30'000));
  ann.press(NamedKey::enter, after(30'000));
  CHECK_FALSE(ann.press(NamedKey::up, after(30'000)).has_value());
}

TEST_CASE("without a connection, a room or the wish nobody is told") {
  Person ann;
  SUBCASE("the connection is lost") {
    ann.model.connection_lost("", kNoon);
    CHECK_FALSE(ann.type("h").has_value());
  }
  SUBCASE("the room has only numbers") {
    give(ann.model, protocol::MemberCount{.room = kLobby, .members = 600});
    CHECK_FALSE(ann.type("h").has_value());
  }
  SUBCASE("there is no such pair yet") {
    ann.type("/query Lisa");
    ann.press(NamedKey::enter, kNoon);
    CHECK_FALSE(ann.type("h").has_value());
  }
  SUBCASE("another room is about to be entered") {
    ann.type("/join tea");
    ann.press(NamedKey::enter, kNoon);
    CHECK_FALSE(ann.type("h").has_value());
  }
  SUBCASE("the user does not want it") {
    ann.model.tell_of_typing(false);
    CHECK_FALSE(ann.type("h").has_value());
  }
}

TEST_CASE("that one has left the room meanwhile is no news") {
  Person ann;
  const auto told = ann.type("h");
  const auto before = lines(ann.model);
  give(ann.model, protocol::Error{told->request, ErrorCode::not_a_member, "You are not in it."});
  CHECK(lines(ann.model) == before);
}

// --- shown --------------------------------------------------------------------------------------

TEST_CASE("the status line says who types") {
  Model model = chatting_model();
  types(model, kLisa, "Lisa");
  CHECK(status(model) == " Ann · Lisa is typing…");
  types(model, kTom, "Tom");
  types(model, kLisa, "Lisa");
  CHECK(status(model) == " Ann · Lisa and Tom are typing…");
  types(model, kEve, "Eve");
  CHECK(status(model) == " Ann · 3 people are typing…");
}

TEST_CASE("what is said of who types always ends with that") {
  Typists typists;
  CHECK(typists.sentence(Columns{80}).empty());
  typists.types(kLisa, "Lisa", kNoon);
  CHECK(typists.sentence(Columns{15}) == "Lisa is typing…");
  CHECK(typists.sentence(Columns{14}) == "Lisa typing…");
  CHECK(typists.sentence(Columns{11}) == "typing…");
  typists.types(kTom, "Tom", kNoon);
  CHECK(typists.sentence(Columns{24}) == "Lisa and Tom are typing…");
  CHECK(typists.sentence(Columns{23}) == "Lisa and Tom typing…");
  CHECK(typists.sentence(Columns{13}) == "2 are typing…");
  CHECK(typists.sentence(Columns{12}) == "typing…");
}

TEST_CASE("somebody types until they say it, leave, or nothing is heard for six seconds") {
  Model model = chatting_model();
  const std::string usual = status(model);
  types(model, kLisa, "Lisa");
  CHECK(model.next_change(after(1000)) == std::chrono::milliseconds(5000));
  SUBCASE("said") {
    post(model, kLobby, kLisa, "Lisa", "hello");
  }
  SUBCASE("left") {
    give(model, protocol::Left{kLobby, kNoon, {{kLisa, "Lisa", LeaveReason::left}}});
  }
  SUBCASE("nothing is heard") {
    model.pass_time(after(5999));
    CHECK(status(model) == " Ann · Lisa is typing…");
    model.pass_time(after(6000));
  }
  SUBCASE("the clock is put back") {
    model.pass_time(after(-1));
  }
  CHECK(status(model) == usual);
  CHECK_FALSE(model.next_change(kNoon).has_value());
}

TEST_CASE("a lost connection ends what somebody types") {
  Model model = resumable_model();
  const std::string usual = status(model);
  types(model, kLisa, "Lisa");
  lose_and_resume(model);
  CHECK(status(model) == usual);
}

TEST_CASE("who types under another name is called by that") {
  Model model = chatting_model();
  types(model, kLisa, "Lisa");
  give(model, protocol::Renamed{kLobby, kNoon, kLisa, "Lisa", "Liz"});
  CHECK(status(model) == " Ann · Liz is typing…");
}

TEST_CASE("what is old by the server's clock, and one's own, is passed over") {
  Model model = new_model();
  model.start("Ann", after(-3'600'000));
  const auto hello = sent<protocol::Hello>(model);
  // This clock is an hour behind.
  model.receive(protocol::Welcome{.request = hello->request,
                                  .user = kMe,
                                  .nickname = "Ann",
                                  .server = {},
                                  .server_version = {},
                                  .epoch = {1},
                                  .time = kNoon,
                                  .max_rooms = kMaxRooms},
                after(-3'600'000));
  open_room(model, hello->request, kLobby, "lobby", {{kLisa, "Lisa"}});
  const auto type = [&](UserId user, WallTime time) {
    model.receive(protocol::Typing{kLobby, time, user, "Lisa"}, after(-3'600'000 + 10'000));
  };
  type(kLisa, kNoon);
  type(kMe, after(10'000));
  CHECK(model.front()->typists.empty());
  type(kLisa, after(1));
  CHECK(model.front()->typists.sentence(Columns{80}) == "Lisa is typing…");
}

TEST_CASE("in another room nobody is seen to type") {
  Model model = chatting_model();
  const std::string usual = status(model);
  submit(model, "/join tea");
  open_room(model, sent<protocol::Join>(model)->request, RoomId{2}, "tea", {});
  types(model, kLisa, "Lisa");
  CHECK(status(model) == usual);
  model.show_room(0);
  CHECK(status(model) == " Ann · Lisa is typing…");
}
