// The hub: who somebody is, and who may say so.
#include <doctest/doctest.h>

#include "tests/libchat/resumable.hpp"

namespace chat::test {
namespace {

TEST_CASE("an identity is its secret's") {
  HubScript s({}, kResumable);
  const protocol::Hello lisa{
      .nickname = "lisa", .identity = IdentityId{{7}}, .secret = IdentitySecret{{8}}};
  s.connect("lisa");
  s.send("lisa", lisa);
  const Bytes token = std::get<protocol::Welcome>(s.frames("lisa").front()).token;

  SUBCASE("with another secret it is refused") {
    auto thief = lisa;
    thief.nickname = "thief";
    thief.secret = IdentitySecret{{9}};
    s.connect("thief");
    s.send("thief", thief);
    CHECK(s.heard("thief") == Words{"error 1 identity_refused"});
    thief.token = token;
    s.send("thief", thief);
    CHECK(s.heard("thief") == Words{"error 2 identity_refused"});
  }
  SUBCASE("a token alone takes nothing over") {
    s.connect("thief");
    s.send("thief", protocol::Hello{.nickname = "thief", .token = token});
    CHECK(s.heard("thief").front() == "welcome 1 user 2 thief");
  }
  SUBCASE("while it is here, it cannot come again") {
    auto again = lisa;
    again.nickname = "again";
    s.connect("again");
    s.send("again", again);
    CHECK(s.heard("again") == Words{"error 1 identity_in_use"});
  }
  SUBCASE("when its connection broke, it can begin anew without a token, under the same name") {
    lose(s, "lisa");
    s.connect("lisa");
    s.send("lisa", lisa);
    CHECK(s.heard("lisa").front() == "welcome 1 user 2 lisa");
    CHECK(s.hub().sessions() == 1);
  }
  SUBCASE("when it has left, it is anybody's") {
    s.depart("lisa", LeaveReason::quit);
    auto other = lisa;
    other.secret = IdentitySecret{{9}};
    s.connect("other");
    s.send("other", other);
    CHECK(s.heard("other").front() == "welcome 1 user 2 lisa");
  }
}

}  // namespace
}  // namespace chat::test
