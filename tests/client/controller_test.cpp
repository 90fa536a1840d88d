#include "client/controller.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "client/key_settings.hpp"
#include "tests/client/chatting.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

namespace {

// A person in front of a keyboard.
struct Person {
  Model model = chatting_model();
  Controller controller{model};

  void press(const Key& key) { controller.press(key, {Columns{40}, Rows{4}}, kNoon); }
  void type(std::string text) { press(Typed{std::move(text)}); }
  const std::string& line() const { return controller.prompt().text(); }
};

}  // namespace

TEST_CASE("Enter sends the line and begins a new one") {
  Person ann;
  ann.type("hello");
  ann.press(NamedKey::enter);
  CHECK(ann.line().empty());
  CHECK(sent<protocol::Say>(ann.model)->text == "hello");
}

TEST_CASE("Up brings back what was sent, Down what was being typed") {
  Person ann;
  ann.type("one");
  ann.press(NamedKey::enter);
  ann.type("unfinished");
  ann.press(NamedKey::up);
  CHECK(ann.line() == "one");
  ann.press(NamedKey::down);
  CHECK(ann.line() == "unfinished");
}

TEST_CASE("a refused line is kept") {
  Person ann;
  ann.type(std::string(4097, 'x'));
  ann.press(NamedKey::enter);
  CHECK(ann.line().size() == 4097);
  CHECK(ann.controller.refusal().starts_with("Not sent"));
  ann.press(NamedKey::backspace);
  ann.press(NamedKey::enter);
  CHECK(ann.line().empty());
}

TEST_CASE("what arrives does not touch what is being typed") {
  Person ann;
  ann.type("hel");
  post(ann.model, kLobby, kLisa, "Lisa", "something");
  give(ann.model, protocol::Error{{99}, ErrorCode::bad_value, "No."});
  ann.controller.model_changed();
  ann.type("lo");
  CHECK(ann.line() == "hello");
}

TEST_CASE("Escape, and End in an empty line, go from further up to what is being said") {
  Person ann;
  for (int i = 0; i < 30; ++i)
    post(ann.model, kLobby, kLisa, "Lisa", std::to_string(i));
  for (int i = 0; i < 5; ++i)
    ann.press(NamedKey::page_up);
  REQUIRE_FALSE(ann.model.scrollback().at_end());
  SUBCASE("Escape") {
    ann.type("typed");
    ann.press(NamedKey::escape);
    CHECK(ann.line() == "typed");
  }
  SUBCASE("End") {
    ann.press(NamedKey::end);
  }
  SUBCASE("End where there is something to be edited") {
    ann.type("typed");
    ann.press(NamedKey::end);
    CHECK_FALSE(ann.model.scrollback().at_end());
    ann.press(NamedKey::escape);
  }
  CHECK(ann.model.scrollback().at_end());
  CHECK(ann.model.shown() == Model::Shown::room);
}

TEST_CASE("Tab completes the names of the room in front, but not one's own") {
  Person ann;
  ann.type("l");
  ann.press(NamedKey::tab);
  CHECK(ann.line() == "Lisa: ");
  ann.press(Control{'u'});
  ann.type("a");
  ann.press(NamedKey::tab);
  CHECK(ann.line() == "a");
}

TEST_CASE("a completion ends with its line, however the line ends") {
  Person ann;
  ann.type("hi l");
  ann.press(NamedKey::tab);
  CHECK(ann.line() == "hi Lisa ");
  ann.press(NamedKey::enter);
  ann.press(NamedKey::tab);
  CHECK(ann.line().empty());
}

TEST_CASE("a completion ends when a refused nickname takes the line's place") {
  Model naming = new_model();
  Controller controller(naming);
  naming.start("l", kNoon);
  post(naming, kLobby, kLisa, "Lisa", "");
  controller.press(Typed{"hi l"}, {}, kNoon);
  controller.press(NamedKey::tab, {}, kNoon);
  CHECK(controller.prompt().text() == "hi Lisa ");
  give(naming,
       protocol::Error{sent<protocol::Hello>(naming)->request, ErrorCode::nickname_taken, ""});
  controller.model_changed();
  CHECK(controller.prompt().text() == "l");
  controller.press(NamedKey::tab, {}, kNoon);
  CHECK(controller.prompt().text() == "Lisa: ");
}

