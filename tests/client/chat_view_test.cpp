// With which inks the chat is drawn, and what is listed of it.

#include "client/chat_view.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <utility>

#include "client/controller.hpp"
#include "client/view.hpp"
#include "tests/client/chatting.hpp"
#include "tests/client/screen_check.hpp"
#include "tests/client/started_programs.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

namespace {

constexpr Size kScreen{Columns{50}, Rows{6}};

Ink ink_at(const Model& model, int row, int column) {
  const Controller controller(const_cast<Model&>(model));
  return compose(model, controller, kScreen).at({Rows{row}, Columns{column}}).ink;
}

std::string picture(const Model& model, const Controller& controller) {
  return "\n" + text_of(compose(model, controller, kScreen));
}

// With nothing in front of what follows.
Model quiet_model() {
  Model model = chatting_model();
  submit(model, "/clear");
  return model;
}

// Says what it is to open.
class Browser {
 public:
  Browser() { ::setenv("BROWSER", script_.path().c_str(), 1); }
  ~Browser() { ::unsetenv("BROWSER"); }
  Browser(const Browser&) = delete;
  Browser& operator=(const Browser&) = delete;

  // The next one, in a line.
  std::string opened() const { return pipe_.line(); }

 private:
  chat::test::NamedPipe pipe_;
  chat::test::Script script_{"echo \"$*\" >" + pipe_.path()};
};

}  // namespace

TEST_CASE("names have their colours, and one's own stands out") {
  Model model = quiet_model();
  post(model, kLobby, kLisa, "Lisa", "hi");
  post(model, kLobby, kMe, "Ann", "hello");
  CHECK(ink_at(model, 1, 0) == Ink(Style::dim));
  CHECK(ink_at(model, 1, 6) == Ink(Style::normal));
  CHECK(ink_at(model, 1, 7) == Ink(Style::normal, colour_of("Lisa")));
  CHECK(ink_at(model, 1, 10) == Ink(Style::normal, colour_of("Lisa")));
  CHECK(ink_at(model, 1, 11) == Ink(Style::normal));
  CHECK(ink_at(model, 2, 7) == Ink(Style::own, colour_of("Ann")));
  CHECK(ink_at(model, 2, 12) == Ink(Style::normal));
}

TEST_CASE("what others say with one's name in it stands out, and is counted where one is not") {
  Model model = quiet_model();
  submit(model, "/join cpp");
  open_room(model, sent<protocol::Join>(model)->request, {2}, "cpp", {{kMe, "Ann"}});
  CHECK_FALSE(model.take_mention());
  post(model, kLobby, kMe, "Ann", "I am Ann");
  post(model, kLobby, kLisa, "Lisa", "hi all");
  post(model, kLobby, kLisa, "Lisa", "hi ann");
  CHECK(model.rooms()[0].mentions == 1);
  const auto mention = model.take_mention();
  REQUIRE(mention);
  CHECK(mention->room == "lobby");
  CHECK(mention->from == "Lisa");
  CHECK(mention->text == "hi ann");
  CHECK_FALSE(model.take_mention());
  model.show_room(0);
  CHECK(model.rooms()[0].mentions == 0);
  // Below the row that tells what is new.
  CHECK(ink_at(model, 2, 13) == Ink(Style::normal));
  CHECK(ink_at(model, 3, 7) == Ink(Style::hit));
  CHECK(ink_at(model, 3, 13) == Ink(Style::mention));
}

TEST_CASE("a whisper calls for attention, whatever it says, and one's own does not") {
  Model model = quiet_model();
  give(model, protocol::RoomOpened{
                  .request = {}, .room = {5}, .kind = RoomKind::pair, .name = "Lisa", .next = {1}});
  post(model, {5}, kLisa, "Lisa", "psst");
  const auto mention = model.take_mention();
  REQUIRE(mention);
  CHECK(mention->from == "Lisa");
  CHECK(mention->text == "psst");
  submit(model, "/msg Lisa what is it?");
  CHECK_FALSE(model.take_mention());
}

