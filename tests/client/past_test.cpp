// What was said before one came, while one was away, and long ago.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "client/model.hpp"
#include "tests/client/reading_history.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

using Lines = std::vector<std::string>;

namespace {

constexpr Size kArea{Columns{40}, Rows{5}};

std::vector<std::string> on_screen(const Model& model, Size area = kArea) {
  std::vector<std::string> all;
  for (const auto& row : model.scrollback().visible(area))
    all.emplace_back(row.text);
  return all;
}

}  // namespace

// --- entering -----------------------------------------------------------------------------------

TEST_CASE("on entering a room its last messages are shown, above what is live") {
  Model model = model_with_history(21);
  const auto read = asked(model);
  CHECK(read.room == kLobby);
  CHECK(read.before == Sequence{21});
  CHECK(read.count == kHistory);
  post_numbered(model, kLobby, 21, "live");
  give(model, page_of(read, 16, 20, true));
  CHECK(lines(model) == Lines{"<Lisa> m16", "<Lisa> m17", "<Lisa> m18", "<Lisa> m19", "<Lisa> m20",
                              "Welcome to test 1.0, Ann. See /help.", "<Lisa> live"});
  const auto first = model.scrollback().visible({Columns{80}, Rows{20}})[0];
  CHECK(first.text == "<Lisa> m16");
  CHECK(clock_of(first.line->time) == "11:59");
}

TEST_CASE("one's own messages of before are one's own") {
  Model model = model_with_history(3);
  const auto read = asked(model);
  auto page = page_of(read, 1, 2, false);
  page.messages[1].user = kMe;
  page.messages[1].nickname = "Ann";
  page.messages[1].kind = MessageKind::action;
  give(model, page);
  const auto rows = model.scrollback().visible({Columns{80}, Rows{20}});
  CHECK(rows[1].line->kind == LineKind::own_message);
  CHECK(rows[1].text == "* Ann m2");
}

TEST_CASE("what was said before is not unread") {
  Model model = model_with_history(1);
  submit(model, "/join tea");
  open(model, sent<protocol::Join>(model)->request, kTea, "tea", 11);
  model.show_room(0);
  answer(model, 10);
  CHECK(model.rooms()[1].unread == 0);
}

TEST_CASE("a page that does not hold all is followed by another") {
  Model model = model_with_history(21);
  const auto first = asked(model);
  give(model, page_of(first, 19, 20, true));
  const auto second = asked(model);
  CHECK(second.before == Sequence{19});
  CHECK(second.count == 3);
  give(model, page_of(second, 16, 18, true));
  CHECK(messages_of_lisa(model) == said_by_lisa(16, 20));
  CHECK_FALSE(sent<protocol::ReadHistory>(model).has_value());
}

TEST_CASE("nothing is asked where there is nothing") {
  SUBCASE("a new room") {
    Model model = model_with_history(1);
    CHECK_FALSE(sent<protocol::ReadHistory>(model).has_value());
  }
  SUBCASE("a server that keeps nothing") {
    Model model = new_model();
    model.start("Ann", kNoon);
    const auto hello = sent<protocol::Hello>(model);
    welcome_to(model, hello->request, {.history = 0});
    open(model, hello->request, kLobby, "lobby", 21);
    model.page_up(kArea);
    CHECK_FALSE(sent<protocol::ReadHistory>(model).has_value());
  }
}

TEST_CASE("rooms are read one after the other") {
  Model model = model_with_history(21);
  const auto lobby = asked(model);
  submit(model, "/join tea");
  open(model, sent<protocol::Join>(model)->request, kTea, "tea", 11);
  CHECK_FALSE(sent<protocol::ReadHistory>(model).has_value());
  give(model, page_of(lobby, 16, 20, true));
  CHECK(asked(model).room == kTea);
}

TEST_CASE("where messages cannot be read a line says how many, also between two pages") {
  Model model = model_with_history(21);
  auto first = page_of(asked(model), 18, 19, true);
  give(model, first);
  auto second = page_of(asked(model), 12, 15, true);
  std::erase_if(second.messages, [](const auto& message) { return message.sequence.value == 13; });
  give(model, second);
  const Lines expected{
      "<Lisa> m12", "1 message cannot be read.",  "<Lisa> m14",
      "<Lisa> m15", "2 messages cannot be read.", "<Lisa> m18",
      "<Lisa> m19", "1 message cannot be read.",  "Welcome to test 1.0, Ann. See /help."};
  CHECK(lines(model) == expected);
  SUBCASE("but not that the server keeps nothing older") {
    model.page_up(kArea);
    give(model, page_of(asked(model), 11, 11, false));
    model.page_up(kArea);
    CHECK(lines(model)[0] == "The beginning of what is kept.");
    CHECK(lines(model)[1] == "<Lisa> m11");
    CHECK(lines(model)[2] == "<Lisa> m12");
  }
}

