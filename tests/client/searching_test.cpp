// What a search finds, and how it is looked at.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "client/controller.hpp"
#include "client/findings.hpp"
#include "client/model.hpp"
#include "client/view.hpp"
#include "tests/client/reading_history.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

using Lines = std::vector<std::string>;

namespace {

constexpr Size kScreen{Columns{64}, Rows{9}};
constexpr Size kArea{Columns{43}, Rows{6}};

protocol::SearchHit hit(std::uint64_t number, RoomId room = kLobby, UserId user = kLisa) {
  return {room,
          {number},
          kNoon,
          user,
          MessageKind::text,
          user == kMe ? "Ann" : "Lisa",
          "tea number " + std::to_string(number)};
}

// Ann in the lobby, where 1,000 messages have been said, with what she has read of them.
Model reading_model() {
  Model model = model_with_history(1001);
  answer(model, 1000);
  return model;
}

RequestId search(Model& model, const std::string& words = "tea") {
  submit(model, "/search " + words);
  const auto search = sent<protocol::Search>(model);
  REQUIRE(search.has_value());
  CHECK(search->text == words);
  CHECK(search->before == 0);
  return search->request;
}

void press(Controller& controller, Key key) {
  controller.press(key, kArea, kNoon);
}

std::string picture(const Model& model, const Controller& controller) {
  return "\n" + text_of(compose(model, controller, kScreen));
}

std::vector<std::string> on_screen(const Model& model) {
  std::vector<std::string> all;
  for (const auto& row : model.scrollback().visible(kArea))
    all.emplace_back(row.part == ChatRow::Part::day ? "the day" : row.text);
  return all;
}

// Presses Enter and answers what is asked for.
void look_at_chosen(Model& model, Controller& controller) {
  press(controller, NamedKey::enter);
  answer(model, 1000);
}

}  // namespace

// --- finding ------------------------------------------------------------------------------------

TEST_CASE("what was found is listed, the newest first and chosen") {
  Model model = reading_model();
  const Controller controller(model);
  give(model, protocol::SearchResults{search(model), 0, {hit(700), hit(3, kPair), hit(2)}});
  CHECK(picture(model, controller) == R"(
 lobby · 0 people · 127.0.0.1:1338                     [1 lobby]
> 1970-01-01 12:00 lobby <Lisa> tea number… │ 0 people
  1970-01-01 12:00 @Lisa <Lisa> tea number… │
  1970-01-01 12:00 lobby <Lisa> tea number… │
                                            │
                                            │
                                            │
 3 found for tea · Enter shows it there · Esc ends

)");
}

TEST_CASE("where there is little room, a list of what was found has only what was said") {
  Model model = reading_model();
  const Controller controller(model);
  give(model, protocol::SearchResults{search(model), 0, {hit(700), hit(2)}});
  const auto screen = compose(model, controller, {Columns{30}, Rows{5}});
  CHECK(text_of(screen).contains("\n> <Lisa> tea number 700\n  <Lisa> tea number 2\n"));
}

TEST_CASE("a search that finds nothing says so") {
  Model model = reading_model();
  give(model, protocol::SearchResults{search(model, "no such thing"), 0, {}});
  CHECK(model.shown() == Model::Shown::room);
  CHECK(last_line(model) == "Nothing was found for: no such thing");
}

TEST_CASE("a search that finds nothing says so where it is seen, also further up") {
  Model model = reading_model();
  Controller controller(model);
  for (std::uint64_t i = 1001; i <= 1020; ++i)
    post_numbered(model, kLobby, i, "more");
  press(controller, NamedKey::page_up);
  const Lines before = on_screen(model);
  give(model, protocol::SearchResults{search(model, "no such thing"), 0, {}});
  CHECK(picture(model, controller).find("\n Nothing was found for: no such thing · Esc ends\n") !=
        std::string::npos);
  press(controller, NamedKey::down);
  press(controller, NamedKey::enter);
  CHECK(model.shown() == Model::Shown::findings);
  press(controller, NamedKey::escape);
  CHECK(model.shown() == Model::Shown::room);
  CHECK(on_screen(model) == before);
}

TEST_CASE("a search that is refused is an error with what was entered") {
  Model model = reading_model();
  give(model, protocol::Error{search(model), ErrorCode::not_kept, "Nothing is kept."});
  CHECK(last_line(model) == "Nothing is kept. (/search tea)");
}

