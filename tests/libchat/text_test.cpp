#include "libchat/text.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace chat {
namespace {

std::string utf8(char8_t const* text) {
  return reinterpret_cast<const char*>(text);
}

TEST_CASE("every C0 control is shown as its control picture") {
  for (int c = 0; c < 0x20; ++c) {
    const std::string shown = harmless(std::string(1, static_cast<char>(c)));
    CHECK(shown == std::string("\xE2\x90") + static_cast<char>(0x80 + c));
  }
}

TEST_CASE("DEL is shown as its control picture") {
  CHECK(harmless("a\x7F") == utf8(u8"a\u2421"));
}

TEST_CASE("every C1 control becomes a replacement character") {
  for (int c = 0x80; c < 0xA0; ++c)
    CHECK(harmless(std::string("\xC2") + static_cast<char>(c)) == utf8(u8"\uFFFD"));
}

TEST_CASE("bidirectional controls and separators become replacement characters") {
  for (const auto* c :
       {u8"\u061C", u8"\u200E", u8"\u200F", u8"\u2028", u8"\u2029", u8"\u202A", u8"\u202B",
        u8"\u202C", u8"\u202D", u8"\u202E", u8"\u2066", u8"\u2067", u8"\u2068", u8"\u2069"})
    CHECK(harmless("x" + utf8(c) + "y") == utf8(u8"x\uFFFDy"));
}

TEST_CASE("bytes that are not UTF-8 become replacement characters, one each") {
  CHECK(harmless("a\xFF\xC3z") == utf8(u8"a\uFFFD\uFFFDz"));
}

TEST_CASE("an escape sequence loses what makes it one") {
  CHECK(harmless("\x1B[2Jhi\x1B]0;t\x07") == utf8(u8"\u241B[2Jhi\u241B]0;t\u2407"));
}

TEST_CASE("a harmless text stays as it is") {
  const std::string text = utf8(u8"Grüße, 世界 👩‍👩‍👧 \u00A0é שלום");
  CHECK(harmless(text) == text);
  CHECK(harmless("").empty());
}

TEST_CASE("what is harmless stays so") {
  std::string all;
  for (int c = 0; c < 256; ++c)
    all += static_cast<char>(c);
  CHECK(harmless(harmless(all)) == harmless(all));
}

// Every cluster of a text, from the front.
void check_clusters(const std::string& text, const std::vector<std::string>& expected) {
  std::vector<std::string> clusters;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t size = first_grapheme(rest);
    REQUIRE(size > 0);
    clusters.emplace_back(rest.substr(0, size));
    rest.remove_prefix(size);
  }
  CHECK(clusters == expected);
  CHECK(last_grapheme(text) == (expected.empty() ? 0 : expected.back().size()));
}

TEST_CASE("clusters of letters and combining marks") {
  check_clusters("", {});
  check_clusters("ab", {"a", "b"});
  check_clusters(utf8(u8"e\u0301\u0327x"), {utf8(u8"e\u0301\u0327"), "x"});
}

TEST_CASE("flags pair up from the front") {
  check_clusters(utf8(u8"🇩🇪🇫🇷🇯"), {utf8(u8"🇩🇪"), utf8(u8"🇫🇷"), utf8(u8"🇯")});
}

TEST_CASE("a family joined by ZWJ, and a skin tone, are one cluster") {
  check_clusters(utf8(u8"👩‍👩‍👧‍👦👍🏽!"),
                 {utf8(u8"👩‍👩‍👧‍👦"), utf8(u8"👍🏽"), "!"});
}

TEST_CASE("Hangul jamo form syllables") {
  check_clusters(utf8(u8"\u1112\u1161\u11AB\u1100\u1173"),
                 {utf8(u8"\u1112\u1161\u11AB"), utf8(u8"\u1100\u1173")});
}

TEST_CASE("clusters of any bytes come to an end") {
  check_clusters("\xFF\xFE", {"\xFF", "\xFE"});
  check_clusters("\xE2\x82", {"\xE2", "\x82"});
  check_clusters("\r\nx", {"\r\n", "x"});
}

}  // namespace
}  // namespace chat