TEST_CASE("messages that cannot be read are an error in their room") {
  Model model = model_with_history(21);
  give(model, protocol::Error{asked(model).request, ErrorCode::unreadable, "The disk is broken."});
  CHECK(last_line(model) == "The disk is broken.");
}

// --- coming back --------------------------------------------------------------------------------

TEST_CASE("in another session what was said meanwhile is read, and stands before it") {
  Model model = model_with_history(1);
  post_numbered(model, kLobby, 1, "m1");
  come_anew(model, 5);
  post_numbered(model, kLobby, 5, "m5");
  const auto read = asked(model);
  CHECK(read.before == Sequence{5});
  CHECK(read.count == 3);
  give(model, page_of(read, 2, 4, true));
  CHECK(lines(model) == Lines{"Welcome to test 1.0, Ann. See /help.", "<Lisa> m1",
                              "The connection is lost.", "<Lisa> m2", "<Lisa> m3", "<Lisa> m4",
                              "Connected again.", "<Lisa> m5"});
}

TEST_CASE("what was said meanwhile in another room is unread") {
  Model model = model_with_history(1);
  submit(model, "/join tea");
  open(model, sent<protocol::Join>(model)->request, kTea, "tea", 1);
  post_numbered(model, kLobby, 1, "m1");
  const std::size_t before = model.rooms()[0].unread;
  come_anew(model, 4);
  answer(model, 3);
  CHECK(model.rooms()[0].unread == before + 2);
}

TEST_CASE("a long absence is read page by page, and nothing is shown twice") {
  Model model = model_with_history(1);
  post_numbered(model, kLobby, 1, "m1");
  come_anew(model, 1500);
  for (int i = 0; i < 3; ++i)
    answer(model, 1499);
  CHECK_FALSE(sent<protocol::ReadHistory>(model).has_value());
  std::vector<std::string> all;
  for (const auto& row : model.scrollback().visible({Columns{80}, Rows{9999}}))
    if (row.text.starts_with("<Lisa>"))
      all.emplace_back(row.text);
  CHECK(all == said_by_lisa(1, 1499));
}

TEST_CASE("what is no longer kept of an absence is said") {
  Model model = model_with_history(1);
  post_numbered(model, kLobby, 1, "m1");
  come_anew(model, 11);
  answer(model, 10, 8);
  CHECK(lines(model) == Lines{"Welcome to test 1.0, Ann. See /help.", "<Lisa> m1",
                              "The connection is lost.", "6 messages were missed.", "<Lisa> m8",
                              "<Lisa> m9", "<Lisa> m10", "Connected again."});
}

TEST_CASE("an absence that cannot be read is a number of missed messages") {
  Model model = model_with_history(1);
  post_numbered(model, kLobby, 1, "m1");
  come_anew(model, 11);
  give(model, protocol::Error{asked(model).request, ErrorCode::not_kept, "No."});
  CHECK(lines(model)[3] == "9 messages were missed.");
}

TEST_CASE("one's own message that was acknowledged before its turn is shown once") {
  Model model = model_with_history(1);
  submit(model, "mine");
  const auto say = sent<protocol::Say>(model);
  give(model, protocol::Acknowledged{say->request, say->id, kLobby, {2}, kNoon});
  come_anew(model, 4);
  const auto read = asked(model);
  auto page = page_of(read, 1, 3, false);
  page.messages[1] = {{2}, kNoon, kMe, MessageKind::text, "Ann", "mine"};
  give(model, page);
  const auto all = lines(model);
  CHECK(std::ranges::count(all, "<Ann> mine") == 1);
  CHECK(std::ranges::find(all, "<Lisa> m1") < std::ranges::find(all, "<Ann> mine"));
  CHECK(std::ranges::find(all, "<Ann> mine") < std::ranges::find(all, "<Lisa> m3"));
}