TEST_CASE("in a room that only counts, Tab offers who was seen, but not oneself") {
  Person ann;
  give(ann.model, protocol::MemberCount{kLobby, 700});
  ann.type("l");
  ann.press(NamedKey::tab);
  CHECK(ann.line() == "Lisa: ");
  ann.press(Control{'u'});
  ann.type("a");
  ann.press(NamedKey::tab);
  CHECK(ann.line() == "a");
}

TEST_CASE("who spoke last is completed first, also under another name") {
  Person ann;
  constexpr UserId kLiam{12};
  constexpr UserId kLiz{13};
  give(ann.model,
       protocol::Joined{.room = kLobby, .time = kNoon, .people = {{kLiam, "Liam"}, {kLiz, "Liz"}}});
  const auto completed = [&] {
    ann.type("l");
    ann.press(NamedKey::tab);
    std::string line = ann.line();
    ann.press(Control{'u'});
    return line;
  };
  CHECK(completed() == "Liam: ");
  post(ann.model, kLobby, kLisa, "Lisa", "hello");
  CHECK(completed() == "Lisa: ");
  post(ann.model, kLobby, kLiz, "Liz", "hello");
  CHECK(completed() == "Liz: ");
  give(ann.model,
       protocol::Renamed{
           .room = kLobby, .time = kNoon, .user = kLiz, .before = "Liz", .after = "Lola"});
  CHECK(completed() == "Lola: ");
  give(ann.model, protocol::Left{.room = kLobby, .time = kNoon, .people = {{kLiz, "Lola"}}});
  CHECK(completed() == "Lisa: ");
}

TEST_CASE("rooms are completed: one's own, and those that were listed") {
  Person ann;
  ann.type("/rooms");
  ann.press(NamedKey::enter);
  const auto asked = sent<protocol::ListRooms>(ann.model);
  give(ann.model, protocol::RoomPage{.request = asked->request,
                                     .last = true,
                                     .rooms = {{kLobby, "lobby", 2}, {{7}, "garden", 5}}});
  ann.type("/join ga");
  ann.press(NamedKey::tab);
  CHECK(ann.line() == "/join garden ");
}

TEST_CASE("what was written elsewhere takes the draft's place, and can be taken back") {
  Person ann;
  ann.type("draft");
  CHECK(ann.controller.press(Alt{U'e'}, {}, kNoon) == Wish::edit_elsewhere);
  ann.controller.written_elsewhere("written\nelsewhere");
  CHECK(ann.line() == "written\nelsewhere");
  ann.press(Control{'_'});
  CHECK(ann.line() == "draft");
  ann.controller.written_elsewhere(std::unexpected("No."));
  CHECK(ann.line() == "draft");
  CHECK(ann.controller.says() == "No.");
}

TEST_CASE("the control keys of line editing") {
  Person ann;
  ann.type("one two three");
  ann.press(Control{'w'});
  CHECK(ann.line() == "one two ");
  ann.press(Control{'a'});
  ann.press(Alt{U'f'});
  ann.press(Control{'k'});
  CHECK(ann.line() == "one");
  ann.press(Control{'a'});
  ann.press(Control{'d'});
  CHECK(ann.line() == "ne");
  ann.press(Control{'e'});
  ann.press(NamedKey::backspace);
  CHECK(ann.line() == "n");
  ann.press(NamedKey::home);
  ann.press(NamedKey::del);
  CHECK(ann.line().empty());
}

TEST_CASE("Ctrl-C and Ctrl-D quit on an empty line; Ctrl-C cuts out what is written first") {
  Person ann;
  ann.type("x");
  ann.press(Control{'d'});
  CHECK(ann.model.phase() == Phase::chatting);
  ann.press(Control{'u'});
  ann.press(Control{'d'});
  CHECK(ann.model.phase() == Phase::quitting);
  Person bert;
  bert.type("x");
  bert.press(Control{'c'});
  CHECK(bert.model.phase() == Phase::chatting);
  CHECK(bert.line().empty());
  bert.press(Control{'y'});
  CHECK(bert.line() == "x");
  bert.press(Control{'c'});
  bert.press(Control{'c'});
  CHECK(bert.model.phase() == Phase::quitting);
}

