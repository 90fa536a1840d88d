#include "client/history.hpp"

#include <doctest/doctest.h>

#include <string>

using chat::client::History;

TEST_CASE("history goes up to the oldest line and down to the unfinished one") {
  History history;
  history.add("one");
  history.add("two");
  CHECK(history.up("unfinished") == "two");
  CHECK(history.up("two") == "one");
  CHECK_FALSE(history.up("one").has_value());
  CHECK(history.down() == "two");
  CHECK(history.down() == "unfinished");
  CHECK_FALSE(history.down().has_value());
}

TEST_CASE("an empty history has nothing to offer") {
  History history;
  CHECK_FALSE(history.up("x").has_value());
  CHECK_FALSE(history.down().has_value());
}

TEST_CASE("entering a line ends the walk") {
  History history;
  history.add("one");
  history.add("two");
  history.up("");
  history.up("");
  history.add("three");
  CHECK(history.up("") == "three");
}

TEST_CASE("a line that repeats the last one is kept once") {
  History history;
  history.add("one");
  history.add("two");
  history.add("two");
  CHECK(history.up("") == "two");
  CHECK(history.up("") == "one");
}

TEST_CASE("history forgets the oldest lines") {
  History history;
  for (std::size_t i = 0; i < History::kMaxLines + 10; ++i)
    history.add(std::to_string(i));
  std::string line;
  while (const auto above = history.up(line))
    line = *above;
  CHECK(line == "10");
}
