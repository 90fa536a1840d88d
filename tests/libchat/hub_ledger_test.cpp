// The hub over a ledger that takes its time, or fails: what is accepted is not yet announced.
#include <doctest/doctest.h>

#include <string>

#include "tests/libchat/hub_script.hpp"

namespace chat::test {
namespace {

struct Two : HubScript {
  Two() {
    hello("lisa");
    hello("bob");
    forget();
  }
};

TEST_CASE("nothing is seen or acknowledged before it is committed") {
  Two s;
  s.ledger().hold();
  s.say("lisa", kLobby, "hi");
  CHECK(s.heard("lisa").empty());
  CHECK(s.heard("bob").empty());
  s.ledger().release();
  CHECK(s.heard("lisa") == Words{"acknowledged 2 room 1 #1", "posted room 1 #1 lisa: hi"});
  CHECK(s.heard("bob") == Words{"posted room 1 #1 lisa: hi"});
}

TEST_CASE("presence waits behind the messages that were accepted before it") {
  Two s;
  s.ledger().hold();
  s.say("lisa", kLobby, "bye");
  s.run();
  s.depart("lisa", LeaveReason::quit);
  s.run();
  s.hello("zoe");
  s.run();
  CHECK(s.heard("bob").empty());
  s.ledger().release();
  CHECK(s.heard("bob") ==
        Words{"posted room 1 #1 lisa: bye", "left room 1: lisa/quit", "joined room 1: zoe"});
}

TEST_CASE("who joins while entries wait sees the members announced so far, and reads the rest") {
  Two s;
  s.ledger().hold();
  s.depart("lisa");
  s.run();
  s.say("bob", kLobby, "alone?");
  s.run();
  s.hello("zoe");
  CHECK(s.heard("zoe") == Words{"welcome 1 user 3 zoe",
                                "opened 1 room 1 open lobby next #1 members 2",
                                "members 0 room 1 total 2 first last: lisa bob"});
  s.ledger().release();
  CHECK(s.heard("zoe") ==
        Words{"left room 1: lisa/lost", "posted room 1 #1 bob: alone?", "joined room 1: zoe"});
}

TEST_CASE("who has joined may speak before the joining is announced") {
  Two s;
  s.ledger().hold();
  s.hello("zoe");
  s.run();
  s.say("zoe", kLobby, "hi");
  s.run();
  s.ledger().release();
  CHECK(s.heard("bob") == Words{"joined room 1: zoe", "posted room 1 #1 zoe: hi"});
}

TEST_CASE("who has left may not speak though the leaving is not announced") {
  Two s;
  s.ledger().hold();
  s.leave("lisa", kLobby);
  s.run();
  s.say("lisa", kLobby, "hi");
  CHECK(s.heard("lisa") == Words{"closed 2 room 1", "error 3 not_a_member"});
  s.ledger().release();
  CHECK(s.heard("lisa").empty());
  CHECK(s.heard("bob") == Words{"left room 1: lisa/left"});
}

TEST_CASE("a room lives until what was accepted for it is published") {
  Two s;
  s.join("lisa", "tea");
  s.forget();
  s.ledger().hold();
  s.say("lisa", RoomId{2}, "one");
  s.run();
  s.leave("lisa", RoomId{2});
  s.run();
  CHECK(s.hub().rooms() == 2);
  SUBCASE("and then ends") {
    s.ledger().release();
    s.run();
    CHECK(s.hub().rooms() == 1);
  }
  SUBCASE("and is the same room for who joins meanwhile") {
    s.join("bob", "tea");
    s.run();
    s.ledger().release();
    CHECK(s.heard("bob") == Words{"opened 2 room 2 open tea next #1 members 1",
                                  "members 0 room 2 total 1 first last: lisa",
                                  "posted room 2 #1 lisa: one", "left room 2: lisa/left",
                                  "joined room 2: bob"});
  }
}

TEST_CASE("a pair that has ended is read to its end though committing takes long") {
  Two s;
  s.whisper("lisa", "bob", "one");
  s.forget();
  s.ledger().hold();
  s.say("bob", RoomId{2}, "two");
  s.run();
  s.depart("lisa");
  s.run();
  CHECK(s.heard("bob").empty());
  SUBCASE("by who stays") {
    s.ledger().release();
    CHECK(s.heard("bob") == Words{"acknowledged 2 room 2 #2", "left room 2: lisa/lost",
                                  "closed 0 room 2", "left room 1: lisa/lost"});
  }
  SUBCASE("unless that one goes too") {
    s.depart("bob");
    s.run();
    s.ledger().release();
    s.run();
    CHECK(s.hub().sessions() == 0);
  }
  SUBCASE("and is made anew meanwhile") {
    s.hello("lisa");
    s.run();
    s.whisper("lisa", "bob", "new");
    s.run();
    s.ledger().release();
    CHECK(s.heard("bob").back() == "posted room 3 #1 lisa: new");
    CHECK(s.hub().rooms() == 3 - 1);
  }
  s.run();
  CHECK(s.reactor({}).held_rooms() <= 2);
}

TEST_CASE("a batch that fails refuses its messages, and its presence is announced all the same") {
  Two s;
  s.ledger().fail_next();
  s.hello("zoe");
  s.say("zoe", kLobby, "one");
  s.say("lisa", kLobby, "two");
  s.rename("bob", "rob");
  CHECK(s.heard("lisa") ==
        Words{"error 2 not_stored", "joined room 1: zoe", "renamed room 1 bob to rob"});
  CHECK(s.heard("zoe")[3] == "error 2 not_stored");
}

TEST_CASE("a batch that fails uses no numbers") {
  Two s;
  s.say("lisa", kLobby, "one");
  s.run();
  s.ledger().fail_next();
  s.say("lisa", kLobby, "lost");
  s.run();
  s.say("lisa", kLobby, "two");
  CHECK(s.heard("bob") == Words{"posted room 1 #1 lisa: one", "posted room 1 #2 lisa: two"});
}

TEST_CASE("a whisper that was not stored still leaves the pair open for another try") {
  Two s;
  s.ledger().fail_next();
  s.whisper("lisa", "bob", "lost");
  CHECK(s.heard("lisa").back() == "error 2 not_stored");
  s.whisper("lisa", "bob", "again");
  CHECK(s.heard("bob").back() == "posted room 2 #1 lisa: again");
}

TEST_CASE("an answer for a sender who is gone goes to nobody") {
  Two s;
  s.ledger().hold();
  s.say("lisa", kLobby, "one");
  s.run();
  s.depart("lisa");
  s.connect("new");
  s.run();
  s.ledger().release();
  CHECK(s.heard("new").empty());
  CHECK(s.heard("bob").front() == "posted room 1 #1 lisa: one");
}

TEST_CASE("an entry by another reactor publishes what was committed meanwhile") {
  HubScript s({.reactors = 2});
  s.hello("lisa", ReactorId{0});
  s.hello("bob", ReactorId{1});
  s.forget();
  s.ledger().hold();
  s.say("lisa", kLobby, "hi");
  s.round(ReactorId{0});
  s.ledger().release();
  s.round(ReactorId{1});
  CHECK(s.heard_so_far("bob") == Words{"posted room 1 #1 lisa: hi"});
  CHECK(s.heard_so_far("lisa").empty());
  s.round(ReactorId{0});
  CHECK(s.heard_so_far("lisa").size() == 2);
}

}  // namespace
}  // namespace chat::test
