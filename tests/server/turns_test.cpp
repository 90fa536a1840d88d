#include "server/turns.hpp"

#include <doctest/doctest.h>

#include <string>

using chat::server::Turns;

namespace {

std::string all_of(Turns<char, std::string>& turns) {
  std::string all;
  while (!turns.empty())
    all += turns.pop() + " ";
  return all;
}

}  // namespace

TEST_CASE("whoever has many waits with them, in their order, and the others do not") {
  Turns<char, std::string> turns;
  for (const char* const one : {"a1", "a2", "a3", "b1", "c1", "b2"})
    turns.push(one[0], one);
  CHECK(turns.pop() == "a1");
  turns.push('d', "d1");
  CHECK(all_of(turns) == "b1 c1 a2 d1 b2 a3 ");
}

TEST_CASE("whoever has got all comes again as somebody new") {
  Turns<char, std::string> turns;
  turns.push('a', "a1");
  CHECK(all_of(turns) == "a1 ");
  turns.push('b', "b1");
  turns.push('a', "a2");
  CHECK(all_of(turns) == "b1 a2 ");
}
