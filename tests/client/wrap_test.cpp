#include "client/wrap.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "client/glyph.hpp"
#include "libchat/utf8.hpp"

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
  CHECK(wrap("      a", 3, 3) == Rows{"   ", "a"});
  CHECK(wrap("a      ", 3, 3) == Rows{"a  "});
  CHECK(wrap("  a b", 3, 3) == Rows{"  a", "b"});
}

TEST_CASE("a line break begins a new row") {
  CHECK(wrap("a\nb", 5, 5) == Rows{"a", "b"});
  CHECK(wrap("a\r\nb", 5, 5) == Rows{"a", "b"});
  CHECK(wrap("a\n\n  b", 5, 5) == Rows{"a", "", "  b"});
  CHECK(wrap("a\n", 5, 5) == Rows{"a"});
  CHECK(wrap("\na", 5, 5) == Rows{"", "a"});
  CHECK(wrap("abc\nd", 3, 3) == Rows{"abc", "d"});
  CHECK(wrap("ab    \nd", 3, 3) == Rows{"ab ", "d"});
}

TEST_CASE("Chinese and Japanese break between their characters, but not before a full stop") {
  CHECK(wrap("ab 日本語", 7, 7) == Rows{"ab 日本", "語"});
  CHECK(wrap("日本語。", 6, 6) == Rows{"日本", "語。"});
  CHECK(wrap("日本「語」", 6, 6) == Rows{"日本", "「語」"});
  CHECK(wrap("日本語abc", 8, 8) == Rows{"日本語", "abc"});
}

TEST_CASE("an address is not broken where it fits a row") {
  CHECK(wrap("see https://x.y/z now", 14, 14) == Rows{"see", "https://x.y/z", "now"});
  CHECK(wrap("(https://x.y/z)", 14, 14) == Rows{"(https://x.y/z", ")"});
  CHECK(wrap("(https://x.y/z)", 13, 13) == Rows{"(", "https://x.y/z", ")"});
  CHECK(wrap("看看https://x.y/z", 13, 13) == Rows{"看看", "https://x.y/z"});
  CHECK(wrap("https://x.y/日本", 16, 16) == Rows{"https://x.y/日本"});
  CHECK(wrap("a https://x.y/日本", 16, 16) == Rows{"a", "https://x.y/日本"});
}

TEST_CASE("an address wider than a row is broken by clusters") {
  CHECK(wrap("a https://x.y/z", 8, 8) == Rows{"a", "https://", "x.y/z"});
}

TEST_CASE("a hostile text does not take long") {
  std::string chain;
  while (chain.size() < 16'000)
    chain += "\U0001F468\u200D";
  CHECK(wrap(chain, 80, 80).size() > 50);
  std::string marks = "e";
  while (marks.size() < 16'000)
    marks += "\u0301";
  CHECK(wrap(marks, 80, 80).size() >= 1);
}

namespace {

// A line of the file: "÷ 0020 × 0308 ÷ 0020 ÷" and a comment.
struct Example {
  std::string text;
  std::set<std::size_t> boundaries;  // in bytes
};

Example example_of(const std::string& line) {
  Example example;
  std::istringstream words(line.substr(0, line.find('#')));
  for (std::string word; words >> word;) {
    if (word == "÷")
      example.boundaries.insert(example.text.size());
    else if (word != "×")
      chat::append_utf8(example.text, static_cast<char32_t>(std::stoul(word, nullptr, 16)));
  }
  return example;
}

std::vector<Example> examples() {
  std::ifstream file("/usr/share/unicode/auxiliary/GraphemeBreakTest.txt");
  std::vector<Example> all;
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("÷"))
      all.push_back(example_of(line));
  return all;
}

}  // namespace

TEST_CASE("no row begins within a cluster of Unicode's examples, however narrow it is") {
  const auto all = examples();
  REQUIRE(all.size() > 500);
  for (const Example& example : all) {
    for (int width = 1; width <= 5; ++width) {
      CAPTURE(example.text);
      for (const std::string_view row : wrap(example.text, width, width)) {
        const auto begin = static_cast<std::size_t>(row.data() - example.text.data());
        CHECK(example.boundaries.contains(begin));
        CHECK(example.boundaries.contains(begin + row.size()));
      }
    }
  }
}

TEST_CASE("no row is wider than it may be, unless it is a single cluster, and nothing is lost") {
  const std::string_view pieces[] = {"a",
                                     "B",
                                     " ",
                                     "  ",
                                     "\n",
                                     "日",
                                     "。",
                                     "e\u0301",
                                     "\u0301",
                                     "\U0001F468\u200D\U0001F469",
                                     "https://x.y/z",
                                     "(",
                                     ")",
                                     "\x1B",
                                     "\u202E",
                                     "\xFF",
                                     "\U0001F1E9\U0001F1EA",
                                     "\U0001F469\U0001F3FB\u200D\u2764\uFE0F\u200D\U0001F48B\u200D"
                                     "\U0001F468\U0001F3FF"};
  std::mt19937 random(1);
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    for (auto length = random() % 30; length > 0; --length)
      text += pieces[random() % std::size(pieces)];
    const int width = 1 + static_cast<int>(random() % 20);
    CAPTURE(text);
    CAPTURE(width);
    std::string shown;
    for (const std::string_view row : wrap(text, width, width)) {
      std::string_view rest = row;
      if (!rest.empty())
        chat::client::take_cluster(rest);
      const bool fits = chat::client::width_of(row) <= Columns{width} || rest.empty();
      CHECK(fits);
      shown += row;
    }
    std::erase_if(shown, [](char c) { return c == ' '; });
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    CHECK(shown == text);
  }
}
