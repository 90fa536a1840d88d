#include "libchat/name.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>

#include "libchat/utf8.hpp"

namespace chat {
namespace {

std::string utf8(const char8_t* text) {
  return reinterpret_cast<const char*>(text);
}

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i)
    all += text;
  return all;
}

std::string shown(const std::string& text) {
  const auto name = Nickname::make(text);
  return name ? std::string(name->shown()) : "refused: " + std::string(describe(name.error()));
}

std::optional<NameError> refusal(const std::string& text) {
  const auto name = Nickname::make(text);
  return name ? std::nullopt : std::optional(name.error());
}

bool same(const std::string& a, const std::string& b) {
  const auto first = Nickname::make(a);
  const auto second = Nickname::make(b);
  REQUIRE(first);
  REQUIRE(second);
  return *first == *second;
}

TEST_CASE("a name is shown in NFKC") {
  CHECK(shown("Lisa") == "Lisa");
  CHECK(shown(utf8(u8"ｌｉｓａ")) == "lisa");
  CHECK(shown(utf8(u8"Zoe\u0308")) == utf8(u8"Zoë"));
  CHECK(shown(utf8(u8"ﬁn")) == "fin");
}

TEST_CASE("a name in decomposed Hangul is the same as a composed one") {
  CHECK(shown(utf8(u8"\u1112\u1161\u11AB\u1100\u1173\u11AF")) == utf8(u8"한글"));
}

TEST_CASE("names that fold alike are the same name") {
  CHECK(same("Lisa", "LISA"));
  CHECK(same("lisa", utf8(u8"ｌｉｓａ")));
  CHECK(same(utf8(u8"Strauß"), "STRAUSS"));
  CHECK(same(utf8(u8"Σίσυφος"), utf8(u8"ΣΊΣΥΦΟΣ")));
  CHECK_FALSE(same("Lisa", "Liza"));
}

TEST_CASE("an empty name is refused") {
  CHECK(refusal("") == NameError::empty);
}

TEST_CASE("a name that is not UTF-8 is refused") {
  CHECK(refusal("a\xFF") == NameError::not_utf8);
  CHECK(refusal("\xED\xA0\x80") == NameError::not_utf8);
}

TEST_CASE("characters that cannot be seen are refused anywhere in a name") {
  for (const auto* c : {
           u8" ", u8"\t", u8"\n", u8"\x1B", u8"\x7F", u8"\u0085", u8"\u00A0", u8"\u2003",
           u8"\u3000", u8"\u1680",  // white space
           u8"\u200E", u8"\u200F", u8"\u202E", u8"\u2066", u8"\u2069", u8"\u061C", u8"\u2028",
           u8"\u2029",                                                  // bidirectional, lines
           u8"\u200B", u8"\u200C", u8"\u200D", u8"\uFEFF", u8"\u2060",  // zero width
           u8"\u034F", u8"\u115F", u8"\u1160", u8"\u3164", u8"\uFFA0", u8"\u00AD", u8"\u180E",
           u8"\u17B4", u8"\uFE0F", u8"\U000E0041",                                      // ignorable
           u8"\u2800", u8"\U00013441", u8"\U00013442", u8"\U0001D159", u8"\U00016FE4",  // a blank
                                                                                        // glyph
           u8"\u0378", u8"\U000E0080", u8"\U0003FFFF", u8"\uFFFE",  // unassigned
           u8"\uE000", u8"\U000F0000", u8"\U0010FFFD",              // private use
       }) {
    CAPTURE(utf8(c));
    CHECK(refusal("a" + utf8(c) + "b") == NameError::bad_character);
    CHECK(refusal(utf8(c)) == NameError::bad_character);
    CHECK(refusal("a" + utf8(c)) == NameError::bad_character);
  }
}

TEST_CASE("a character that normalises to a space is refused") {
  CHECK(refusal(utf8(u8"a\u00B4")) == NameError::bad_character);
  CHECK(refusal(utf8(u8"\u2017a")) == NameError::bad_character);
}

