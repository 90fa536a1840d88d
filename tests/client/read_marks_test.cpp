// Where the line stands above what is new, and how many messages that are.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "client/scrollback.hpp"
#include "tests/client/reading_history.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

namespace {

constexpr Size kArea{Columns{40}, Rows{4}};

void open_read(Model& model, RequestId request, RoomId room, std::string name, std::uint64_t next,
               std::uint64_t read) {
  give(model, protocol::RoomOpened{.request = request,
                                   .room = room,
                                   .name = std::move(name),
                                   .next = {next},
                                   .read = {read}});
}

// Ann, who has come into a lobby where she had read up to a message.
Model model_in_read_lobby(std::uint64_t next, std::uint64_t read) {
  Model model = new_model();
  model.start("Ann", kNoon);
  const auto hello = sent<protocol::Hello>(model);
  welcome_to(model, hello->request, {});
  open_read(model, hello->request, kLobby, "lobby", next, read);
  return model;
}

// What stands below the line and above it, without what the client tells; nothing without a line.
std::vector<std::string> around_mark(const Model& model) {
  auto all = lines(model);
  std::erase_if(
      all, [](const std::string& line) { return !line.starts_with("<") && line != "── new ──"; });
  const auto marker = std::ranges::find(all, "── new ──");
  if (marker == all.end())
    return {};
  return {marker == all.begin() ? "" : *(marker - 1), *(marker + 1)};
}

Line numbered(std::uint64_t number) {
  Line line = make_line(LineKind::message, kNoon, "m" + std::to_string(number));
  line.number = {number};
  return line;
}

std::vector<Line> numbered(std::uint64_t first, std::uint64_t last) {
  std::vector<Line> all;
  for (std::uint64_t number = first; number <= last; ++number)
    all.push_back(numbered(number));
  return all;
}

}  // namespace

TEST_CASE(
    "what one has said oneself is not new, whether what is above it was told to be read or not") {
  Scrollback scrollback;
  std::vector<Line> lines = numbered(1, 4);
  lines[1].kind = LineKind::own_message;
  scrollback.insert(std::move(lines));
  scrollback.mark({1});
  const auto rows = scrollback.visible(kArea);
  REQUIRE(rows.size() == 4);
  CHECK(rows[1].line->kind == LineKind::marker);
  CHECK(rows[2].line->number == Sequence{3});
}

TEST_CASE("while the place is not there yet where the user had read to, no line stands anywhere") {
  Model model = model_in_read_lobby(31, 10);
  answer(model, 30);
  CHECK(around_mark(model).empty());
  for (int i = 0; i < 200; ++i) {
    model.page_up(kArea);
    if (const auto read = sent<protocol::ReadHistory>(model))
      give(model, page_of(*read, 1, read->before.value - 1, false));
  }
  CHECK(around_mark(model) == std::vector<std::string>{"<Lisa> m10", "<Lisa> m11"});
}

TEST_CASE("a line above all that is there goes where it belongs when what was read comes in") {
  Model model = model_in_read_lobby(31, 25);
  answer(model, 30);
  CHECK(around_mark(model) == std::vector<std::string>{"", "<Lisa> m26"});
  for (int i = 0; i < 20; ++i) {
    model.page_up(kArea);
    if (const auto read = sent<protocol::ReadHistory>(model))
      give(model, page_of(*read, 1, read->before.value - 1, false));
  }
  CHECK(around_mark(model) == std::vector<std::string>{"<Lisa> m25", "<Lisa> m26"});
  CHECK(std::ranges::count(lines(model), "── new ──") == 1);
}

TEST_CASE("where nothing is kept of what was read, all that is kept is new") {
  Scrollback lines;
  lines.insert(numbered(21, 24));
  lines.mark({10});
  CHECK(test::lines(lines) == std::vector<std::string>{"m21", "m22", "m23", "m24"});
  for (int i = 0; i < 2; ++i) {
    lines.insert_beginning(beginning_line());
    CHECK(test::lines(lines) ==
          std::vector<std::string>{beginning_line().text, "── new ──", "m21", "m22", "m23", "m24"});
  }
}

