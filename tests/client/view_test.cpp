// Whole screens as text.

#include "client/view.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <string>

#include "client/controller.hpp"
#include "tests/client/chatting.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

namespace {

constexpr Size size_of(int width, int height) {
  return {Columns{width}, Rows{height}};
}

std::string picture(const Model& model, const Controller& controller, Size size) {
  // A line break in front, so that tests can begin the picture on a line of its own.
  return "\n" + text_of(compose(model, controller, size));
}

ScreenPosition cursor(const Model& model, const Controller& controller, Size size) {
  return compose(model, controller, size).cursor();
}

void type(Controller& controller, std::string_view text) {
  controller.press(Typed{std::string(text)}, {}, kNoon);
}

void press(Controller& controller, const Key& key) {
  controller.press(key, {}, kNoon);
}

}  // namespace

TEST_CASE("a chat on a screen of the usual kind") {
  Model model = chatting_model();
  Controller controller(model);
  post(model, kLobby, kLisa, "Lisa", "hello Ann, what a long message this is, and still not ended");
  post(model, kLobby, kMe, "Ann", "日本語");
  type(controller, "typing");
  CHECK(picture(model, controller, size_of(70, 10)) == R"(
 lobby · 2 people · 127.0.0.1:1338                           [1 lobby]
12:00 Welcome to test 1.0, Ann. See /help.        │ 2 people
12:00 → Ann joined                                │ Ann
12:00 <Lisa> hello Ann, what a long message this  │ Lisa
      is, and still not ended                     │
12:00 <Ann> 日本語                                │
                                                  │
                                                  │
 Ann · /help explains the commands
typing
)");
  CHECK(cursor(model, controller, size_of(70, 10)) == ScreenPosition{Rows{9}, Columns{6}});
}

TEST_CASE("the sidebar of a conversation has both, before anything is whispered, too") {
  Model model = chatting_model();
  Controller controller(model);
  submit(model, "/query Lisa");
  const std::string_view both = R"(
 @Lisa · 127.0.0.1:1338                                     1 lobby [2 @Lisa]
                                                         │ 2 people
                                                         │ Ann
                                                         │ Lisa
 Ann · /help explains the commands

)";
  CHECK(picture(model, controller, size_of(77, 6)) == both);
  give(model, protocol::Left{kLobby, kNoon, {{kLisa, "Lisa", LeaveReason::quit}}});
  CHECK(picture(model, controller, size_of(77, 6)).find("people") == std::string::npos);
}

TEST_CASE("a narrow screen has no sidebar") {
  Model model = chatting_model();
  const Controller controller(model);
  CHECK(picture(model, controller, size_of(30, 6)) == R"(
 lobby · 2 people    [1 lobby]
12:00 Welcome to test 1.0,
      Ann. See /help.
12:00 → Ann joined
 Ann · /help

)");
}

TEST_CASE("a tiny screen keeps the input line, then the chat") {
  Model model = chatting_model();
  Controller controller(model);
  type(controller, "abc");
  CHECK(picture(model, controller, size_of(4, 3)) == R"(
ed
 Ann
abc
)");
  CHECK(picture(model, controller, size_of(4, 2)) == R"(
ed
abc
)");
  CHECK(picture(model, controller, size_of(4, 1)) == R"(
abc
)");
  CHECK(picture(model, controller, size_of(1, 1)) == R"(
c
)");
  CHECK(cursor(model, controller, size_of(1, 1)) == ScreenPosition{Rows{0}, Columns{0}});
  CHECK(picture(model, controller, size_of(0, 0)) == "\n");
}

TEST_CASE("a wide screen of one row has the input alone, and nothing to click on") {
  Model model = chatting_model();
  Controller controller(model);
  type(controller, "typing");
  const Screen screen = compose(model, controller, size_of(100, 1));
  CHECK(text_of(screen) == "typing\n");
  CHECK(screen.target_at({}) == Target());
}

TEST_CASE("no size is too strange, and the cursor is always on the screen") {
  Model model = chatting_model();
  Controller controller(model);
  post(model, kLobby, kLisa, "Lisa", "日本語 \U0001F468\u200D\U0001F469 e\u0301 long words");
  type(controller, "日本語 and a longer text that has to be scrolled sideways");
  press(controller, Modified{NamedKey::left, {.control = true}});
  for (int width = 0; width < 75; ++width) {
    for (int height = 0; height < 12; ++height) {
      const Screen screen = compose(model, controller, size_of(width, height));
      if (width == 0 || height == 0)
        continue;
      CAPTURE(width);
      CAPTURE(height);
      REQUIRE(screen.cursor().column >= Columns{0});
      REQUIRE(screen.cursor().column < Columns{width});
      REQUIRE(screen.cursor().row < Rows{height});
      REQUIRE(screen.cursor().row >= Rows{height - std::max(height / 3, 1)});
    }
  }
}

