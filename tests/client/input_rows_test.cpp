#include "client/input_rows.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace chat::client;

namespace {

std::vector<std::string> rows(std::string_view text, int width) {
  std::vector<std::string> all;
  for (const auto& [begin, end] : input_rows(text, Columns{width}))
    all.emplace_back(text.substr(begin, end - begin));
  return all;
}

using Texts = std::vector<std::string>;

// The text with '|' where the cursor has gone from where it stood.
std::string moved(std::string picture, int rows_down, int width) {
  const std::size_t cursor = picture.find('|');
  picture.erase(cursor, 1);
  const auto there = offset_in_row(picture, cursor, rows_down, Columns{width});
  return there ? picture.insert(*there, "|") : "nowhere";
}

}  // namespace

TEST_CASE("the input is broken at line breaks and where a row is full") {
  CHECK(rows("", 10) == Texts{""});
  CHECK(rows("one\n\ntwo\n", 10) == Texts{"one", "", "two", ""});
  CHECK(rows("abcdefg", 4) == Texts{"abc", "def", "g"});
  CHECK(rows("日本語", 5) == Texts{"日本", "語"});
  CHECK(rows("e\u0301e\u0301e\u0301", 3) == Texts{"e\u0301e\u0301", "e\u0301"});
  CHECK(rows("日本", 1) == Texts{"日", "本"});
}

TEST_CASE("the cursor goes up and down by rows and keeps its column") {
  CHECK(moved("one\ntwo|", -1, 20) == "one|\ntwo");
  CHECK(moved("on|e\ntwo", 1, 20) == "one\ntw|o");
  CHECK(moved("a\nlonger|", -1, 20) == "a|\nlonger");
  CHECK(moved("日本\nab|c", -1, 20) == "日|本\nabc");
  CHECK(moved("日本\nabc|", -1, 20) == "日|本\nabc");
  CHECK(moved("one|", -1, 20) == "nowhere");
  CHECK(moved("one|", 1, 20) == "nowhere");
}

TEST_CASE("the cursor leaves a row that goes on in the next") {
  CHECK(moved("abcdef|", -1, 4) == "ab|cdef");
  CHECK(moved("abc|de", -1, 4) == "|abcde");
  CHECK(moved("a|bcdef", 1, 4) == "abcd|ef");
}
