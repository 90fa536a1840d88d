#include "client/prompt.hpp"

#include <doctest/doctest.h>

#include <string>

using chat::client::Columns;
using chat::client::Drafts;
using chat::client::Editor;
using chat::client::kMaxInputBytes;
using chat::client::Prompt;

namespace {

std::string shown(const Prompt& prompt) {
  std::string text = prompt.editor().text();
  return text.insert(prompt.editor().cursor(), "|");
}

Prompt with(std::string text) {
  Prompt prompt;
  prompt.type(text);
  return prompt;
}

Prompt with_history() {
  Prompt prompt;
  for (const auto* line : {"make tea", "make coffee", "drink tea"}) {
    prompt.type(line);
    prompt.accept();
  }
  return prompt;
}

}  // namespace

TEST_CASE("what was cut out in a row is put in as one piece") {
  Prompt prompt = with("one two three");
  prompt.kill_before(&Editor::erase_word_left);
  prompt.kill_before(&Editor::erase_word_left);
  CHECK(shown(prompt) == "one |");
  prompt.move(&Editor::home);
  prompt.yank();
  CHECK(shown(prompt) == "two three|one ");
}

TEST_CASE("what is cut out behind the cursor goes behind what was cut out before") {
  Prompt prompt = with("a b c d");
  prompt.move(&Editor::word_left);
  prompt.move(&Editor::word_left);
  prompt.kill_before(&Editor::erase_word_left);
  prompt.kill_behind(&Editor::erase_to_end);
  CHECK(shown(prompt) == "a |");
  prompt.yank();
  CHECK(shown(prompt) == "a b c d|");
}

TEST_CASE("older pieces come round, but only behind one that was just put in") {
  Prompt prompt = with("one");
  prompt.kill_before(&Editor::erase_to_start);
  prompt.type("two");
  prompt.kill_before(&Editor::erase_to_start);
  CHECK_FALSE(prompt.yank_older());
  prompt.yank();
  CHECK(shown(prompt) == "two|");
  CHECK(prompt.yank_older());
  CHECK(shown(prompt) == "one|");
  CHECK(prompt.yank_older());
  CHECK(shown(prompt) == "two|");
  prompt.move(&Editor::home);
  CHECK_FALSE(prompt.yank_older());
}

TEST_CASE("what was cut out in one room is put in in another") {
  Prompt prompt;
  prompt.go_to("garden");
  prompt.type("roses");
  prompt.kill_before(&Editor::erase_to_start);
  prompt.go_to("lobby");
  prompt.yank();
  CHECK(prompt.text() == "roses");
}

TEST_CASE("each room has its draft, with cursor, undo and history") {
  Prompt prompt;
  prompt.go_to("lobby");
  prompt.type("said in the lobby");
  prompt.accept();
  prompt.type("unfinished");
  prompt.move(&Editor::left);
  prompt.go_to("garden");
  CHECK(shown(prompt) == "|");
  prompt.history_up();
  prompt.undo();
  CHECK(shown(prompt) == "|");
  prompt.type("roses");
  prompt.go_to("lobby");
  CHECK(shown(prompt) == "unfinishe|d");
  prompt.undo();
  CHECK(shown(prompt) == "|");
  prompt.history_up();
  CHECK(shown(prompt) == "said in the lobby|");
  prompt.go_to("garden");
  CHECK(shown(prompt) == "roses|");
}

TEST_CASE("what is being typed goes along into a room that comes by itself, if nothing is there") {
  Prompt prompt;
  prompt.type("hel");
  prompt.go_along_to("lobby");
  prompt.type("lo");
  CHECK(shown(prompt) == "hello|");
  prompt.go_to("garden");
  prompt.type("roses");
  prompt.go_along_to("lobby");
  CHECK(shown(prompt) == "hello|");
  prompt.go_to("garden");
  CHECK(shown(prompt) == "roses|");
}

TEST_CASE("what was entered in no room is in the history of the first one") {
  Prompt prompt;
  prompt.type("entered");
  prompt.accept();
  prompt.go_along_to("lobby");
  prompt.history_up();
  CHECK(prompt.text() == "entered");
}