TEST_CASE("the user's own words are looked out for") {
  Model model = quiet_model();
  model.look_out_for(Highlights({"deploy*"}));
  post(model, kLobby, kLisa, "Lisa", "it is deployed");
  CHECK(model.take_mention());
  CHECK(ink_at(model, 1, 13) == Ink(Style::mention));
}

TEST_CASE("addresses are underlined, also over rows") {
  Model model = quiet_model();
  post(model, kLobby, kLisa, "Lisa", "(https://x.y/" + std::string(60, 'z') + ")");
  CHECK_FALSE(ink_at(model, 1, 13).is_link);
  CHECK_FALSE(ink_at(model, 2, 6).is_link);
  CHECK(ink_at(model, 2, 7).is_link);
  CHECK(ink_at(model, 2, 49).is_link);
  CHECK(ink_at(model, 3, 6).is_link);
  CHECK_FALSE(ink_at(model, 3, 35).is_link);
}

TEST_CASE("a new day stands in a row of its own") {
  Model model = quiet_model();
  const Controller controller(model);
  constexpr std::int64_t kDay = 24 * 3'600'000;
  for (std::uint64_t i = 1; i <= 2; ++i)
    give(model, protocol::Posted{.room = kLobby,
                                 .sequence = {i},
                                 .time = {static_cast<std::int64_t>(i) * kDay},
                                 .user = kLisa,
                                 .kind = MessageKind::text,
                                 .nickname = "Lisa",
                                 .text = "m"});
  CHECK(picture(model, controller) == R"(
 lobby · 2 people · 127.0.0.1:1338       [1 lobby]
00:00 <Lisa> m
── Saturday, 3 January 1970 ──
00:00 <Lisa> m
 Ann · /help explains the commands

)");
  CHECK(text_of(compose(model, controller, {Columns{19}, Rows{6}})).find("\n── 3 Jan ──\n") !=
        std::string::npos);
  CHECK(text_of(compose(model, controller, {Columns{7}, Rows{6}})).find("\n3 Jan\n") !=
        std::string::npos);
}

TEST_CASE("the addresses of a room are listed, newest first and each once") {
  Model model = quiet_model();
  Controller controller(model);
  controller.press(Alt{U'u'}, {}, kNoon);
  CHECK(controller.refusal() == "There is no address of a web page in these lines.");
  post(model, kLobby, kLisa, "Lisa", "https://old.example/ and https://x.y/");
  post(model, kLobby, kLisa, "Lisa", "see https://x.y/, or https://new.example/");
  controller.press(Alt{U'u'}, {}, kNoon);
  CHECK(model.shown() == Model::Shown::urls);
  CHECK(picture(model, controller) == R"(
 lobby · 2 people · 127.0.0.1:1338       [1 lobby]
> 1970-01-01 12:00 Lisa https://new.example/
  1970-01-01 12:00 Lisa https://x.y/
  1970-01-01 12:00 Lisa https://old.example/
 3 addresses · Enter opens it · Esc ends

)");
  controller.press(NamedKey::down, {}, kNoon);
  CHECK(model.urls().chosen() == 1);
  controller.press(NamedKey::page_down, {Columns{50}, Rows{9}}, kNoon);
  CHECK(model.urls().chosen() == 2);
  controller.press(NamedKey::escape, {}, kNoon);
  CHECK(model.shown() == Model::Shown::room);
}

TEST_CASE("without a browser a sentence says how to set one") {
  ::unsetenv("BROWSER");
  Model model = quiet_model();
  Controller controller(model);
  post(model, kLobby, kLisa, "Lisa", "https://x.y/");
  controller.press(Alt{U'u'}, {}, kNoon);
  controller.press(NamedKey::enter, {}, kNoon);
  CHECK(controller.refusal().starts_with("Which browser?"));
  CHECK(model.shown() == Model::Shown::urls);
}