TEST_CASE("Alt-Enter begins another line of the same message") {
  Person ann;
  ann.type("one");
  ann.press(Modified{NamedKey::enter, {.alt = true}});
  ann.type("two");
  CHECK(ann.line() == "one\ntwo");
  ann.press(NamedKey::enter);
  CHECK(sent<protocol::Say>(ann.model)->text == "one\ntwo");
}

TEST_CASE("Up and Down reach the history only from the first and the last line") {
  Person ann;
  ann.type("before");
  ann.press(NamedKey::enter);
  ann.type("one");
  ann.press(Modified{NamedKey::enter, {.alt = true}});
  ann.type("two");
  ann.press(NamedKey::up);
  CHECK(ann.line() == "one\ntwo");
  CHECK(ann.controller.prompt().editor().cursor() == 3);
  ann.press(NamedKey::up);
  CHECK(ann.line() == "before");
  ann.press(NamedKey::down);
  CHECK(ann.line() == "one\ntwo");
}

TEST_CASE("what has to wait for the decision about a paste says so") {
  Person ann;
  ann.press(Pasted{"1\n2\n3\n4\n5\n6"});
  const std::string_view sentence = "First the paste: Enter takes it, Esc drops it.";
  ann.type("x");
  CHECK(ann.controller.says() == sentence);
  ann.press(NamedKey::down);
  CHECK(ann.controller.says() == "Paste 6 lines? Enter takes them, Esc drops them.");
  ann.press(NamedKey::tab);
  CHECK(ann.controller.says() == sentence);
  ann.press(Control{'c'});
  CHECK(ann.line().empty());
  CHECK(ann.controller.says().empty());
  CHECK(ann.model.phase() == Phase::chatting);
}

TEST_CASE("a paste that no message can hold is called too long before it is taken") {
  Person ann;
  ann.press(Pasted{std::string(7500, 'x')});
  CHECK(ann.controller.says() ==
        "Paste 7500 characters? Too long for one message. Enter takes, Esc drops them.");
}

TEST_CASE("a large paste is asked about") {
  Person ann;
  ann.press(Pasted{"1\n2\n3\n4\n5\n6"});
  CHECK(ann.controller.says() == "Paste 6 lines? Enter takes them, Esc drops them.");
  ann.type("ignored");
  ann.press(Control{'u'});
  SUBCASE("taken, and sent with the next Enter") {
    ann.press(NamedKey::enter);
    CHECK(ann.line() == "1\n2\n3\n4\n5\n6");
    CHECK_FALSE(sent<protocol::Say>(ann.model));
    ann.press(NamedKey::enter);
    CHECK(sent<protocol::Say>(ann.model)->text == "1\n2\n3\n4\n5\n6");
  }
  SUBCASE("dropped") {
    ann.press(NamedKey::escape);
    CHECK(ann.line().empty());
  }
  CHECK(ann.controller.says().empty());
}

TEST_CASE("what is typed while a room opens goes along, what is written stays in its room") {
  Person ann;
  ann.type("/join garden");
  ann.press(NamedKey::enter);
  ann.type("ro");
  open_room(ann.model, sent<protocol::Join>(ann.model)->request, {2}, "garden", {{kMe, "Ann"}});
  ann.controller.model_changed();
  ann.type("ses");
  CHECK(ann.line() == "roses");
  ann.press(Alt{U'1'});
  CHECK(ann.line().empty());
  ann.press(NamedKey::up);
  CHECK(ann.line() == "/join garden");
  ann.press(Alt{U'2'});
  CHECK(ann.line() == "roses");
}

TEST_CASE("what was being written for a room stays there when one is put out of it") {
  Person ann;
  ann.type("/join garden");
  ann.press(NamedKey::enter);
  open_room(ann.model, sent<protocol::Join>(ann.model)->request, {2}, "garden", {{kMe, "Ann"}});
  ann.type("roses");
  give(ann.model, protocol::RoomClosed{.request = {}, .room = {2}});
  ann.controller.model_changed();
  CHECK(ann.model.front()->name == "lobby");
  CHECK(ann.line().empty());
}

