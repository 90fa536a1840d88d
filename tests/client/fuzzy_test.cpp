#include "client/fuzzy.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using chat::client::fuzzy_score;

namespace {

// The one that fits best; empty when none does.
std::string best_of(std::string_view pattern, const std::vector<std::string>& texts) {
  std::string best;
  int most = -1;
  for (const std::string& text : texts)
    if (const auto score = fuzzy_score(pattern, text); score && *score > most) {
      best = text;
      most = *score;
    }
  return best;
}

}  // namespace

TEST_CASE("a pattern fits where its characters stand in their order") {
  CHECK(fuzzy_score("lby", "lobby").has_value());
  CHECK(fuzzy_score("LBY", "lobby").has_value());
  CHECK(fuzzy_score("ä", "Ärger").has_value());
  CHECK_FALSE(fuzzy_score("byl", "lobby").has_value());
  CHECK_FALSE(fuzzy_score("lobbyy", "lobby").has_value());
  CHECK_FALSE(fuzzy_score("bbb", "lobby").has_value());
  CHECK_FALSE(fuzzy_score("", "lobby").has_value());
  CHECK_FALSE(fuzzy_score("a", "").has_value());
}

TEST_CASE("the beginning fits better than the middle, and a word's beginning than its inside") {
  CHECK(best_of("ga", {"legal", "mega-fun", "garden"}) == "garden");
  CHECK(best_of("fu", {"stuffu", "mega-fun"}) == "mega-fun");
  CHECK(best_of("mf", {"memefan", "mega-fun"}) == "mega-fun");
}

TEST_CASE("what stands together fits better than what is scattered") {
  CHECK(best_of("tea", {"xtexa", "xtea"}) == "xtea");
  CHECK(best_of("ode", {"x-o-d-e", "xoxdxe"}) == "x-o-d-e");
}

TEST_CASE("of those that fit alike the shorter one is meant") {
  CHECK(best_of("cpp", {"cpp-beginners", "cpp", "cpp-talk"}) == "cpp");
}
