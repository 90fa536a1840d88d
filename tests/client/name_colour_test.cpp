#include "client/name_colour.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "client/wording.hpp"

using chat::MessageKind;
using chat::WallTime;
using namespace chat::client;

TEST_CASE("a nickname has one colour, however it is spelt") {
  CHECK(colour_of("Lisa") == colour_of("LISA"));
  CHECK(colour_of("Straße") == colour_of("strasse"));
  CHECK(colour_of("Lisa").value == 48'113);
}

TEST_CASE("nicknames differ in their colours, and what is no nickname has one, too") {
  std::set<int> colours;
  for (int i = 0; i < 100; ++i)
    colours.insert(colour_of("user" + std::to_string(i)).value % 12);
  CHECK(colours.size() == 12);
  CHECK(colour_of("").value != 0);
  CHECK(colour_of("\x1B[2J").value != 0);
}

TEST_CASE("a line of what was said knows where the name stands") {
  const Line text = said_line(LineKind::message, WallTime{1}, MessageKind::text, "Lisa", "hi");
  CHECK(text.text.substr(text.author.begin, text.author.bytes) == "Lisa");
  CHECK(text.author.colour == colour_of("Lisa"));
  const Line action = said_line(LineKind::message, WallTime{1}, MessageKind::action, "Lisa", "hi");
  CHECK(action.text.substr(action.author.begin, action.author.bytes) == "Lisa");
  CHECK(make_line(LineKind::event, WallTime{1}, "Lisa").author.bytes == 0);
}