TEST_CASE("several lines of input stand in rows, of which a third of the screen is full at most") {
  Model model = chatting_model();
  Controller controller(model);
  const Size size = size_of(20, 9);
  controller.press(Pasted{"one\ntwo, which is a long line\nthree\nfour"}, {}, kNoon);
  CHECK(picture(model, controller, size) == R"(
 lobby     [1 lobby]
12:00 Welcome to
  test 1.0, Ann. See
  /help.
12:00 → Ann joined
 Ann · /help
g line
three
four
)");
  CHECK(cursor(model, controller, size) == ScreenPosition{Rows{8}, Columns{4}});
  press(controller, Alt{U'<'});
  CHECK(picture(model, controller, size).ends_with("\none\ntwo, which is a lon\ng line\n"));
  CHECK(cursor(model, controller, size) == ScreenPosition{Rows{6}, Columns{0}});
}

TEST_CASE("a paste is shown where it will stand, with the question") {
  Model model = chatting_model();
  Controller controller(model);
  controller.press(Pasted{"1\n2\n3\n4\n5\n6"}, {}, kNoon);
  CHECK(picture(model, controller, size_of(60, 9)).ends_with(R"(
 Paste 6 lines? Enter takes them, Esc drops them.
1
2
3
)"));
}

TEST_CASE("a text longer than the input line scrolls with the cursor") {
  Model model = chatting_model();
  Controller controller(model);
  const Size size = size_of(10, 1);
  type(controller, "0123456789");
  CHECK(picture(model, controller, size) == "\n56789\n");
  CHECK(cursor(model, controller, size).column == Columns{5});
  type(controller, "abcde");
  CHECK(picture(model, controller, size) == "\nabcde\n");
  press(controller, NamedKey::left);
  CHECK(picture(model, controller, size) == "\n56789abcde\n");
  CHECK(cursor(model, controller, size).column == Columns{9});
  press(controller, NamedKey::home);
  CHECK(picture(model, controller, size) == "\n0123456789\n");
  CHECK(cursor(model, controller, size).column == Columns{0});
}

TEST_CASE("texts and names cannot control the screen") {
  Model model = new_model();
  Controller controller(model);
  model.start("Ann", kNoon);
  const auto hello = sent<protocol::Hello>(model);
  welcome(model, hello->request, "Ann");
  open_room(model, hello->request, kLobby, "lob\x1B[2Jby", {{kLisa, "Li\u202Esa"}});
  post(model, kLobby, kLisa, "Li\u202Esa", "red \x1B[31m bell \a csi \u009B1m\nline\r two");
  controller.model_changed();
  CHECK(picture(model, controller, size_of(64, 8)) == R"(
 lob␛[2Jby · 1 person · 127.0.0.1:1338             [1 lob␛[2Jby]
12:00 Welcome to test 1.0, Ann. See /help.  │ 1 person
12:00 <Li�sa> red ␛[31m bell ␇ csi �1m      │ Li�sa
      line␍ two                             │
                                            │
                                            │
 Ann · /help explains the commands

)");
}

TEST_CASE("no name and no sentence of the server can control the screen") {
  Model model = chatting_model();
  Controller controller(model);
  const std::string evil = "\x1B[2J\u202E\n";
  give(model, protocol::Joined{kLobby, kNoon, {{{12}, evil}}});
  give(model, protocol::Renamed{kLobby, kNoon, {12}, evil, evil + "2"});
  give(model, protocol::Left{kLobby, kNoon, {{{12}, evil, LeaveReason::quit}}});
  submit(model, "/rooms");
  give(model,
       protocol::RoomPage{sent<protocol::ListRooms>(model)->request, true, {{{2}, evil, 1}}});
  give(model, protocol::Error{{}, ErrorCode::bad_value, evil});
  give(model, protocol::NicknameChanged{{}, evil});
  controller.model_changed();
  CHECK(picture(model, controller, size_of(50, 14)) == R"(
 lobby · 2 people · 127.0.0.1:1338       [1 lobby]
12:00 → ␛[2J�
       joined
12:00 ␛[2J�
       is now known as ␛[2J�
      2
12:00 ← ␛[2J�
       left the chat
12:00 Rooms: ␛[2J�
       (1)
12:00 ␛[2J�
12:00 You are now known as ␛[2J�
 ␛[2J�␊ · /help explains the commands

)");
}

TEST_CASE("a text of one endless cluster is shown, over several rows") {
  Model model = chatting_model();
  const Controller controller(model);
  std::string chain = "\U0001F468";
  for (int i = 1; i < 30; ++i)
    chain += "\u200D\U0001F468";
  post(model, kLobby, kLisa, "Lisa", chain + "!");
  const std::string five =
      "\U0001F468\u200D\U0001F468\u200D\U0001F468\u200D\U0001F468\u200D\U0001F468\u200D";
  const std::string last = five.substr(0, five.size() - std::string_view("\u200D").size());
  CHECK(picture(model, controller, size_of(39, 6)) ==
        "\n lobby · 2 people             [1 lobby]\n"
        "12:00 <Lisa> " +
            five + five + "\n      " + five + five + five + "\n      " + last +
            "!\n Ann · /help explains the commands\n\n");
}

TEST_CASE("several rooms stand in the title, with what was not read yet") {
  Model model = chatting_model();
  Controller controller(model);
  submit(model, "/join cpp");
  open_room(model, sent<protocol::Join>(model)->request, {2}, "cpp", {{kMe, "Ann"}});
  post(model, kLobby, kLisa, "Lisa", "one");
  CHECK(picture(model, controller, size_of(60, 4)) == R"(
 cpp · 1 person · 127.0.0.1:1338          1 lobby +1 [2 cpp]
                                        │ 1 person
 Ann · /help explains the commands

)");
  controller.press(Alt{U'1'}, {}, kNoon);
  CHECK(picture(model, controller, size_of(60, 4)) == R"(
 lobby · 2 people · 127.0.0.1:1338          [1 lobby] 2 cpp
12:00 <Lisa> one                        │ 2 people
 Ann · /help explains the commands

)");
}

TEST_CASE("where not all rooms fit the title, the one in front is among those shown") {
  Model model = chatting_model();
  const Controller controller(model);
  for (std::uint32_t i = 2; i <= 4; ++i) {
    submit(model, "/join garden" + std::to_string(i));
    open_room(model, sent<protocol::Join>(model)->request, {i}, "garden" + std::to_string(i),
              {{kMe, "Ann"}});
  }
  CHECK(picture(model, controller, size_of(50, 4)) == R"(
 garden4          2 garden2  3 garden3 [4 garden4]

 Ann · /help explains the commands

)");
}

TEST_CASE("a long list of members says how many more there are") {
  Model model = chatting_model();
  const Controller controller(model);
  for (std::uint64_t i = 0; i < 5; ++i)
    give(model, protocol::Joined{kLobby, kNoon, {{{20 + i}, "user" + std::to_string(i)}}});
  CHECK(picture(model, controller, size_of(60, 8)) == R"(
 lobby · 7 people · 127.0.0.1:1338                 [1 lobby]
12:00 → user0 joined                    │ 7 people
12:00 → user1 joined                    │ Ann
12:00 → user2 joined                    │ Lisa
12:00 → user3 joined                    │ user0
12:00 → user4 joined                    │ and 4 more
 Ann · /help explains the commands

)");
}

TEST_CASE("a room that only counts its members says how to list them") {
  Model model = chatting_model();
  const Controller controller(model);
  give(model, protocol::MemberCount{kLobby, 1234});
  CHECK(picture(model, controller, size_of(60, 6)) == R"(
 lobby · 1234 people · 127.0.0.1:1338              [1 lobby]
12:00 Welcome to test 1.0, Ann. See     │ 1234 people
      /help.                            │ /who lists them
12:00 → Ann joined                      │
 Ann · /help explains the commands

)");
}

TEST_CASE("while one reads further up, the status line counts what comes in") {
  Model model = chatting_model();
  Controller controller(model);
  const Size size = size_of(40, 6);
  for (int i = 1; i <= 9; ++i)
    post(model, kLobby, kLisa, "Lisa", std::to_string(i));
  controller.press(NamedKey::page_up, size_of(40, 3), kNoon);
  post(model, kLobby, kLisa, "Lisa", "10");
  CHECK(picture(model, controller, size) == R"(
 lobby · 2 people              [1 lobby]
12:00 <Lisa> 5
12:00 <Lisa> 6
12:00 <Lisa> 7
 1 new below · PgDn scrolls down

)");
}

TEST_CASE("the status line says how to go back to now, where it has room for that") {
  Model model = chatting_model();
  Controller controller(model);
  for (int i = 1; i <= 9; ++i)
    post(model, kLobby, kLisa, "Lisa", std::to_string(i));
  controller.press(NamedKey::page_up, size_of(60, 3), kNoon);
  CHECK(picture(model, controller, size_of(60, 6))
            .find("\n PgDn scrolls down · Esc goes back to now\n") != std::string::npos);
}

TEST_CASE("a refused line stays and the status line says why, until the next key") {
  Model model = chatting_model();
  Controller controller(model);
  const Size size = size_of(60, 3);
  type(controller, "/foo");
  press(controller, NamedKey::enter);
  CHECK(picture(model, controller, size) == R"(
12:00 → Ann joined                      │ 2 people
 There is no command /foo. See /help; // starts a text with…
/foo
)");
  press(controller, NamedKey::backspace);
  CHECK(picture(model, controller, size) == R"(
12:00 → Ann joined                      │ 2 people
 Ann · /help explains the commands
/fo
)");
}

TEST_CASE("a nickname is asked for in the input line, with the refused one to correct") {
  Model model = new_model();
  Controller controller(model);
  model.start("Ann", kNoon);
  give(model,
       protocol::Error{sent<protocol::Hello>(model)->request, ErrorCode::nickname_taken, ""});
  controller.model_changed();
  const Size size = size_of(50, 5);
  CHECK(picture(model, controller, size) == R"(
 edgechat · 127.0.0.1:1338
12:00 This nickname is taken. Which nickname do
      you want?
 Enter a nickname, or /quit
Nickname: Ann
)");
  CHECK(cursor(model, controller, size) == ScreenPosition{Rows{4}, Columns{13}});
  type(controller, "a");
  press(controller, NamedKey::enter);
  CHECK(sent<protocol::Hello>(model)->nickname == "Anna");
  CHECK(controller.prompt().text().empty());
}

TEST_CASE("without a connection the status line says when the next one is tried") {
  Model model = chatting_model();
  Controller controller(model);
  model.connection_lost("Connection refused.", kNoon);
  model.next_try_in(std::chrono::seconds(7));
  type(controller, "hello?");
  press(controller, NamedKey::enter);
  type(controller, "typed meanwh");
  CHECK(picture(model, controller, size_of(60, 6)) == R"(
 lobby · 2 people · 127.0.0.1:1338                 [1 lobby]
12:00 The connection is lost:           │ 2 people
      Connection refused.               │ Ann
12:00 <Ann> hello? (pending)            │ Lisa
 Ann · Connection lost · next try in 7 s · Ctrl-T tries now
typed meanwh
)");
  model.next_try_in(std::nullopt);
  CHECK(picture(model, controller, size_of(50, 3)) == R"(
12:00 <Ann> hello? (pending)
 Ann · Connection lost · connecting
typed meanwh
)");
}

TEST_CASE("who lost the connection stands apart in the list") {
  Model model = chatting_model();
  const Controller controller(model);
  give(model,
       protocol::Presence{
           kLobby, WallTime{kNoon.milliseconds + 1}, {{kLisa, "Lisa", PresenceState::lost}}});
  const Size size = size_of(60, 6);
  CHECK(picture(model, controller, size) == R"(
 lobby · 2 people · 127.0.0.1:1338                 [1 lobby]
      /help.                            │ 2 people
12:00 → Ann joined                      │ Ann
12:00 Lisa: connection lost             │ Lisa (lost)
 Ann · /help explains the commands

)");
  CHECK(compose(model, controller, size).at({Rows{3}, Columns{43}}).ink.style == Style::dim);
}

TEST_CASE("a client that is not wanted any more says so in the chat and in the status line") {
  Model model = chatting_model();
  Controller controller(model);
  give(model, protocol::Goodbye{{}, CloseReason::taken_over, ""});
  CHECK(picture(model, controller, size_of(80, 5)) == R"(
 lobby · 2 people · 127.0.0.1:1338                                     [1 lobby]
12:00 Disconnected from chat server: Your session goes on   │ 2 people
      in another connection.                                │ and 2 more
 Ann · Disconnected; /quit ends

)");
}
