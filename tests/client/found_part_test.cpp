#include "client/found_part.hpp"

#include <doctest/doctest.h>

using namespace chat::client;

namespace {

constexpr std::string_view kLong =
    "When all is said and done, what is left in the house is a cup of Täglich tea for two";

std::string part(std::string_view words, int width) {
  return found_part("<Lisa> ", kLong, words, Columns{width});
}

}  // namespace

TEST_CASE("what fits, or shows the word, is shown from its beginning") {
  CHECK(part("tea", 200) == "<Lisa> " + std::string(kLong));
  CHECK(part("said", 30) == "<Lisa> " + std::string(kLong));
  CHECK(found_part("<Lisa> ", "short", "word", Columns{12}) == "<Lisa> short");
}

TEST_CASE("a word further behind is shown with a few before it, and with who said it") {
  CHECK(part("cup", 35) == "<Lisa> …is a cup of Täglich tea for two");
}

TEST_CASE("in a narrow row who said it gives way") {
  CHECK(part("cup", 15) == "…is a cup of Täglich tea for two");
}

TEST_CASE("the first of several words is shown, whatever its case and accents") {
  CHECK(part("two TAGLICH", 15) == "…of Täglich tea for two");
  CHECK(part("tag", 15) == "…of Täglich tea for two");
}

TEST_CASE("only the last word may be the beginning of one") {
  CHECK(part("th cup", 15) == "…is a cup of Täglich tea for two");
  CHECK(part("hous", 15) == "…the house is a cup of Täglich tea for two");
}

TEST_CASE("where no word is known the beginning is shown") {
  CHECK(part("", 15) == "<Lisa> " + std::string(kLong));
  CHECK(part("?!", 15) == "<Lisa> " + std::string(kLong));
  CHECK(part("ouse", 15) == "<Lisa> " + std::string(kLong));
  CHECK(found_part("<Lisa> ", "not \xFF UTF-8 \xC3", "utf", Columns{8}) == "…\xFF UTF-8 \xC3");
}