TEST_CASE("what people type as a command cannot begin a name") {
  for (const auto* c : {u8"@", u8"/", u8"#", u8"＠", u8"／", u8"＃", u8"﹟", u8"﹫"}) {
    CAPTURE(utf8(c));
    CHECK(refusal(utf8(c) + "x") == NameError::bad_first);
    CHECK(refusal(utf8(c)) == NameError::bad_first);
    CHECK_FALSE(refusal("x" + utf8(c)));
  }
}

TEST_CASE("a name cannot begin with a combining mark") {
  CHECK(refusal(utf8(u8"\u0301a")) == NameError::bad_first);
  CHECK(refusal(utf8(u8"\u0903a")) == NameError::bad_first);
  CHECK(refusal(utf8(u8"\u20DDa")) == NameError::bad_first);
}

TEST_CASE("a name has at most 32 columns") {
  CHECK_FALSE(refusal(repeated("a", 32)));
  CHECK(refusal(repeated("a", 33)) == NameError::too_long);
  CHECK_FALSE(refusal(repeated(utf8(u8"世"), 16)));
  CHECK(refusal(repeated(utf8(u8"世"), 16) + "a") == NameError::too_long);
  CHECK_FALSE(refusal(repeated(utf8(u8"é"), 32)));
}

TEST_CASE("columns are counted after normalising") {
  // Fullwidth letters become narrow; one ligature becomes 18 letters.
  CHECK_FALSE(refusal(repeated(utf8(u8"ａ"), 32)));
  CHECK(refusal(repeated(utf8(u8"\uFDFA"), 2)).has_value());
}

TEST_CASE("a name takes at most 128 bytes, however many marks are stacked") {
  CHECK_FALSE(refusal("x" + repeated(utf8(u8"\u0489"), 60)));
  CHECK(refusal("x" + repeated(utf8(u8"\u0489"), 64)) == NameError::too_long);
  CHECK(refusal(std::string(1'000'000, 'a')) == NameError::too_long);
}

// A name and the name that it is shown as must be one: otherwise two people could have names that
// look the same.
void check_stable(const std::string& text) {
  const auto name = Nickname::make(text);
  if (!name)
    return;
  const auto again = Nickname::make(name->shown());
  CAPTURE(text);
  REQUIRE(again);
  CHECK(again->shown() == name->shown());
  CHECK(again->folded() == name->folded());
  const auto folded = Nickname::make(name->folded());
  if (folded)
    CHECK(folded->folded() == name->folded());
}

// As check_stable(), but quick to say yes.
bool is_stable(const std::string& text) {
  const auto name = Nickname::make(text);
  if (!name)
    return true;
  const auto again = Nickname::make(name->shown());
  return again && again->shown() == name->shown() && again->folded() == name->folded();
}

TEST_CASE("a name made of what a name is shown as is the same name, for every code point") {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF)
      continue;
    std::string text;
    append_utf8(text, c);
    for (const std::string& candidate : {text, "a" + text, text + "a"})
      if (!is_stable(candidate))
        check_stable(candidate);
  }
}

TEST_CASE("a name stays the same with marks behind every letter that has a case or a mapping") {
  const char8_t* const marks[] = {
      u8"\u0301", u8"\u0323",      u8"\u0345", u8"\u0307\u0323", u8"\u0323\u0307\u0345",
      u8"\u3099", u8"\u0345\u0301"};
  for (char32_t c = 0x41; c <= 0x1FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF)
      continue;
    if (c == 0x3400 || c == 0xAC00)
      c = c == 0x3400 ? 0xA000 : 0xD7A0;  // ideographs and syllables: no case, no mapping
    std::string text;
    append_utf8(text, c);
    for (const auto* mark : marks)
      if (!is_stable(text + utf8(mark)))
        check_stable(text + utf8(mark));
  }
}

TEST_CASE("folding what was folded changes nothing, for every code point") {
  for (char32_t c = 0x21; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF)
      continue;
    std::string text;
    append_utf8(text, c);
    const auto name = Nickname::make(text);
    const auto folded = name ? Nickname::make(name->folded()) : name;
    if (folded && folded->folded() != name->folded())
      FAIL_CHECK("code point ", static_cast<unsigned>(c));
  }
}

}  // namespace
}  // namespace chat
