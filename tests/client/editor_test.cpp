#include "client/editor.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <string_view>

using chat::client::Editor;
using chat::client::kMaxInputBytes;

namespace {

// An editor from its picture: the cursor stands where '|' is.
Editor at(std::string_view picture) {
  const auto bar = picture.find('|');
  Editor editor;
  editor.set(std::string(picture.substr(bar + 1)));
  editor.to_begin();
  editor.insert(picture.substr(0, bar));
  return editor;
}

std::string shown(const Editor& editor) {
  std::string text = editor.text();
  return text.insert(editor.cursor(), "|");
}

// What becomes of a picture.
template <class Result>
std::string after(std::string_view picture, Result (Editor::*edit)()) {
  Editor editor = at(picture);
  (editor.*edit)();
  return shown(editor);
}

}  // namespace

TEST_CASE("an editor inserts at the cursor") {
  Editor editor = at("ab|c");
  CHECK(editor.insert("XY"));
  CHECK(shown(editor) == "abXY|c");
}

TEST_CASE("an editor replaces a part and goes behind it") {
  Editor editor = at("hi Li| x");
  editor.replace(3, 5, "Lisa");
  CHECK(shown(editor) == "hi Lisa| x");
}

TEST_CASE("an editor refuses what would make the line too long") {
  Editor editor;
  CHECK(editor.insert(std::string(kMaxInputBytes, 'x')));
  CHECK_FALSE(editor.insert("y"));
  CHECK(editor.text().size() == kMaxInputBytes);
}

TEST_CASE("the cursor moves by characters and stops at the ends") {
  CHECK(after("ab|c", &Editor::left) == "a|bc");
  CHECK(after("|abc", &Editor::left) == "|abc");
  CHECK(after("ab|c", &Editor::right) == "abc|");
  CHECK(after("abc|", &Editor::right) == "abc|");
  CHECK(after("ab|c", &Editor::home) == "|abc");
  CHECK(after("ab|c", &Editor::end) == "abc|");
}

TEST_CASE("the cursor moves by words") {
  CHECK(after("one two|", &Editor::word_left) == "one |two");
  CHECK(after("one |two", &Editor::word_left) == "|one two");
  CHECK(after("one   |", &Editor::word_left) == "|one   ");
  CHECK(after("  |", &Editor::word_left) == "|  ");
  CHECK(after("one two thr|ee", &Editor::word_left) == "one two |three");
  CHECK(after("|", &Editor::word_left) == "|");
  CHECK(after("|one two", &Editor::word_right) == "one| two");
  CHECK(after("one| two", &Editor::word_right) == "one two|");
  CHECK(after("one|  ", &Editor::word_right) == "one  |");
}

TEST_CASE("moving over words takes a moment, however long they are") {
  using std::chrono::steady_clock;
  for (const std::string& line :
       {std::string(kMaxInputBytes, 'x'), std::string(kMaxInputBytes, ' ')}) {
    Editor editor;
    editor.set(line);
    const auto begin = steady_clock::now();
    editor.word_left();
    CHECK(editor.cursor() == 0);
    editor.word_right();
    CHECK(editor.cursor() == line.size());
    editor.erase_word_left();
    CHECK(editor.empty());
    // Walking anew for each character takes seconds.
    CHECK(steady_clock::now() - begin < std::chrono::seconds(1));
  }
}

TEST_CASE("keys that erase") {
  CHECK(after("ab|c", &Editor::erase_left) == "a|c");
  CHECK(after("|abc", &Editor::erase_left) == "|abc");
  CHECK(after("ab|c", &Editor::erase_right) == "ab|");
  CHECK(after("abc|", &Editor::erase_right) == "abc|");
  CHECK(after("one two|x", &Editor::erase_word_left) == "one |x");
  CHECK(after("one two  |", &Editor::erase_word_left) == "one |");
  CHECK(after("one| two", &Editor::erase_to_start) == "| two");
  CHECK(after("one| two", &Editor::erase_to_end) == "one|");
}

