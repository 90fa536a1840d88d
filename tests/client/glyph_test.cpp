#include "client/glyph.hpp"

#include <doctest/doctest.h>
#include <wchar.h>

#include <string>
#include <string_view>

#include "libchat/text.hpp"
#include "libchat/utf8.hpp"

using chat::client::Columns;
using chat::client::glyph_of;
using chat::client::kMaxGlyphWidth;
using chat::client::take_cluster;
using chat::client::width_of;

namespace {

Columns terminal_columns(std::string_view glyph) {
  Columns columns;
  while (!glyph.empty()) {
    const auto [code_point, bytes] = chat::first_code_point(glyph);
    columns += Columns{::wcwidth(static_cast<wchar_t>(code_point))};
    glyph.remove_prefix(bytes);
  }
  return columns;
}

}  // namespace

TEST_CASE("widths are those of wcwidth") {
  CHECK(width_of("") == Columns{0});
  CHECK(width_of("abc") == Columns{3});
  CHECK(width_of("äöü") == Columns{3});
  CHECK(width_of("日本") == Columns{4});
  CHECK(width_of("e\u0301") == Columns{1});
  // ncurses gives each of these a cell of its own.
  CHECK(width_of("\U0001F468\u200D\U0001F469") == Columns{4});
}

TEST_CASE("control characters become visible") {
  CHECK(glyph_of("\x1B").text == "␛");
  CHECK(glyph_of("\n").text == "␊");
  CHECK(glyph_of("\r\n").text == "␍␊");
  CHECK(glyph_of("\u009B").text == "\uFFFD");
  CHECK(glyph_of("\u202E").text == "\uFFFD");
  CHECK(glyph_of("\xFF").text == "\uFFFD");
}

TEST_CASE("a code point without a width becomes a replacement") {
  CHECK(glyph_of("\U000E0080").text.find("\U000E0080") == std::string::npos);
  CHECK(glyph_of("\uFFFE").text == "\uFFFD");
  CHECK(glyph_of("\uFFFE").width == Columns{1});
}

TEST_CASE("a mark without a base gets one, so that it cannot sit on its neighbour") {
  CHECK(glyph_of("\u0301").text == "\u25CC\u0301");
  CHECK(glyph_of("\u0301").width == Columns{1});
  CHECK(glyph_of("\u200B").width == Columns{1});
}

TEST_CASE("an emoji that people can choose is one piece, however many parts it has") {
  for (const std::string_view emoji : {
           // A couple with heart, holding hands, a kiss, each with tones of the skin, and a family.
           "\U0001F469\U0001F3FB\u200D\u2764\uFE0F\u200D\U0001F468\U0001F3FF",
           "\U0001F9D1\U0001F3FB\u200D\U0001F91D\u200D\U0001F9D1\U0001F3FF",
           "\U0001F469\U0001F3FB\u200D\u2764\uFE0F\u200D\U0001F48B\u200D\U0001F468\U0001F3FF",
           "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466",
       }) {
    CAPTURE(emoji);
    std::string_view rest = emoji;
    CHECK(take_cluster(rest) == emoji);
    CHECK(rest.empty());
    CHECK(glyph_of(emoji).text == emoji);
  }
}

TEST_CASE("a cluster that would take half a row is taken in pieces") {
  std::string chain = "\U0001F468";
  for (int i = 1; i < 30; ++i)
    chain += "\u200D\U0001F468";
  std::string jamo;
  for (int i = 0; i < 100; ++i)
    jamo += "\u1100";
  for (const std::string& text : {chain, jamo}) {
    CAPTURE(text);
    REQUIRE(chat::first_grapheme(text) == text.size());
    std::string together;
    for (std::string_view rest = text; !rest.empty();) {
      const auto glyph = glyph_of(take_cluster(rest));
      CHECK(glyph.width <= kMaxGlyphWidth);
      together += glyph.text;
    }
    CHECK(together == text);
  }
}

TEST_CASE(
    "no code point comes out as a control, and each is as wide as the terminal takes it for") {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF)
      continue;
    std::string text;
    chat::append_utf8(text, c);
    const auto glyph = glyph_of(text);
    const bool safe = !chat::is_control(chat::first_code_point(glyph.text).value);
    const Columns taken = terminal_columns(glyph.text);
    if (!safe || glyph.width < Columns{1} || glyph.width != taken) {
      CAPTURE(static_cast<std::uint32_t>(c));
      CHECK(safe);
      CHECK(glyph.width >= Columns{1});
      CHECK(glyph.width == taken);
    }
  }
}
