#include "libchat/utf8.hpp"

#include <doctest/doctest.h>

#include <string>

namespace chat {
namespace {

TEST_CASE("every code point but the surrogates is valid UTF-8, and comes back") {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF)
      continue;
    std::string text;
    append_utf8(text, c);
    const auto [value, bytes] = first_code_point(text);
    if (!is_valid_utf8(text) || value != c || bytes != text.size())
      FAIL("code point ", static_cast<unsigned>(c));
  }
}

TEST_CASE("what RFC 3629 forbids is not valid") {
  const char* const forbidden[] = {
      "\xC0\xAF",          // overlong '/'
      "\xC1\xBF",          // overlong
      "\xE0\x80\xAF",      // overlong '/'
      "\xE0\x9F\xBF",      // overlong U+07FF
      "\xF0\x80\x80\xAF",  // overlong '/'
      "\xF0\x8F\xBF\xBF",  // overlong U+FFFF
      "\xED\xA0\x80",      // U+D800
      "\xED\xBF\xBF",      // U+DFFF
      "\xF4\x90\x80\x80",  // U+110000
      "\xF5\x80\x80\x80",
      "\xF8\x88\x80\x80\x80",
      "\xFE",
      "\xFF",
      "\x80",  // a continuation alone
      "\xC3",  // truncated
      "\xE2\x82",
      "\xF0\x9F\x98",
      "\xC3(",
      "\xE2(\xA1",
      "\xF0\x9F(\x80",
  };
  for (const std::string bytes : forbidden) {
    CAPTURE(bytes);
    CHECK_FALSE(is_valid_utf8(bytes));
    CHECK_FALSE(is_valid_utf8("abcdefghijkl" + bytes));
    CHECK_FALSE(is_valid_utf8("\xC3\xA9" + bytes + "abcdefgh"));
    CHECK(first_code_point(bytes).value == U'\uFFFD');
    CHECK(first_code_point(bytes).bytes == 1);
  }
}

TEST_CASE("long texts are checked to the end") {
  for (std::size_t size = 0; size < 40; ++size) {
    CHECK(is_valid_utf8(std::string(size, 'a')));
    CHECK(is_valid_utf8(std::string(size, 'a') + "\xE2\x82\xAC" + std::string(size, 'b')));
    CHECK_FALSE(is_valid_utf8(std::string(size, 'a') + "\xE2"));
  }
}

TEST_CASE("a zero byte is a character like another") {
  CHECK(is_valid_utf8(std::string("a\0b", 3)));
}

}  // namespace
}  // namespace chat
