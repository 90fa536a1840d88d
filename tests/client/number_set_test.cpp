#include "client/number_set.hpp"

#include <doctest/doctest.h>

#include <random>
#include <set>

using namespace chat;
using namespace chat::client;

TEST_CASE("a number is new once, in whatever order they come") {
  std::mt19937 random(1);
  for (int round = 0; round < 50; ++round) {
    NumberSet numbers(Sequence{5});
    std::set<std::uint64_t> model{1, 2, 3, 4, 5};
    for (int i = 0; i < 200; ++i) {
      const std::uint64_t number = 1 + random() % 100;
      CHECK(numbers.add({number}) == model.insert(number).second);
    }
  }
}

TEST_CASE("numbers that follow each other are one run") {
  NumberSet numbers;
  for (const std::uint64_t number : {3, 5, 4, 1, 2, 7})
    CHECK(numbers.add({number}));
  CHECK(numbers.runs() == 2);
  CHECK(NumberSet(Sequence{0}).runs() == 0);
}
