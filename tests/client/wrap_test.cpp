#include "client/wrap.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using chat::client::Columns;

namespace {

using Rows = std::vector<std::string_view>;

Rows wrap(std::string_view text, int first, int next) {
  return chat::client::wrap(text, Columns{first}, Columns{next});
}

}  // namespace

TEST_CASE("what fits stays in one row") {
  CHECK(wrap("", 5, 5) == Rows{""});
  CHECK(wrap("abc", 5, 5) == Rows{"abc"});
  CHECK(wrap("ab cd", 5, 5) == Rows{"ab cd"});
}

TEST_CASE("rows break at spaces, which go") {
  CHECK(wrap("one two three", 8, 8) == Rows{"one two", "three"});
  CHECK(wrap("one two three", 7, 7) == Rows{"one two", "three"});
  CHECK(wrap("one    two", 4, 4) == Rows{"one", "two"});
}

TEST_CASE("the further rows have a width of their own") {
  CHECK(wrap("one two three four", 8, 5) == Rows{"one two", "three", "four"});
}

TEST_CASE("a word that is wider than a row is broken") {
  CHECK(wrap("abcdefgh", 3, 3) == Rows{"abc", "def", "gh"});
  CHECK(wrap("x abcdefgh", 3, 3) == Rows{"x", "abc", "def", "gh"});
}

TEST_CASE("clusters stay whole and count with their columns") {
  CHECK(wrap("日本語", 4, 4) == Rows{"日本", "語"});
  CHECK(wrap("日本語", 5, 5) == Rows{"日本", "語"});
  CHECK(wrap("e\u0301e\u0301e\u0301", 2, 2) == Rows{"e\u0301e\u0301", "e\u0301"});
}

TEST_CASE("a cluster wider than its row stands alone") {
  CHECK(wrap("日本", 1, 1) == Rows{"日", "本"});
}

TEST_CASE("spaces at the ends do no harm") {
  CHECK(wrap("      a", 3, 3) == Rows{"      ", "a"});
  CHECK(wrap("a      ", 3, 3) == Rows{"a      "});
}