TEST_CASE("Up and Down choose, and at the end of the list the next page is asked for, once") {
  Model model = reading_model();
  Controller controller(model);
  give(model, protocol::SearchResults{search(model), 77, {hit(9), hit(8)}});
  CHECK(picture(model, controller).find("2 found so far for tea") != std::string::npos);
  press(controller, NamedKey::up);
  CHECK(model.findings().chosen() == 0);
  press(controller, NamedKey::down);
  CHECK(model.findings().chosen() == 1);
  const auto further = sent<protocol::Search>(model);
  REQUIRE(further.has_value());
  CHECK(further->text == "tea");
  CHECK(further->before == 77);
  press(controller, NamedKey::page_down);
  CHECK_FALSE(sent<protocol::Search>(model).has_value());
  give(model, protocol::SearchResults{further->request, 0, {hit(7)}});
  press(controller, NamedKey::page_down);
  CHECK(model.findings().chosen() == 2);
  CHECK_FALSE(sent<protocol::Search>(model).has_value());
  press(controller, NamedKey::page_up);
  CHECK(model.findings().chosen() == 0);
}

TEST_CASE("a page that does not come is told of below the list") {
  Model model = reading_model();
  Controller controller(model);
  give(model, protocol::SearchResults{search(model), 77, {hit(9)}});
  press(controller, NamedKey::down);
  give(model,
       protocol::Error{sent<protocol::Search>(model)->request, ErrorCode::unreadable, "Oh."});
  CHECK(picture(model, controller).find("\n Oh.\n") != std::string::npos);
}

TEST_CASE("Escape ends the list, and /search alone shows it again") {
  Model model = reading_model();
  Controller controller(model);
  CHECK(submit(model, "/search") == "Write it as /search WORDS");
  give(model, protocol::SearchResults{search(model), 0, {hit(9)}});
  press(controller, NamedKey::escape);
  CHECK(model.shown() == Model::Shown::room);
  CHECK(submit(model, "/search") == "taken");
  CHECK(model.shown() == Model::Shown::findings);
}

TEST_CASE("what is typed goes into the input line, and is said in the room") {
  Model model = reading_model();
  Controller controller(model);
  give(model, protocol::SearchResults{search(model), 0, {hit(9)}});
  press(controller, Typed{"hello"});
  press(controller, NamedKey::enter);
  CHECK(sent<protocol::Say>(model)->text == "hello");
  CHECK(model.shown() == Model::Shown::room);
}

TEST_CASE("a list longer than the screen moves with what is chosen") {
  Findings findings("tea");
  protocol::SearchResults page;
  for (std::uint64_t i = 0; i < 20; ++i)
    page.hits.push_back(hit(i + 1));
  findings.add(page);
  CHECK(findings.first_shown(6) == 0);
  findings.move(10);
  CHECK(findings.first_shown(6) == 7);
  findings.move(100);
  CHECK(findings.chosen() == 19);
  CHECK(findings.first_shown(6) == 14);
  findings.move(-100);
  CHECK(findings.chosen() == 0);
}

