#include "libchat/nickname_registry.hpp"

#include <doctest/doctest.h>

namespace chat {
namespace {

const SessionId kFirst{0, 1};
const SessionId kSecond{1, 1};

Nickname nickname(const char* text) {
  return *Nickname::make(text);
}

TEST_CASE("a name is held by who claims it first") {
  NicknameRegistry registry;
  CHECK(registry.claim(nickname("Lisa"), kFirst));
  CHECK_FALSE(registry.claim(nickname("Lisa"), kSecond));
  CHECK(registry.holder(nickname("Lisa")) == kFirst);
}

TEST_CASE("names that fold alike have one holder") {
  NicknameRegistry registry;
  CHECK(registry.claim(nickname("Lisa"), kFirst));
  CHECK_FALSE(registry.claim(nickname("LISA"), kSecond));
  CHECK(registry.holder(nickname("lisa")) == kFirst);
  CHECK(registry.size() == 1);
}

TEST_CASE("one's own name can be claimed again, also written otherwise") {
  NicknameRegistry registry;
  CHECK(registry.claim(nickname("Lisa"), kFirst));
  CHECK(registry.claim(nickname("LISA"), kFirst));
  CHECK(registry.size() == 1);
}

TEST_CASE("a released name is free") {
  NicknameRegistry registry;
  registry.claim(nickname("Lisa"), kFirst);
  registry.release(nickname("LISA"), kFirst);
  CHECK_FALSE(registry.holder(nickname("Lisa")));
  CHECK(registry.size() == 0);
  CHECK(registry.claim(nickname("Lisa"), kSecond));
}

TEST_CASE("a name that nobody claimed has no holder") {
  CHECK_FALSE(NicknameRegistry().holder(nickname("Lisa")));
}

}  // namespace
}  // namespace chat