TEST_CASE("drafts are bounded, and those with a text are kept longest") {
  Prompt prompt;
  prompt.go_to("written");
  prompt.type("text");
  for (std::size_t i = 0; i < 2 * Drafts::kMaxDrafts; ++i)
    prompt.go_to("room" + std::to_string(i));
  prompt.go_to("written");
  CHECK(prompt.text() == "text");
  for (std::size_t i = 0; i < 2 * Drafts::kMaxDrafts; ++i) {
    prompt.go_along_to("full" + std::to_string(i));
    prompt.type("y");
  }
  prompt.go_to("written");
  CHECK(prompt.text().empty());
}

TEST_CASE("the history is searched letter by letter, and further back") {
  Prompt prompt = with_history();
  prompt.type("draft");
  prompt.search_history();
  prompt.type("MA");
  prompt.type("ke");
  CHECK(prompt.text() == "make coffee");
  CHECK(prompt.hint().starts_with("Search: MAke"));
  prompt.search_history();
  CHECK(prompt.text() == "make tea");
  prompt.search_history();
  CHECK(prompt.text() == "make tea");
  CHECK(prompt.hint() == "Nothing further back: MAke · Enter takes this · Esc ends");
  CHECK(prompt.hint(Columns{20}) == "Nothing: MAke");
  SUBCASE("taking it") {
    prompt.search_take();
    CHECK(shown(prompt) == "make tea|");
  }
  SUBCASE("giving it up") {
    prompt.search_cancel();
    CHECK(shown(prompt) == "draft|");
    prompt.undo();
    CHECK(shown(prompt) == "|");
  }
  SUBCASE("another key takes it") {
    prompt.move(&Editor::home);
    CHECK(shown(prompt) == "|make tea");
  }
  SUBCASE("erasing what is looked for") {
    for (int i = 0; i < 9; ++i)
      prompt.search_erase();
    CHECK(prompt.text() == "draft");
    prompt.type("drink");
    CHECK(prompt.text() == "drink tea");
  }
  CHECK(prompt.is_searching() == prompt.hint().starts_with("Search"));
}

TEST_CASE("another room ends a search and gives the draft back") {
  Prompt prompt = with_history();
  prompt.type("draft");
  prompt.search_history();
  prompt.type("coffee");
  prompt.go_to("garden");
  CHECK_FALSE(prompt.is_searching());
  prompt.go_to("");
  CHECK(prompt.text() == "draft");
}

TEST_CASE("a small paste goes in at once") {
  Prompt prompt = with("ab");
  prompt.move(&Editor::left);
  CHECK(prompt.paste("1\n2\n3\n4\n5"));
  CHECK(shown(prompt) == "a1\n2\n3\n4\n5|b");
  prompt.undo();
  CHECK(shown(prompt) == "a|b");
}

TEST_CASE("a large paste is shown first") {
  Prompt prompt = with("ab");
  SUBCASE("lines") {
    CHECK(prompt.paste("1\n2\n3\n4\n5\n6"));
    CHECK(prompt.hint() == "Paste 6 lines? Enter takes them, Esc drops them.");
    CHECK(prompt.hint(Columns{47}) == "6 lines? Enter/Esc");
    CHECK(shown(prompt) == "|1\n2\n3\n4\n5\n6");
    CHECK(prompt.move_down(Columns{10}));
    CHECK(shown(prompt) == "1\n|2\n3\n4\n5\n6");
    // What would change it has to wait.
    prompt.type("x");
    prompt.erase(&Editor::erase_left);
    prompt.accept();
    CHECK(prompt.text() == "ab");
    SUBCASE("taken") {
      CHECK(prompt.take_paste());
      CHECK(shown(prompt) == "ab1\n2\n3\n4\n5\n6|");
      CHECK(prompt.hint().empty());
    }
    SUBCASE("dropped") {
      prompt.drop_paste();
      CHECK(shown(prompt) == "ab|");
    }
  }
  SUBCASE("characters") {
    CHECK(prompt.paste(std::string(1000, 'x')));
    CHECK_FALSE(prompt.awaits_decision());
    CHECK(prompt.paste(std::string(1001, 'x')));
    CHECK(prompt.hint() == "Paste 1001 characters? Enter takes them, Esc drops them.");
  }
}

TEST_CASE("what does not fit is not pasted") {
  Prompt prompt = with("ab");
  const auto pasted = prompt.paste(std::string(kMaxInputBytes - 1, 'x'));
  REQUIRE_FALSE(pasted);
  CHECK(pasted.error() == "Too long to paste: 16383 bytes, and 16384 is the most.");
  CHECK(prompt.text() == "ab");
}