TEST_CASE("no server can give a search more than a client holds") {
  Findings findings("tea");
  protocol::SearchResults page{{}, 5, {}};
  page.hits.resize(1'500, hit(1));
  findings.add(page);
  CHECK(findings.next() == 5);
  findings.add(page);
  CHECK(findings.hits().size() == Findings::kMostHits);
  CHECK(findings.next() == 0);
  Findings empty("tea");
  empty.add({{}, 5, {}});
  CHECK(empty.next() == 0);
}

// --- looking at it ------------------------------------------------------------------------------

TEST_CASE("Enter shows a hit where it was said, marked, and Escape goes back") {
  Model model = reading_model();
  Controller controller(model);
  const Lines live = lines(model);
  give(model, protocol::SearchResults{search(model), 0, {hit(700)}});
  press(controller, NamedKey::enter);
  const auto read = asked(model);
  CHECK(read.room == kLobby);
  CHECK(read.before == Sequence{750});
  CHECK(picture(model, controller).find("Reading") != std::string::npos);
  give(model, page_of(read, 651, 749, true));
  CHECK(picture(model, controller) == R"(
 lobby · 0 people · 127.0.0.1:1338                     [1 lobby]
11:59 <Lisa> m697                           │ 0 people
11:59 <Lisa> m698                           │
11:59 <Lisa> m699                           │
11:59 <Lisa> m700                           │
11:59 <Lisa> m701                           │
11:59 <Lisa> m702                           │
 lobby · PgUp, PgDn scroll · Esc goes back to now

)");
  CHECK(compose(model, controller, kScreen).at({Rows{4}, Columns{8}}).ink.style == Style::hit);
  CHECK(compose(model, controller, kScreen).at({Rows{3}, Columns{8}}).ink.style == Style::normal);
  SUBCASE("by Escape") {
    press(controller, NamedKey::escape);
  }
  SUBCASE("by End") {
    press(controller, NamedKey::end);
  }
  SUBCASE("by another room") {
    press(controller, Alt{U'1'});
  }
  CHECK(model.shown() == Model::Shown::room);
  CHECK(lines(model) == live);
}

TEST_CASE("around a hit one scrolls both ways, and what one reads does not move") {
  Model model = reading_model();
  Controller controller(model);
  give(model, protocol::SearchResults{search(model), 0, {hit(700)}});
  look_at_chosen(model, controller);
  for (int i = 0; i < 300; ++i) {
    press(controller, NamedKey::page_down);
    const Lines before = on_screen(model);
    if (const auto read = sent<protocol::ReadHistory>(model)) {
      const std::uint64_t end = std::min<std::uint64_t>(read->before.value, 1001);
      give(model, page_of(*read, std::max<std::uint64_t>(end - read->count, 1), end - 1, true));
      CHECK(on_screen(model) == before);
    }
  }
  CHECK(on_screen(model).back() == "<Lisa> m1000");
  for (int i = 0; i < 300; ++i) {
    press(controller, NamedKey::page_up);
    const Lines before = on_screen(model);
    if (const auto read = sent<protocol::ReadHistory>(model)) {
      const std::uint64_t end = read->before.value;
      const std::uint64_t first = end > read->count ? end - read->count : std::uint64_t{1};
      give(model, page_of(*read, first, end - 1, first > 1));
      CHECK(on_screen(model) == before);
    }
  }
  CHECK(on_screen(model)[0] == "The beginning of what is kept.");
  CHECK(on_screen(model)[1] == "the day");
  CHECK(on_screen(model)[2] == "<Lisa> m1");
}

TEST_CASE("whoever is at the end of an excerpt stays there when more of it comes") {
  Model model = reading_model();
  Controller controller(model);
  give(model, protocol::SearchResults{search(model), 0, {hit(700)}});
  look_at_chosen(model, controller);
  for (int i = 0; i < 20; ++i)
    press(controller, NamedKey::page_down);
  CHECK(on_screen(model).back() == "<Lisa> m749");
  answer(model, 1000);
  CHECK(on_screen(model).back() == "<Lisa> m749");
  press(controller, NamedKey::page_down);
  CHECK(on_screen(model).front() == "<Lisa> m749");
}

TEST_CASE("an excerpt that begins where the server's messages do asks for no older ones") {
  Model model = reading_model();
  Controller controller(model);
  give(model, protocol::SearchResults{search(model), 0, {hit(700)}});
  look_at_chosen(model, controller);
  for (int i = 0; i < 20; ++i)
    press(controller, NamedKey::page_up);
  answer(model, 1000, 640);
  for (int i = 0; i < 20; ++i)
    press(controller, NamedKey::page_up);
  CHECK_FALSE(sent<protocol::ReadHistory>(model).has_value());
  CHECK(on_screen(model)[0] == "The beginning of what is kept.");
  CHECK(on_screen(model)[2] == "<Lisa> m640");
}

TEST_CASE("what cannot be read of an excerpt is counted, also where it was added to") {
  Model model = reading_model();
  Controller controller(model);
  give(model, protocol::SearchResults{search(model), 0, {hit(700)}});
  press(controller, NamedKey::enter);
  auto page = page_of(asked(model), 651, 747, true);
  std::erase_if(page.messages, [](const auto& m) { return m.sequence.value == 699; });
  give(model, page);
  CHECK(on_screen(model)[2] == "1 message cannot be read.");
  CHECK(on_screen(model)[3] == "<Lisa> m700");
  for (int i = 0; i < 20; ++i)
    press(controller, NamedKey::page_down);
  const auto below = asked(model);
  give(model, page_of(below, 749, below.before.value - 1, true));
  give(model, page_of(asked(model), 747, 747, true));
  press(controller, NamedKey::page_down);
  CHECK(on_screen(model)[0] == "<Lisa> m747");
  CHECK(on_screen(model)[1] == "1 message cannot be read.");
  CHECK(on_screen(model)[2] == "<Lisa> m749");
  for (int i = 0; i < 40; ++i)
    press(controller, NamedKey::page_up);
  const auto above = asked(model);
  give(model, page_of(above, above.before.value - 50, above.before.value - 3, true));
  press(controller, NamedKey::page_up);
  const Lines all = on_screen(model);
  CHECK(std::ranges::find(all, "2 messages cannot be read.") != all.end());
}

TEST_CASE("pages that are too small for what is around a hit come one after the other") {
  Model model = reading_model();
  Controller controller(model);
  give(model, protocol::SearchResults{search(model), 0, {hit(700)}});
  press(controller, NamedKey::enter);
  give(model, page_of(asked(model), 720, 749, true));
  CHECK(model.shown() == Model::Shown::findings);
  give(model, page_of(asked(model), 690, 719, true));
  CHECK(model.shown() == Model::Shown::excerpt);
  CHECK(on_screen(model)[3] == "<Lisa> m700");
  give(model, page_of(asked(model), 651, 689, true));
  CHECK(on_screen(model)[3] == "<Lisa> m700");
}

TEST_CASE("a hit in a pair is shown in its conversation, under the name of the other one") {
  Model model = reading_model();
  Controller controller(model);
  give(model, protocol::SearchResults{search(model), 0, {hit(2, kPair)}});
  press(controller, NamedKey::enter);
  const auto read = asked(model);
  CHECK(read.room == kPair);
  auto page = page_of(read, 1, 3, false);
  page.messages[0].user = kMe;
  page.messages[0].nickname = "Ann";
  give(model, page);
  CHECK(on_screen(model) == Lines{"the day", "<Ann> m1", "<Lisa> m2", "<Lisa> m3"});
  CHECK(picture(model, controller).find(" @Lisa · PgUp") != std::string::npos);
}

TEST_CASE("a hit that is gone, or cannot be read, is told of below the list") {
  Model model = reading_model();
  Controller controller(model);
  give(model, protocol::SearchResults{search(model), 0, {hit(700)}});
  press(controller, NamedKey::enter);
  SUBCASE("gone") {
    give(model, page_of(asked(model), 720, 749, false));
    CHECK(model.findings().trouble() == "This message is not kept any more.");
  }
  SUBCASE("unreadable") {
    give(model, protocol::Error{asked(model).request, ErrorCode::not_a_member, "You are not in."});
    CHECK(model.findings().trouble() == "You are not in.");
  }
  CHECK(model.shown() == Model::Shown::findings);
}

TEST_CASE("another hit may be chosen before the first one has come") {
  Model model = reading_model();
  Controller controller(model);
  give(model, protocol::SearchResults{search(model), 0, {hit(700), hit(300)}});
  press(controller, NamedKey::enter);
  const auto first = asked(model);
  press(controller, NamedKey::down);
  press(controller, NamedKey::enter);
  give(model, page_of(first, 651, 749, true));
  CHECK(model.shown() == Model::Shown::findings);
  answer(model, 1000);
  CHECK(on_screen(model)[3] == "<Lisa> m300");
}

TEST_CASE("the past stays on the screen when the connection is lost, and goes on with the next") {
  Model model = reading_model();
  Controller controller(model);
  give(model, protocol::SearchResults{search(model), 0, {hit(700)}});
  look_at_chosen(model, controller);
  model.connection_lost("", kNoon);
  for (int i = 0; i < 12; ++i)
    press(controller, NamedKey::page_up);
  CHECK(picture(model, controller).find("The connection is lost.") != std::string::npos);
  model.connected(kNoon);
  welcome_to(model, sent<protocol::Hello>(model)->request, {.resumed = true});
  open(model, {}, kLobby, "lobby", 1001);
  press(controller, NamedKey::page_up);
  CHECK(asked(model).before == Sequence{651});
}

TEST_CASE("what was found means nothing to a server that counts anew") {
  Model model = reading_model();
  give(model, protocol::SearchResults{search(model), 0, {hit(700)}});
  model.connection_lost("", kNoon);
  model.connected(kNoon);
  welcome_to(model, sent<protocol::Hello>(model)->request, {.epoch = {2}});
  CHECK(model.shown() == Model::Shown::room);
  CHECK(submit(model, "/search") == "Write it as /search WORDS");
}
