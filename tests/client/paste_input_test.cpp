#include "client/paste_input.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using chat::client::PasteInput;

namespace {

PasteInput of(std::string_view bytes) {
  PasteInput paste;
  for (const char byte : bytes)
    paste.take(static_cast<unsigned char>(byte));
  return paste;
}

std::string text(std::string_view bytes) {
  return of(bytes).text();
}

}  // namespace

TEST_CASE("line breaks of a paste are line feeds, and none is left at the end") {
  CHECK(text("one\rtwo\r\nthree\nfour\r\r\n") == "one\ntwo\nthree\nfour");
  CHECK(text("one\n\n\ntwo") == "one\n\n\ntwo");
  CHECK(text("\n").empty());
}

TEST_CASE("what controls a terminal is not pasted") {
  CHECK(text("a\tb\x1B[31mc\a\x7F\x01") == "a    b[31mc");
  CHECK(text("\xFFxx\xC3") == "xx");
  CHECK(text("日本") == "日本");
}

TEST_CASE("the end of a paste is recognised byte by byte") {
  CHECK_FALSE(of("abc\033[201").has_ended());
  const PasteInput paste = of("abc\033\033[201~");
  CHECK(paste.has_ended());
  CHECK(paste.text() == "abc");
}

TEST_CASE("an endless paste does not grow without end") {
  PasteInput paste;
  for (std::size_t i = 0; i < PasteInput::kMaxBytes + 1000; ++i)
    paste.take('x');
  CHECK(paste.text().size() == PasteInput::kMaxBytes + 1);
}