TEST_CASE("what is being read stays when the line comes in, or goes elsewhere") {
  Scrollback lines;
  lines.insert(numbered(21, 40));
  lines.mark({20});
  lines.page_up(kArea);
  lines.page_up(kArea);
  const auto before = lines.visible(kArea).front().text;
  const std::string top(before);
  lines.insert(numbered(1, 20));
  CHECK(lines.visible(kArea).front().text == top);
  CHECK(test::lines(lines)[20] == "── new ──");
}

TEST_CASE("messages that are unread and not loaded are counted by their numbers") {
  Model model = model_with_history(1);
  open_read(model, {}, kTea, "tea", 251, 0);
  give(model, page_of(asked(model), 246, 250, true));
  CHECK(model.rooms()[1].unread == 0);
  const auto hello = lose_and_greet(model);
  welcome_to(model, hello.request, {.epoch = {2}});
  open_read(model, hello.request, kLobby, "lobby", 1, 0);
  open_read(model, {}, kTea, "tea", 301, 50);
  give(model, page_of(asked(model), 296, 300, true));
  CHECK(model.rooms()[1].unread == 250);
  post_numbered(model, kTea, 301, "one more");
  CHECK(model.rooms()[1].unread == 251);
}

TEST_CASE("messages that are unread and not kept any more are not counted") {
  Model model = model_with_history(1);
  open_read(model, {}, kTea, "tea", 251, 50);
  give(model, page_of(asked(model), 248, 250, false));
  CHECK(model.rooms()[1].unread == 3);
}

TEST_CASE("whispering from elsewhere leaves unread what was not shown") {
  Model model = model_with_history(1);
  open_pair(model, {}, 1);
  post_numbered(model, kPair, 1, "one");
  post_numbered(model, kPair, 2, "two");
  submit(model, "/msg Lisa hi");
  const auto whisper = sent<protocol::Whisper>(model);
  REQUIRE(whisper.has_value());
  give(model, protocol::Acknowledged{.request = whisper->request,
                                     .id = whisper->id,
                                     .room = kPair,
                                     .sequence = {3},
                                     .time = kNoon});
  CHECK(conversation(model).unread == 2);
  CHECK_FALSE(sent<protocol::MarkRead>(model).has_value());
  show_conversation(model);
  CHECK(lines(model) ==
        std::vector<std::string>{"── new ──", "<Lisa> one", "<Lisa> two", "<Ann> hi"});
}

TEST_CASE("that a mark, or typing, was refused is of no interest") {
  Model model = model_in_read_lobby(5, 2);
  const auto before = lines(model);
  model.user_types(kNoon);
  for (const auto& message : model.take_outgoing()) {
    RequestId request;
    if (const auto* mark = std::get_if<protocol::MarkRead>(&message))
      request = mark->request;
    else if (const auto* typing = std::get_if<protocol::TellTyping>(&message))
      request = typing->request;
    else
      continue;
    give(model, protocol::Error{request, ErrorCode::no_such_room, "There is no such room."});
    CHECK(lines(model) == before);
  }
  // One that answers nothing is about the connection, and matters.
  give(model, protocol::Error{{}, ErrorCode::no_such_room, "There is no such room."});
  CHECK(last_line(model) == "There is no such room.");
}

TEST_CASE("after a start the newest mention comes first, and the newest of what else is unread") {
  constexpr RoomId kGarden{3};
  constexpr Size kWide{Columns{80}, Rows{9}};
  for (const bool is_tea_newer : {true, false}) {
    CAPTURE(is_tea_newer);
    for (const char* text : {"Ann: look here", "look here"}) {
      Model model = model_in_read_lobby(1, 0);
      open_read(model, {}, kTea, "tea", 4, 1);
      open_read(model, {}, kGarden, "garden", 4, 1);
      for (int i = 0; i < 2; ++i) {
        const auto read = asked(model);
        const bool is_newer = (read.room == kTea) == is_tea_newer;
        auto page = page_of(read, 1, 3, false);
        page.messages[1].text = text;
        page.messages[1].time = {kNoon.milliseconds - (is_newer ? 1'000 : 2'000)};
        page.messages[2].time = page.messages[1].time;
        give(model, page);
      }
      model.show_news(kWide);
      CHECK(model.front()->name == (is_tea_newer ? "tea" : "garden"));
      model.show_news(kWide);
      CHECK(model.front()->name == (is_tea_newer ? "garden" : "tea"));
      model.show_news(kWide);
      CHECK(model.front()->name == "lobby");
    }
  }
}
