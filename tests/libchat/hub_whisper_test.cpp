// The hub: whispers, and the rooms of two that they make.
#include <doctest/doctest.h>

#include <string>

#include "tests/libchat/hub_script.hpp"

namespace chat::test {
namespace {

// Three people in the lobby who have read everything.
struct Three : HubScript {
  Three() : HubScript({.reactors = 2}) {
    hello("lisa", ReactorId{0});
    run();
    hello("bob", ReactorId{1});
    run();
    hello("zoe", ReactorId{0});
    forget();
  }
};

TEST_CASE("the first whisper opens a pair to both, and nobody else sees anything") {
  Three s;
  s.whisper("lisa", "bob", "psst");
  CHECK(s.heard("lisa") == Words{"opened 2 room 2 pair bob next #1 members 2",
                                 "members 0 room 2 total 2 first last: lisa bob",
                                 "acknowledged 2 room 2 #1"});
  CHECK(s.heard("bob") == Words{"opened 0 room 2 pair lisa next #1 members 2",
                                "members 0 room 2 total 2 first last: lisa bob",
                                "posted room 2 #1 lisa: psst"});
  CHECK(s.heard("zoe").empty());
}

TEST_CASE("whispers in either direction, and say, go on in the same pair") {
  Three s;
  s.whisper("lisa", "bob", "one");
  s.whisper("bob", "lisa", "two");
  s.forget();
  s.whisper("bob", "LISA", "three");
  s.run();
  s.say("lisa", RoomId{2}, "four");
  CHECK(s.heard("bob") == Words{"acknowledged 3 room 2 #3", "posted room 2 #4 lisa: four"});
  CHECK(s.hub().rooms() == 2);
}

TEST_CASE("two first whispers that cross make one pair") {
  Three s;
  s.whisper("lisa", "bob", "one");
  s.whisper("bob", "lisa", "two");
  s.run();
  CHECK(s.hub().rooms() == 2);
  CHECK(s.heard("lisa").back() == "posted room 2 #2 bob: two");
}

TEST_CASE("a whisper to oneself, to nobody, or to a bad name is refused") {
  Three s;
  s.whisper("lisa", "LISA", "me");
  s.whisper("lisa", "nobody", "you");
  s.whisper("lisa", "", "you");
  s.whisper("lisa", "a b", "you");
  CHECK(s.heard("lisa") == Words{"error 2 whisper_to_self", "error 3 no_such_nickname",
                                 "error 4 no_such_nickname", "error 5 no_such_nickname"});
  CHECK(s.hub().rooms() == 1);
}

TEST_CASE("a whisper to a name that has changed hands is refused, even when a pair is there") {
  Three s;
  s.whisper("lisa", "bob", "psst", UserId{2});
  s.rename("bob", "rob");
  s.run();
  s.rename("zoe", "bob");
  s.forget();
  s.whisper("lisa", "bob", "for the old bob", UserId{2});
  CHECK(s.heard("lisa") == Words{"error 3 nickname_changed_hands"});
  CHECK(s.heard("zoe").empty());
  s.whisper("lisa", "rob", "found you", UserId{2});
  CHECK(s.heard("bob") == Words{"posted room 2 #2 lisa: found you"});
  s.whisper("lisa", "bob", "whoever you are");
  CHECK(s.heard("zoe").front() == "opened 0 room 3 pair lisa next #1 members 2");
}

TEST_CASE("whoever takes the name of one who is gone sees nothing of the pair") {
  Three s;
  s.whisper("lisa", "bob", "secret");
  s.run();
  s.depart("bob");
  s.run();
  s.hello("bob");
  s.forget();
  s.say("lisa", RoomId{2}, "still there?");
  s.whisper("lisa", "bob", "who are you?", UserId{2});
  CHECK(s.heard("lisa") == Words{"error 3 no_such_room", "error 4 nickname_changed_hands"});
  CHECK(s.heard("bob").empty());
}

TEST_CASE("the pair of two others cannot be read, left, or told from no room") {
  Three s;
  s.whisper("lisa", "bob", "secret");
  s.forget();
  s.say("zoe", RoomId{2}, "hi");
  s.leave("zoe", RoomId{2});
  s.send("zoe", protocol::ListMembers{.room = RoomId{2}});
  CHECK(s.heard("zoe") ==
        Words{"error 2 no_such_room", "error 3 no_such_room", "error 4 no_such_room"});
}

TEST_CASE("when one leaves a pair the other reads to its end, and it is over for both") {
  Three s;
  s.whisper("lisa", "bob", "one");
  s.forget();
  s.whisper("bob", "lisa", "two");
  s.round(ReactorId{1});
  s.say("lisa", RoomId{2}, "three");
  s.leave("lisa", RoomId{2});
  CHECK(s.heard("bob") == Words{"acknowledged 2 room 2 #2", "posted room 2 #3 lisa: three",
                                "left room 2: lisa/left", "closed 0 room 2"});
  CHECK(s.heard("lisa") == Words{"closed 4 room 2", "acknowledged 3 room 2 #3"});
  CHECK(s.hub().rooms() == 1);
  s.say("bob", RoomId{2}, "hello?");
  s.leave("bob", RoomId{2});
  CHECK(s.heard("bob") == Words{"error 3 no_such_room", "error 4 no_such_room"});
}

TEST_CASE("when one is gone the other sees why") {
  Three s;
  s.whisper("lisa", "bob", "one");
  s.forget();
  s.depart("lisa", LeaveReason::quit);
  CHECK(s.heard("bob") ==
        Words{"left room 2: lisa/quit", "closed 0 room 2", "left room 1: lisa/quit"});
  CHECK(s.hub().rooms() == 1);
}

TEST_CASE("when both leave in one round the pair is gone") {
  HubScript s;
  s.hello("lisa");
  s.hello("bob");
  s.whisper("lisa", "bob", "one");
  s.forget();
  SUBCASE("by leaving") {
    s.leave("lisa", RoomId{2});
    s.leave("bob", RoomId{2});
    CHECK(s.heard("bob") ==
          Words{"error 2 no_such_room", "left room 2: lisa/left", "closed 0 room 2"});
  }
  SUBCASE("by ending") {
    s.depart("lisa");
    s.depart("bob");
    s.run();
    CHECK(s.hub().sessions() == 0);
  }
  CHECK(s.hub().rooms() == 1);
  CHECK(s.ledger().numbered_rooms() <= 1);
}

TEST_CASE("a pair that was left is made anew by the next whisper") {
  Three s;
  s.whisper("lisa", "bob", "one");
  s.leave("lisa", RoomId{2});
  s.forget();
  s.whisper("bob", "lisa", "two");
  CHECK(s.heard("lisa") == Words{"opened 0 room 3 pair bob next #1 members 2",
                                 "members 0 room 3 total 2 first last: lisa bob",
                                 "posted room 3 #1 bob: two"});
}

TEST_CASE("a pair is left and made anew within one round") {
  HubScript s;
  s.hello("lisa");
  s.hello("bob");
  s.whisper("lisa", "bob", "one");
  s.forget();
  s.leave("lisa", RoomId{2});
  s.whisper("lisa", "bob", "two");
  CHECK(s.heard("bob") == Words{"opened 0 room 3 pair lisa next #1 members 2",
                                "members 0 room 3 total 2 first last: lisa bob",
                                "left room 2: lisa/left", "closed 0 room 2",
                                "posted room 3 #1 lisa: two"});
  CHECK(s.hub().rooms() == 2);
}

TEST_CASE("a whisper and leaving in one round leaves the whisper to be read") {
  Three s;
  s.whisper("lisa", "bob", "one");
  s.depart("lisa");
  CHECK(s.heard("bob") == Words{"opened 0 room 2 pair lisa next #1 members 2",
                                "members 0 room 2 total 2 first last: lisa bob",
                                "posted room 2 #1 lisa: one", "left room 2: lisa/lost",
                                "closed 0 room 2", "left room 1: lisa/lost"});
}

TEST_CASE("the server has so many pairs at most") {
  HubScript s({.max_pairs = 1});
  for (const std::string client : {"lisa", "a", "b"})
    s.hello(client);
  s.whisper("lisa", "a", "1");
  s.forget();
  s.whisper("lisa", "b", "2");
  s.whisper("lisa", "a", "3");
  CHECK(s.heard("lisa") == Words{"error 3 too_many_rooms", "acknowledged 4 room 2 #2"});
  s.leave("lisa", RoomId{2});
  s.run();
  s.forget();
  s.whisper("lisa", "b", "4");
  CHECK(s.heard("lisa").front().starts_with("opened"));
}

TEST_CASE("one may begin so many pairs; being whispered to by strangers does not count") {
  HubScript s({.max_pairs_per_user = 2});
  for (const std::string client : {"lisa", "a", "b", "c"})
    s.hello(client);
  s.whisper("lisa", "a", "1");
  s.whisper("lisa", "b", "2");
  s.forget();
  s.whisper("lisa", "c", "3");
  s.whisper("c", "lisa", "4");
  s.whisper("lisa", "a", "5");
  CHECK(s.heard("lisa") == Words{"error 4 too_many_rooms",
                                 "opened 0 room 4 pair c next #1 members 2",
                                 "members 0 room 4 total 2 first last: lisa c",
                                 "acknowledged 5 room 2 #2", "posted room 4 #1 c: 4"});
  // A pair that has ended makes room for another.
  s.leave("lisa", RoomId{2});
  s.forget();
  s.whisper("lisa", "a", "6");
  CHECK(s.heard("lisa").at(0) == "opened 7 room 5 pair a next #1 members 2");
}

}  // namespace
}  // namespace chat::test