TEST_CASE("a room whose numbers are void begins anew, below a line that says so") {
  Model model = model_with_history(1);
  post_numbered(model, kLobby, 1, "m1");
  post_numbered(model, kLobby, 2, "lost");
  const auto hello = lose_and_greet(model);
  welcome_to(model, hello.request, {.epoch = {2}, .resumed = true});
  open(model, hello.request, kLobby, "lobby", 3, true);
  const auto read = asked(model);
  CHECK(read.before == Sequence{3});
  post_numbered(model, kLobby, 3, "m3");
  give(model, page_of(read, 1, 2, false));
  CHECK(lines(model) == Lines{"Welcome to test 1.0, Ann. See /help.", "<Lisa> m1", "<Lisa> lost",
                              "The connection is lost.", "Connected again.",
                              "The server lost its latest messages; what follows is what it has.",
                              "<Lisa> m1", "<Lisa> m2", "<Lisa> m3",
                              "The server lost its latest messages. What it has was read anew."});
}

TEST_CASE("what the server lost is told below what was read anew, once, and where it is news") {
  const std::string news = "The server lost its latest messages. What it has was read anew.";
  const auto come_to_reset = [](Model& model, std::uint32_t epoch, std::uint64_t next) {
    const auto hello = lose_and_greet(model);
    welcome_to(model, hello.request, {.epoch = {epoch}, .resumed = true});
    open(model, hello.request, kLobby, "lobby", next, true);
  };
  const auto told = [&](const Model& model) {
    const auto all = lines(model);
    return std::ranges::count(all, news);
  };
  SUBCASE("behind the last page, also when there was another reset meanwhile") {
    Model model = model_with_history(1);
    post_numbered(model, kLobby, 1, "m1");
    come_to_reset(model, 2, 21);
    give(model, page_of(asked(model), 19, 20, true));
    come_to_reset(model, 3, 21);
    give(model, page_of(asked(model), 19, 20, true));
    CHECK(told(model) == 0);
    give(model, page_of(asked(model), 16, 18, true));
    CHECK(last_line(model) == news);
    post_numbered(model, kLobby, 21, "m21");
    model.page_up(kArea);
    answer(model, 21);
    CHECK(told(model) == 1);
  }
  SUBCASE("where nothing is left, the line before it is seen") {
    Model model = model_with_history(1);
    post_numbered(model, kLobby, 1, "m1");
    come_to_reset(model, 2, 1);
    CHECK(last_line(model) == "The server lost its latest messages; what follows is what it has.");
    come_to_reset(model, 2, 1);
    CHECK(told(model) == 0);
  }
  SUBCASE("in a room of which nothing was read") {
    Model model = model_with_history(1);
    come_to_reset(model, 2, 3);
    answer(model, 2);
    CHECK(told(model) == 0);
  }
}

TEST_CASE("a server that has begun to count anew is read anew") {
  Model model = model_with_history(1);
  post_numbered(model, kLobby, 1, "m1");
  come_anew(model, 3, {.epoch = {2}});
  CHECK(answer(model, 2).before == Sequence{3});
  CHECK(messages_of_lisa(model) == Lines{"<Lisa> m1", "<Lisa> m1", "<Lisa> m2"});
}

TEST_CASE("a session that goes on asks for nothing") {
  Model model = model_with_history(1);
  post_numbered(model, kLobby, 1, "m1");
  const auto hello = lose_and_greet(model);
  welcome_to(model, hello.request, {.resumed = true});
  open(model, hello.request, kLobby, "lobby", 2);
  CHECK_FALSE(sent<protocol::ReadHistory>(model).has_value());
}

TEST_CASE("what was being read when the connection was lost is read on") {
  Model model = model_with_history(21);
  asked(model);
  const auto hello = lose_and_greet(model);
  welcome_to(model, hello.request, {.resumed = true});
  CHECK_FALSE(sent<protocol::ReadHistory>(model).has_value());
  open(model, hello.request, kLobby, "lobby", 21);
  answer(model, 20);
  CHECK(messages_of_lisa(model) == said_by_lisa(16, 20));
}

TEST_CASE("a message that may have arrived is said again to a server that still knows the user") {
  Model model = model_with_history(1);
  submit(model, "mine");
  const auto first = sent<protocol::Say>(model);
  SUBCASE("the same user: it knows the message, too") {
    come_anew(model, 1);
    const auto again = sent<protocol::Say>(model);
    REQUIRE(again.has_value());
    CHECK(again->id == first->id);
  }
  SUBCASE("another one: it could be said twice") {
    come_anew(model, 1, {.user = {99}});
    CHECK_FALSE(sent<protocol::Say>(model).has_value());
    CHECK(last_line(model) == "<Ann> mine (perhaps not sent)");
  }
}