TEST_CASE("Ctrl-R looks for what was entered, Enter takes it without sending") {
  Person ann;
  ann.type("make tea");
  ann.press(NamedKey::enter);
  CHECK(sent<protocol::Say>(ann.model));
  ann.press(Control{'r'});
  ann.type("te");
  ann.type("x");
  ann.press(NamedKey::backspace);
  CHECK(ann.line() == "make tea");
  ann.press(NamedKey::enter);
  CHECK_FALSE(sent<protocol::Say>(ann.model));
  CHECK(ann.line() == "make tea");
  ann.press(Control{'r'});
  ann.type("tea");
  ann.press(NamedKey::escape);
  CHECK(ann.line() == "make tea");
}

TEST_CASE("what concerns the terminal or the connection comes back as a wish") {
  Person ann;
  CHECK(ann.controller.press(Control{'z'}, {}, kNoon) == Wish::suspend);
  CHECK(ann.controller.press(Control{'l'}, {}, kNoon) == Wish::redraw);
  CHECK(ann.controller.press(Control{'t'}, {}, kNoon) == Wish::try_now);
  CHECK(ann.controller.press(Control{'a'}, {}, kNoon) == Wish::nothing);
}

TEST_CASE("/keys lists all bindings in the chat area, as they are") {
  Settings settings;
  REQUIRE(bind_key(settings, "F5", "quit"));
  Model model = chatting_model();
  Controller controller(model, Configuration(settings, std::nullopt));
  controller.press(Typed{"/keys"}, {}, kNoon);
  controller.press(NamedKey::enter, {}, kNoon);
  CHECK(controller.prompt().text().empty());
  CHECK(last_line(model) == "Ctrl-C, F5 (quit): quits");
  const auto all = lines(model);
  CHECK(std::ranges::count_if(all, [](const std::string& line) {
          return line.starts_with("Ctrl-Left, Alt-B (word-left): ");
        }) == 1);
  CHECK(model.scrollback().at_end());
}

TEST_CASE("a line that is full takes no more, and says so") {
  Person ann;
  ann.type(std::string(kMaxInputBytes, 'x'));
  CHECK(ann.controller.refusal().empty());
  ann.type("y");
  CHECK(ann.controller.refusal() == "The line is full.");
}

TEST_CASE("a list that the screen has no room for stays as it is, and that is said") {
  Model model = chatting_model();
  Controller controller(model);
  const auto press = [&](NamedKey key, int columns) {
    controller.press(key, {}, kNoon, kEndless, Columns{columns});
    return controller.refusal();
  };
  CHECK(press(NamedKey::f2, 99) == "There is no room for the list of rooms: it needs 100 columns.");
  CHECK(controller.panes().rooms);
  CHECK(press(NamedKey::f3, 59) == "There is no room for the list of people: it needs 60 columns.");
  CHECK(controller.panes().people);
  CHECK(press(NamedKey::f2, 100).empty());
  CHECK_FALSE(controller.panes().rooms);
  CHECK(press(NamedKey::f3, 60).empty());
  CHECK_FALSE(controller.panes().people);
}

TEST_CASE("lists beside the chat are as they are set, and as keys have left them since") {
  Settings settings;
  settings.panes.rooms = false;
  Model model = chatting_model();
  Controller controller(model, Configuration(settings, std::nullopt));
  const auto enter = [&](std::string line) {
    controller.press(Typed{std::move(line)}, {}, kNoon);
    controller.press(NamedKey::enter, {}, kNoon);
  };
  CHECK_FALSE(controller.panes().rooms);
  controller.press(NamedKey::f2, {}, kNoon);
  CHECK(controller.panes().rooms);
  enter("/set bell true");
  CHECK(controller.panes().rooms);
  enter("/set people-width 30");
  CHECK(controller.panes().people_width == Columns{30});
  CHECK_FALSE(controller.panes().rooms);
  enter("/set show-rooms true");
  CHECK(controller.panes().rooms);
}
