#include "client/highlights.hpp"

#include <doctest/doctest.h>

#include <string>

using chat::client::Highlights;

TEST_CASE("the nickname is found as a word, whatever its case") {
  const Highlights none;
  CHECK(none.are_in("ann: hello", "Ann"));
  CHECK(none.are_in("hello, ANN!", "Ann"));
  CHECK(none.are_in("@Ann", "Ann"));
  CHECK(none.are_in("die strasse", "Straße"));
  CHECK_FALSE(none.are_in("annual planner", "Ann"));
  CHECK_FALSE(none.are_in("an n", "Ann"));
  CHECK_FALSE(none.are_in("ann_b", "Ann"));
  CHECK_FALSE(none.are_in("", "Ann"));
  CHECK_FALSE(none.are_in("anything", ""));
}

TEST_CASE("a nickname of Chinese or Japanese is found between other characters") {
  CHECK(Highlights().are_in("太郎さん、こんにちは", "太郎"));
}

TEST_CASE("a star in a nickname is a star") {
  CHECK(Highlights().are_in("hi *a", "*a"));
  CHECK_FALSE(Highlights().are_in("hi ba", "*a"));
}

TEST_CASE("patterns are words, or several") {
  const Highlights mine({"deploy", "code review", ""});
  CHECK(mine.are_in("Deploy now", "Ann"));
  CHECK(mine.are_in("a code review, please", "Ann"));
  CHECK_FALSE(mine.are_in("deployed", "Ann"));
  CHECK_FALSE(mine.are_in("code  review", "Ann"));
}

TEST_CASE("a star in a pattern stands for anything but spaces") {
  const Highlights mine({"deploy*", "*board", "a*b*c"});
  CHECK(mine.are_in("we deployed it", "Ann"));
  CHECK(mine.are_in("deploy", "Ann"));
  CHECK(mine.are_in("my keyboard", "Ann"));
  CHECK(mine.are_in("axbxxc", "Ann"));
  CHECK(mine.are_in("a-b-b-c", "Ann"));
  CHECK_FALSE(mine.are_in("keyboards", "Ann"));
  CHECK_FALSE(mine.are_in("axb c", "Ann"));
}

TEST_CASE("a hostile text does not take long, and one that is no text does no harm") {
  const Highlights mine({"*a*b*c*d"});
  std::string text;
  while (text.size() < 16'000)
    text += "a.b.c.";
  CHECK_FALSE(mine.are_in(text, "Ann"));
  CHECK(mine.are_in("\xFF\xFE ann", "Ann"));
}