TEST_CASE("the chosen address is opened, that one alone, and leaves the list") {
  const Browser browser;
  Model model = quiet_model();
  Controller controller(model);
  post(model, kLobby, kLisa, "Lisa",
       "https://old.example/ and https://x.y/z, or (www.new.example)");
  controller.press(Alt{U'u'}, {}, kNoon);
  controller.press(NamedKey::down, {}, kNoon);
  controller.press(NamedKey::enter, {}, kNoon);
  CHECK(controller.refusal() == "");
  CHECK(model.shown() == Model::Shown::room);
  CHECK(browser.opened() == "https://x.y/z\n");
  controller.press(Alt{U'u'}, {}, kNoon);
  controller.press(NamedKey::enter, {}, kNoon);
  CHECK(browser.opened() == "http://www.new.example\n");
}

TEST_CASE("a click on an address opens it, all of it, and a click beside it nothing") {
  const Browser browser;
  Model model = quiet_model();
  Controller controller(model);
  const std::string url = "https://x.y/" + std::string(60, 'z');
  post(model, kLobby, kLisa, "Lisa", "(" + url + ") or https://new.example/, see");
  const Screen screen = compose(model, controller, kScreen);
  const auto point = [&](Mouse::What what, int row, int column) {
    controller.point({what, Columns{column}, Rows{row}},
                     screen.target_at({Rows{row}, Columns{column}}), kScreen);
  };
  REQUIRE(picture(model, controller) == R"(
 lobby · 2 people · 127.0.0.1:1338       [1 lobby]
      (https://x.y/zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz
      zzzzzzzzzzzzzzzzzzzzzzzzzzzzz) or
      https://new.example/, see
 Ann · /help explains the commands

)");
  // Right before one, and right behind.
  for (const auto& [row, column] :
       {std::pair(1, 6), std::pair(2, 35), std::pair(3, 26), std::pair(0, 7)})
    point(Mouse::What::click, row, column);
  // The wheel scrolls, wherever it is.
  point(Mouse::What::wheel_up, 2, 20);
  point(Mouse::What::wheel_down, 2, 20);
  point(Mouse::What::click, 3, 25);
  CHECK(browser.opened() == "https://new.example/\n");
  CHECK(controller.refusal() == "");
  point(Mouse::What::click, 1, 7);
  CHECK(browser.opened() == url + "\n");
  point(Mouse::What::click, 2, 34);
  CHECK(browser.opened() == url + "\n");
  ::unsetenv("BROWSER");
  point(Mouse::What::click, 2, 34);
  CHECK(controller.refusal().starts_with("Which browser?"));
}

namespace {

// A text of all that could do harm.
std::string random_text(std::mt19937& random) {
  const std::string_view pieces[] = {"a",
                                     " ",
                                     "word ",
                                     "\n",
                                     "\r",
                                     "\t",
                                     "\x1B[2J",
                                     "\a",
                                     "\x7F",
                                     "日本",
                                     "e\u0301",
                                     "\u0301",
                                     "\u200D",
                                     "\U0001F468\u200D\U0001F469",
                                     "https://x.y/",
                                     "\u202E",
                                     "\u2028",
                                     "\xFF",
                                     "\xC3",
                                     "\u009B",
                                     "\u0627\u0644",
                                     "Ann",
                                     "\U0001F1E9"};
  std::string text;
  for (auto length = random() % 40; length > 0; --length) {
    if (random() % 4 == 0)
      text += static_cast<char>(random() % 256);
    else
      text += pieces[random() % std::size(pieces)];
  }
  return text;
}

}  // namespace

TEST_CASE("whatever is said, every row fits the screen, without a control character") {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    CAPTURE(round);
    Model model = chatting_model();
    Controller controller(model);
    for (int i = 0; i < 8; ++i)
      post(model, kLobby, random() % 5 == 0 ? kMe : kLisa,
           random() % 3 == 0 ? random_text(random) : "Lisa", random_text(random),
           random() % 4 == 0 ? MessageKind::action : MessageKind::text);
    if (random() % 4 == 0)
      controller.press(Alt{U'u'}, {}, kNoon);
    for (int i = 0; i < 4; ++i) {
      const Size size{Columns{1 + static_cast<int>(random() % (i == 0 ? 4 : 130))},
                      Rows{1 + static_cast<int>(random() % 12)}};
      if (random() % 2 == 0)
        controller.press(NamedKey::page_up, size, kNoon);
      REQUIRE(fault_of(compose(model, controller, size), size) == "");
    }
  }
}