TEST_CASE("a grapheme cluster moves and goes as one") {
  const std::string accent = "e\u0301";
  const std::string family = "\U0001F468\u200D\U0001F469\u200D\U0001F467";
  const std::string flag = "\U0001F1E9\U0001F1EA";
  for (const auto& cluster : {accent, family, flag, std::string("日"), std::string("한")}) {
    CAPTURE(cluster);
    CHECK(after("a" + cluster + "|b", &Editor::left) == "a|" + cluster + "b");
    CHECK(after("a|" + cluster + "b", &Editor::right) == "a" + cluster + "|b");
    CHECK(after("a" + cluster + "|b", &Editor::erase_left) == "a|b");
    CHECK(after("a|" + cluster + "b", &Editor::erase_right) == "a|b");
  }
}

TEST_CASE("the cursor never stands inside a cluster that comes about while typing") {
  Editor editor = at("|\u0301x");
  editor.insert("e");
  CHECK(shown(editor) == "e\u0301|x");

  editor = at("\U0001F1E9|");
  editor.insert("\U0001F1EA");
  editor.left();
  CHECK(shown(editor) == "|\U0001F1E9\U0001F1EA");

  editor = at("\U0001F1E9x|\U0001F1EA");
  editor.erase_left();
  CHECK(shown(editor) == "\U0001F1E9\U0001F1EA|");
}

TEST_CASE("Home, End and what erases to them keep to the line") {
  CHECK(after("one\ntw|o\nthree", &Editor::home) == "one\n|two\nthree");
  CHECK(after("one\ntw|o\nthree", &Editor::end) == "one\ntwo|\nthree");
  CHECK(after("one\ntw|o", &Editor::to_begin) == "|one\ntwo");
  CHECK(after("o|ne\ntwo", &Editor::to_end) == "one\ntwo|");
  CHECK(after("one\ntw|o", &Editor::erase_to_start) == "one\n|o");
  CHECK(after("one\n|two", &Editor::erase_to_start) == "one|two");
  CHECK(after("on|e\ntwo", &Editor::erase_to_end) == "on|\ntwo");
  CHECK(after("one|\ntwo", &Editor::erase_to_end) == "one|two");
  CHECK(after("one\n|two", &Editor::word_left) == "|one\ntwo");
  CHECK(after("one| two", &Editor::erase_word_right) == "one|");
}

TEST_CASE("what erases gives back what it erased") {
  Editor editor = at("one two| three");
  CHECK(editor.erase_word_left() == "two");
  CHECK(editor.erase_word_right() == " three");
  CHECK(editor.erase_to_start() == "one ");
  CHECK(editor.erase_left().empty());
}

TEST_CASE("undo takes back what was typed in a row, and then each change before it") {
  Editor editor;
  editor.type("o");
  editor.type("ne");
  editor.insert(" two");
  editor.erase_word_left();
  editor.type("x");
  editor.undo();
  CHECK(shown(editor) == "one |");
  editor.undo();
  CHECK(shown(editor) == "one two|");
  editor.undo();
  CHECK(shown(editor) == "one|");
  editor.undo();
  editor.undo();
  CHECK(shown(editor) == "|");
  for (int i = 0; i < 9; ++i)
    editor.redo();
  CHECK(shown(editor) == "one x|");
}

TEST_CASE("what was taken back is forgotten with the next change") {
  Editor editor;
  editor.type("one");
  editor.undo();
  editor.type("two");
  editor.redo();
  CHECK(shown(editor) == "two|");
}

TEST_CASE("undo puts the cursor where it was, and typing elsewhere is a step of its own") {
  Editor editor = at("abc|");
  editor.type("d");
  editor.home();
  editor.type("X");
  editor.undo();
  CHECK(shown(editor) == "|abcd");
  editor.undo();
  CHECK(shown(editor) == "abc|");
}

TEST_CASE("undo is bounded, and the last change can always be taken back") {
  Editor editor;
  for (int i = 0; i < 100; ++i)
    editor.replace(0, editor.text().size(),
                   std::string(kMaxInputBytes, static_cast<char>('a' + i % 26)));
  const std::string last = editor.text();
  int steps = 0;
  for (std::string before; before != editor.text(); ++steps) {
    before = editor.text();
    editor.undo();
  }
  CHECK(steps > 2);
  CHECK(steps < 20);
  CHECK(editor.text() != last);
}
