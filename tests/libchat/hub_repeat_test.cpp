// The hub: messages that are said again.
#include <doctest/doctest.h>

#include <string>

#include "tests/libchat/resumable.hpp"

namespace chat::test {
namespace {

TEST_CASE("a message that is said again is acknowledged again, and not published") {
  HubScript s({}, kResumable);
  const Bytes token = arrive(s, "lisa");
  arrive(s, "bob");
  const protocol::Say say{.room = kLobby, .id = {9}, .text = "hi"};
  s.send("lisa", say);
  s.send("lisa", say);
  CHECK(s.heard("lisa") ==
        Words{"acknowledged 2 room 1 #1", "acknowledged 3 room 1 #1", "posted room 1 #1 lisa: hi"});
  lose(s, "lisa");
  come_back(s, "lisa", token, {{kLobby, Sequence{1}}});
  s.forget();
  s.send("lisa", say);
  CHECK(s.heard("lisa") == Words{"acknowledged 2 room 1 #1"});
  auto other = say;
  other.text = "ho";
  s.send("lisa", other);
  CHECK(s.heard("lisa") == Words{"error 3 id_reused"});
}

TEST_CASE("a whisper's id is not taken for one to somebody else") {
  HubScript s({}, kResumable);
  for (const std::string client : {"lisa", "bob", "eve"})
    arrive(s, client);
  protocol::Whisper whisper{.id = {9}, .user = UserId{2}, .nickname = "bob", .text = "hi"};
  s.send("lisa", whisper);
  s.send("lisa", whisper);
  s.forget();
  whisper.user = UserId{3};
  whisper.nickname = "eve";
  s.send("lisa", whisper);
  CHECK(s.heard("lisa") == Words{"error 4 id_reused"});
  CHECK(s.heard("eve").empty());
}

TEST_CASE("a message is said again while the first is still with the ledger") {
  HubScript s({}, kResumable);
  const Bytes token = arrive(s, "lisa");
  const protocol::Say say{.room = kLobby, .id = {9}, .text = "hi"};
  s.ledger().hold();
  s.send("lisa", say);
  s.run();
  lose(s, "lisa");
  come_back(s, "lisa", token, {{kLobby, {}}});
  s.forget();
  s.send("lisa", say);
  s.run();
  CHECK(s.heard("lisa").empty());

  SUBCASE("and then committed: the one who is there now hears of it") {
    s.ledger().release();
    CHECK(s.heard("lisa") == Words{"acknowledged 2 room 1 #1", "posted room 1 #1 lisa: hi"});
  }
  SUBCASE("and then not stored: it can be said again") {
    s.ledger().fail_next();
    s.ledger().release();
    CHECK(s.heard("lisa") == Words{"error 2 not_stored"});
    s.send("lisa", say);
    CHECK(s.heard("lisa") == Words{"acknowledged 3 room 1 #1", "posted room 1 #1 lisa: hi"});
  }
}

}  // namespace
}  // namespace chat::test
