#include "tools/pipe/input_lines.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "libchat/text.hpp"
#include "libchat/utf8.hpp"

using chat::pipe::InputLines;
using chat::pipe::InputText;

namespace {

using Texts = std::vector<std::string>;

constexpr std::size_t kMost = 4096;

// What comes of an input that is fed in pieces of this size.
std::vector<InputText> taken(std::string_view input, std::size_t piece, std::size_t most) {
  InputLines lines;
  std::vector<InputText> taken;
  const auto take_all = [&] {
    while (auto text = lines.take(most))
      taken.push_back(std::move(*text));
  };
  for (; !input.empty(); input.remove_prefix(std::min(piece, input.size()))) {
    REQUIRE(lines.wants_bytes());
    lines.feed(input.substr(0, piece));
    take_all();
  }
  lines.end();
  take_all();
  CHECK(lines.is_over());
  return taken;
}

Texts texts_of(std::string_view input, std::size_t most = kMost) {
  Texts texts;
  for (const InputText& text : taken(input, input.size() + 1, most))
    texts.push_back(text.text);
  return texts;
}

}  // namespace

TEST_CASE("each line is a text, also the last one without a line break") {
  CHECK(texts_of("one\ntwo\r\nthree") == Texts{"one", "two", "three"});
  CHECK(texts_of("").empty());
}

TEST_CASE("blank lines are no texts, and count as lines") {
  const auto lines = taken("one\n\n   \r\nfour\n", 100, kMost);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].line == 1);
  CHECK(lines[1].line == 4);
}

TEST_CASE("a line that is not complete is not taken before its end") {
  InputLines lines;
  lines.feed("half a ");
  CHECK_FALSE(lines.take(kMost));
  lines.feed("line\n");
  CHECK(lines.take(kMost).value_or(InputText{}).text == "half a line");
  CHECK_FALSE(lines.is_over());
}

TEST_CASE("what would steer a terminal, and what is no UTF-8, is replaced") {
  using namespace std::literals;
  CHECK(texts_of("a\0b\x1b[31m\xFF\n"sv) == Texts{"a␀b␛[31m\uFFFD"});
}

TEST_CASE("a tab goes to the next column that a terminal has for it") {
  CHECK(texts_of("\ta\tbé\tc") == Texts{"        a       bé      c"});
}

TEST_CASE("a line that is too long is parted between clusters") {
  CHECK(texts_of("aaaaaaaaaaaaaaaaaaaa", 16) == Texts{"aaaaaaaaaaaaaaaa", "aaaa"});
  // 15 bytes, and then a cluster of 3.
  CHECK(texts_of("aaaaaaaaaaaaaaae\u0301b", 16) == Texts{"aaaaaaaaaaaaaaa", "e\u0301b"});
}

TEST_CASE("a cluster that no text could hold is parted between its characters") {
  std::string cluster = "e";
  for (int i = 0; i < 20; ++i)
    cluster += "\u0301";
  const Texts texts = texts_of(cluster, 16);
  REQUIRE(texts.size() == 3);
  CHECK(texts[0] + texts[1] + texts[2] == cluster);
  CHECK(std::ranges::all_of(
      texts, [](const auto& text) { return text.size() <= 16 && chat::is_valid_utf8(text); }));
}

TEST_CASE("a limit that is no limit for a text is not kept to") {
  CHECK(texts_of("long enough", 0) == Texts{"long enough"});
}

TEST_CASE("an endless line is taken in parts, and never waited for") {
  InputLines lines;
  std::size_t fed = 0;
  std::size_t taken = 0;
  while (fed < 1'000'000) {
    while (lines.wants_bytes()) {
      lines.feed(std::string(1000, 'x'));
      fed += 1000;
    }
    while (const auto text = lines.take(kMost))
      taken += text->text.size();
  }
  CHECK(fed - taken < 100'000);
}

TEST_CASE("however the bytes are split, the texts are the same, and fit to be said") {
  std::mt19937 random(7);
  constexpr std::string_view kPieces[] = {
      "a",  " ",    "\n",     "\r\n", "é",       "👩‍👩‍👧‍👦", "e\u0301", "\xFF",
      "\t", "\x1b", "\u202E", "界",   "\xE2\x82"};
  for (int round = 0; round < 100; ++round) {
    std::string input;
    for (int i = 0; i < 200; ++i)
      input += kPieces[random() % std::size(kPieces)];
    const auto whole = taken(input, input.size(), 40);
    for (const std::size_t piece : {1, 2, 3, 7}) {
      const auto split = taken(input, piece, 40);
      REQUIRE(split.size() == whole.size());
      for (std::size_t i = 0; i < whole.size(); ++i) {
        CHECK(split[i].text == whole[i].text);
        CHECK(split[i].line == whole[i].line);
      }
    }
    for (const InputText& text : whole) {
      CHECK(text.text.size() <= 40);
      CHECK(chat::harmless(text.text) == text.text);
    }
  }
}