// --- scrolling up -------------------------------------------------------------------------------

TEST_CASE("scrolling up loads older messages, and does not move what is read") {
  Model model = model_with_history(301);
  answer(model, 300);
  model.page_up(kArea);
  const Lines before = on_screen(model);
  const auto read = asked(model);
  CHECK(read.before == Sequence{296});
  CHECK(read.count == 100);
  model.page_up(kArea);
  CHECK_FALSE(sent<protocol::ReadHistory>(model).has_value());
  give(model, page_of(read, 196, 295, true));
  CHECK(on_screen(model) == before);
  model.page_up(kArea);
  CHECK(on_screen(model) ==
        Lines{"<Lisa> m292", "<Lisa> m293", "<Lisa> m294", "<Lisa> m295", "<Lisa> m296"});
}

TEST_CASE("at the beginning of what is kept a line says so, once") {
  Model model = model_with_history(151);
  answer(model, 150);
  model.page_up(kArea);
  answer(model, 150);
  for (int i = 0; i < 40; ++i) {
    model.page_up(kArea);
    if (const auto read = sent<protocol::ReadHistory>(model)) {
      const std::uint64_t first =
          read->before.value > read->count ? read->before.value - read->count : std::uint64_t{1};
      give(model, page_of(*read, first, read->before.value - 1, first > 1));
    }
  }
  CHECK(on_screen(model)[0] == "The beginning of what is kept.");
  CHECK(on_screen(model)[1] == "<Lisa> m1");
  const auto all = lines(model);
  CHECK(std::ranges::count(all, "The beginning of what is kept.") == 1);
}

TEST_CASE("what the server does not keep is not asked for again") {
  Model model = model_with_history(151);
  answer(model, 150);
  model.page_up(kArea);
  answer(model, 150, 120);
  for (int i = 0; i < 20; ++i)
    model.page_up(kArea);
  CHECK_FALSE(sent<protocol::ReadHistory>(model).has_value());
  CHECK(on_screen(model)[0] == "The beginning of what is kept.");
  CHECK(on_screen(model)[1] == "<Lisa> m120");
}

TEST_CASE("a short room is at its beginning at once") {
  Model model = model_with_history(3);
  answer(model, 2);
  model.page_up(kArea);
  CHECK_FALSE(sent<protocol::ReadHistory>(model).has_value());
  CHECK(lines(model)[0] == "The beginning of what is kept.");
}

TEST_CASE("older messages of a cleared room are read again") {
  Model model = model_with_history(21);
  answer(model, 20);
  submit(model, "/clear");
  model.page_up(kArea);
  CHECK(asked(model).before == Sequence{21});
}

TEST_CASE("when no more lines fit, the past goes on in an excerpt, and so without end") {
  Model model = model_with_history(30'001);
  answer(model, 30'000);
  std::size_t most = 0;
  std::uint64_t lowest = 30'001;
  for (int i = 0; i < 20'000 && lowest > 1; ++i) {
    model.page_up(kArea);
    if (const auto read = sent<protocol::ReadHistory>(model)) {
      const std::uint64_t end = std::min<std::uint64_t>(read->before.value, 30'001);
      const std::uint64_t first = end > read->count ? end - read->count : std::uint64_t{1};
      lowest = std::min(lowest, first);
      give(model, page_of(*read, first, end - 1, first > 1));
    }
    if (i % 500 == 0)
      most = std::max(most, model.scrollback().visible({Columns{40}, Rows{50'000}}).size() - 1);
  }
  CHECK(lowest == 1);
  // Beside the day.
  CHECK(most <= HeldLines::kMaxLines);
  CHECK(model.shown() == Model::Shown::excerpt);
  for (int i = 0; i < 200; ++i)
    model.page_up(kArea);
  CHECK(on_screen(model)[0] == "The beginning of what is kept.");
  model.leave_past();
  CHECK(model.shown() == Model::Shown::room);
}

// --- notices ------------------------------------------------------------------------------------

TEST_CASE("what is the matter with the server is said in the room in front") {
  Model model = model_with_history(1);
  give(model, protocol::Notice{NoticeCode::disk_full, "The disk is full."});
  CHECK(last_line(model) == "The disk is full.");
  give(model, protocol::Notice{NoticeCode::disk_recovered, ""});
  CHECK(last_line(model) == "The server's disk has space again: messages are taken as before.");
}
