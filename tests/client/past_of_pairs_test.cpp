// What was whispered before one came, and while one was away.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "client/model.hpp"
#include "tests/client/reading_history.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

using Lines = std::vector<std::string>;

TEST_CASE("a pair that is taken up again begins with what was whispered last") {
  Model model = model_with_history(1);
  open_pair(model, {}, 31);
  const auto read = asked(model);
  CHECK(read.room == kPair);
  CHECK(read.before == Sequence{31});
  give(model, protocol::Posted{.room = kPair,
                               .sequence = {31},
                               .time = kNoon,
                               .user = kLisa,
                               .nickname = "Lisa",
                               .text = "now"});
  auto page = page_of(read, 29, 30, true);
  page.messages[1].user = kMe;
  page.messages[1].nickname = "Ann";
  give(model, page);
  CHECK(lines(conversation(model).scrollback) == Lines{"<Lisa> m29", "<Ann> m30", "<Lisa> now"});
}

TEST_CASE("whispers that cannot be read are counted where they would stand") {
  Model model = model_with_history(1);
  open_pair(model, {}, 31);
  auto page = page_of(asked(model), 27, 29, true);
  page.messages[1].user = kMe;
  page.messages[1].nickname = "Ann";
  page.messages.erase(page.messages.begin());
  page.messages.insert(page.messages.begin(), message(24));
  give(model, page);
  CHECK(lines(conversation(model).scrollback) == Lines{"<Lisa> m24", "3 messages cannot be read.",
                                                       "<Ann> m28", "<Lisa> m29",
                                                       "1 message cannot be read."});
}

TEST_CASE("in another session what was whispered meanwhile is read, also when no pair is open") {
  Model model = model_with_history(1);
  open_pair(model, {}, 1);
  post_numbered(model, kPair, 1, "one");
  come_anew(model, 1);
  const auto read = asked(model);
  CHECK(read.room == kPair);
  CHECK(read.before == Sequence{});
  give(model, page_of(read, 1, 3, false));
  const auto all = lines(conversation(model).scrollback);
  CHECK(std::ranges::count(all, "<Lisa> one") == 1);
  CHECK(std::ranges::count(all, "<Lisa> m2") == 1);
  CHECK(std::ranges::count(lines(conversation(model).scrollback), "<Lisa> m3") == 1);
  // Taken up again, it shows nothing twice.
  open_pair(model, {}, 5);
  CHECK(asked(model).count == 1);
}

TEST_CASE("a pair that ended while one was away is read to its end") {
  Model model = model_with_history(1);
  open_pair(model, {}, 1);
  post_numbered(model, kPair, 1, "one");
  const auto hello = lose_and_greet(model);
  welcome_to(model, hello.request, {.resumed = true});
  open(model, hello.request, kLobby, "lobby", 1);
  give(model, protocol::RoomClosed{hello.request, kPair});
  const auto read = asked(model);
  CHECK(read.room == kPair);
  give(model, page_of(read, 1, 3, false));
  CHECK(std::ranges::count(lines(conversation(model).scrollback), "<Lisa> m3") == 1);
}

TEST_CASE("the pairs of another user are none of one's own") {
  Model model = model_with_history(1);
  open_pair(model, {}, 1);
  come_anew(model, 1, {.user = {99}});
  CHECK_FALSE(sent<protocol::ReadHistory>(model).has_value());
}

TEST_CASE("a pair whose numbers are void begins anew") {
  Model model = model_with_history(1);
  open_pair(model, {}, 1);
  post_numbered(model, kPair, 1, "one");
  const auto hello = lose_and_greet(model);
  welcome_to(model, hello.request, {.epoch = {2}, .resumed = true});
  open(model, hello.request, kLobby, "lobby", 1);
  open_pair(model, hello.request, 2, true);
  answer(model, 1);
  CHECK(std::ranges::count(lines(conversation(model).scrollback), "<Lisa> m1") == 1);
}

TEST_CASE("what the user has read elsewhere is not unread here, and the rest is") {
  Model model = model_with_history(1);
  give(model, protocol::RoomOpened{.request = {},
                                   .room = kPair,
                                   .kind = RoomKind::pair,
                                   .name = "Lisa",
                                   .next = {31},
                                   .read = {28}});
  give(model, page_of(asked(model), 26, 30, true));
  CHECK(conversation(model).unread == 2);
  show_conversation(model);
  CHECK(lines(model)[3] == "── new ──");
  const auto mark = sent<protocol::MarkRead>(model);
  REQUIRE(mark.has_value());
  CHECK(mark->room == kPair);
  CHECK(mark->sequence == Sequence{30});
}

namespace {

// Ann in the lobby, whose next message is the ninth, and which she has read up to this one.
Model model_in_lobby_read_to(Sequence read) {
  Model model = new_model();
  model.start("Ann", kNoon);
  const auto hello = sent<protocol::Hello>(model);
  welcome_to(model, hello->request, {});
  give(model,
       protocol::RoomOpened{
           .request = hello->request, .room = kLobby, .name = "lobby", .next = {9}, .read = read});
  return model;
}

}  // namespace

TEST_CASE("whoever shows lines and no rooms is told once where what is new begins") {
  Model model = model_in_lobby_read_to({5});
  model.take_news();
  protocol::History page = page_of(asked(model), 4, 8, true);
  // One's own are not new.
  page.messages[2].user = kMe;
  give(model, page);
  const auto begins = [&] {
    std::vector<std::string> texts;
    for (const Model::News& one : model.take_news())
      if (one.begins_unread)
        texts.push_back(one.line.text);
    return texts;
  };
  CHECK(begins() == std::vector<std::string>{"<Lisa> m7"});
  post(model, kLobby, kLisa, "Lisa", "m9");
  CHECK(begins().empty());
}

TEST_CASE("a room that is in front at once is marked where the user had read to") {
  Model model = model_in_lobby_read_to({6});
  answer(model, 8);
  const auto all = lines(model);
  const auto marker = std::ranges::find(all, "── new ──");
  REQUIRE(marker != all.end());
  CHECK(*(marker + 1) == "<Lisa> m7");
}
