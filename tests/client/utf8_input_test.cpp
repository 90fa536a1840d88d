#include "client/utf8_input.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using chat::client::Utf8Input;

namespace {

std::string characters_of(std::string_view bytes) {
  Utf8Input input;
  std::string all;
  for (const char byte : bytes)
    if (const auto character = input.take(static_cast<unsigned char>(byte)))
      all += "[" + *character + "]";
  return all;
}

}  // namespace

TEST_CASE("characters of every length come out whole") {
  CHECK(characters_of("aé日\U0001F468") == "[a][é][日][\U0001F468]");
}

TEST_CASE("what is not UTF-8 is dropped, and nothing else") {
  CHECK(characters_of("a\xFF"
                      "b") == "[a][b]");
  CHECK(characters_of("\x80\xBF"
                      "b") == "[b]");
  CHECK(characters_of("\xE6\x97"
                      "b") == "[b]");
  CHECK(characters_of("\xE6\x97日") == "[日]");
  CHECK(characters_of("\xED\xA0\x80"
                      "b") == "[b]");
  CHECK(characters_of("\xC0\xAF\xF5\x80\x80\x80"
                      "b") == "[b]");
}
