// The hub: rooms, and who is in them.
#include <doctest/doctest.h>

#include <string>

#include "tests/libchat/hub_script.hpp"

namespace chat::test {
namespace {

using namespace std::chrono_literals;

TEST_CASE("joining makes a room, and one's own joining comes through its log") {
  HubScript s;
  s.hello("lisa");
  s.forget();
  s.join("lisa", "Tea");
  CHECK(s.heard("lisa") == Words{"opened 2 room 2 open Tea next #1 members 0",
                                 "members 0 room 2 total 0 first last:", "joined room 2: lisa"});
}

TEST_CASE("a room has the name of who made it, and is found by any that folds alike") {
  HubScript s;
  s.hello("lisa");
  s.hello("bob");
  s.join("lisa", "Tea");
  s.forget();
  s.join("bob", "TEA");
  CHECK(s.heard("bob") == Words{"opened 2 room 2 open Tea next #1 members 1",
                                "members 0 room 2 total 1 first last: lisa", "joined room 2: bob"});
}

TEST_CASE("who joins reads nothing that was said before, and knows the next number") {
  HubScript s;
  s.hello("lisa");
  s.say("lisa", kLobby, "early");
  s.run();
  s.hello("bob");
  s.say("lisa", kLobby, "late");
  CHECK(s.heard("bob") == Words{"welcome 1 user 2 bob",
                                "opened 1 room 1 open lobby next #2 members 1",
                                "members 0 room 1 total 1 first last: lisa", "joined room 1: bob",
                                "posted room 1 #2 lisa: late"});
}

TEST_CASE("joining is refused for a bad name, and for a room that one is in") {
  HubScript s;
  s.hello("lisa");
  s.forget();
  s.join("lisa", "");
  s.join("lisa", "#tea");
  s.join("lisa", "LOBBY");
  CHECK(s.heard("lisa") ==
        Words{"error 2 invalid_room_name", "error 3 invalid_room_name", "error 4 already_member"});
}

TEST_CASE("one may be in so many rooms, pairs not counted") {
  HubScript s({.max_rooms_per_user = 3});
  s.hello("lisa");
  s.hello("bob");
  s.whisper("lisa", "bob", "psst");
  s.join("lisa", "a");
  s.join("lisa", "b");
  s.forget();
  s.join("lisa", "c");
  CHECK(s.heard("lisa") == Words{"error 5 too_many_rooms"});
  s.leave("lisa", kLobby);
  s.forget();
  s.join("lisa", "c");
  CHECK(s.heard("lisa").size() == 3);
}

TEST_CASE("the server has so many open rooms, and one that all have left makes place") {
  HubScript s({.max_rooms = 2});
  s.hello("lisa");
  s.join("lisa", "a");
  s.hello("bob");
  s.forget();
  s.join("bob", "b");
  CHECK(s.heard("bob") == Words{"error 2 too_many_rooms"});
  s.join("bob", "a");
  CHECK(s.heard("bob").size() == 3);
  s.leave("bob", RoomId{2});
  s.leave("lisa", RoomId{2});
  s.run();
  s.join("bob", "b");
  CHECK(s.heard("bob")[1] == "opened 5 room 3 open b next #1 members 0");
}

TEST_CASE("leaving is answered, seen by the others, and ends the room for who left") {
  HubScript s;
  s.hello("lisa");
  s.hello("bob");
  s.forget();
  s.say("bob", kLobby, "before");
  s.leave("lisa", kLobby);
  s.say("bob", kLobby, "after");
  CHECK(s.heard("lisa") == Words{"closed 2 room 1"});
  CHECK(s.heard("bob").back() == "left room 1: lisa/left");
  s.say("bob", kLobby, "much later");
  CHECK(s.heard("lisa").empty());
  s.say("lisa", kLobby, "hello?");
  CHECK(s.heard("lisa") == Words{"error 3 not_a_member"});
}

TEST_CASE("leaving is refused for a room that one is not in") {
  HubScript s;
  s.hello("lisa");
  s.forget();
  s.leave("lisa", RoomId{9});
  s.leave("lisa", kLobby);
  s.leave("lisa", kLobby);
  CHECK(s.heard("lisa") ==
        Words{"error 2 no_such_room", "closed 3 room 1", "error 4 not_a_member"});
}

TEST_CASE("what one said before leaving is still published, before one's leaving") {
  HubScript s;
  s.hello("lisa");
  s.hello("bob");
  s.forget();
  s.say("lisa", kLobby, "bye");
  s.leave("lisa", kLobby);
  CHECK(s.heard("bob") == Words{"posted room 1 #1 lisa: bye", "left room 1: lisa/left"});
}

TEST_CASE("a room that all have left is forgotten, and its number is not used again") {
  HubScript s;
  s.hello("lisa");
  s.join("lisa", "tea");
  s.say("lisa", RoomId{2}, "one");
  s.leave("lisa", RoomId{2});
  s.forget();
  CHECK(s.hub().rooms() == 1);
  s.join("lisa", "tea");
  CHECK(s.heard("lisa").front() == "opened 5 room 3 open tea next #1 members 0");
}

TEST_CASE("the lobby stays, with its numbers, when nobody is there") {
  HubScript s;
  s.hello("lisa");
  s.say("lisa", kLobby, "one");
  s.depart("lisa");
  s.run();
  s.hello("bob");
  CHECK(s.heard("bob")[1] == "opened 1 room 1 open lobby next #2 members 0");
}

TEST_CASE("leaving and coming back within a round goes unnoticed by the others") {
  HubScript s;
  s.hello("lisa");
  s.hello("bob");
  s.forget();
  s.leave("lisa", kLobby);
  s.join("lisa", "lobby");
  CHECK(s.heard("bob").empty());
  CHECK(s.heard("lisa") == Words{"closed 2 room 1", "opened 3 room 1 open lobby next #1 members 2",
                                 "members 0 room 1 total 2 first last: lisa bob"});
  s.say("bob", kLobby, "hi");
  CHECK(s.heard("lisa") == Words{"posted room 1 #1 bob: hi"});
}

TEST_CASE("who comes back under another name within a round is renamed for the others") {
  HubScript s;
  s.hello("lisa");
  s.hello("bob");
  s.forget();
  s.leave("lisa", kLobby);
  s.rename("lisa", "liz");
  s.join("lisa", "lobby");
  CHECK(s.heard("bob") == Words{"renamed room 1 lisa to liz"});
  s.hello("zoe");
  CHECK(s.heard("zoe")[2] == "members 0 room 1 total 2 first last: liz bob");
}

TEST_CASE("joining and leaving within a round goes unnoticed by the others") {
  HubScript s;
  s.hello("bob");
  s.forget();
  s.hello("lisa");
  s.depart("lisa");
  CHECK(s.heard("bob").empty());
}

TEST_CASE("in a round joins come before the messages and leaves behind them") {
  HubScript s;
  s.hello("a");
  s.hello("b");
  s.hello("watcher");
  s.forget();
  s.depart("a", LeaveReason::quit);
  s.say("b", kLobby, "one");
  s.hello("c");
  s.say("c", kLobby, "two");
  s.hello("d");
  s.depart("b");
  CHECK(s.heard("watcher") == Words{"joined room 1: c d", "posted room 1 #1 b: one",
                                    "posted room 1 #2 c: two", "left room 1: a/quit b/lost"});
}

TEST_CASE("rooms are listed in pages by their number, pairs never") {
  HubScript s({.max_rooms_per_user = 500});
  s.hello("lisa");
  s.hello("bob");
  s.whisper("lisa", "bob", "psst");
  for (int i = 0; i < 150; ++i)
    s.join("lisa", "room" + std::to_string(i));
  s.forget();
  s.send("bob", protocol::ListRooms{});
  const auto first = std::get<protocol::RoomPage>(s.frames("bob").at(0));
  CHECK(first.rooms.size() == 100);
  CHECK_FALSE(first.last);
  CHECK(first.rooms[0].name == "lobby");
  CHECK(first.rooms[0].members == 2);
  CHECK(first.rooms[1].name == "room0");
  s.send("bob", protocol::ListRooms{.after = first.rooms.back().room});
  const auto second = std::get<protocol::RoomPage>(s.frames("bob").at(0));
  CHECK(second.rooms.size() == 51);
  CHECK(second.last);
  CHECK(second.rooms.front().room > first.rooms.back().room);
  s.send("bob", protocol::ListRooms{.after = RoomId{0xFFFFFFFF}});
  CHECK(s.heard("bob") == Words{"rooms 4 last:"});
}

TEST_CASE("members are listed in pages, for members only") {
  HubScript s;
  s.hello("lisa");
  s.hello("bob");
  s.join("bob", "tea");
  s.forget();
  s.send("lisa", protocol::ListMembers{.room = kLobby});
  s.send("lisa", protocol::ListMembers{.room = kLobby, .after = UserId{1}});
  s.send("lisa", protocol::ListMembers{.room = RoomId{2}});
  s.send("lisa", protocol::ListMembers{.room = RoomId{3}});
  CHECK(s.heard("lisa") == Words{"members 2 room 1 total 2 first last: lisa bob",
                                 "members 3 room 1 total 2 last: bob", "error 4 not_a_member",
                                 "error 5 no_such_room"});
}

void fill_lobby(HubScript& s, int from, int to) {
  for (int i = from; i <= to; ++i)
    s.hello("u" + std::to_string(i));
  s.forget();
}

TEST_CASE("a room of more than 500 announces counts, by time and not by joins") {
  HubScript s;
  fill_lobby(s, 1, 500);
  s.hello("u501");
  CHECK(s.heard("u1") == Words{"count room 1 501"});
  s.forget();
  for (int i = 502; i <= 601; ++i) {
    s.hello("u" + std::to_string(i));
    s.run();
    s.advance(1ms);
  }
  CHECK(s.heard("u1").empty());
  REQUIRE(s.hub().next_deadline());
  s.advance(
      std::chrono::duration_cast<std::chrono::milliseconds>(*s.hub().next_deadline() - s.now()));
  CHECK(s.heard("u1") == Words{"count room 1 601"});
  CHECK_FALSE(s.hub().next_deadline());
}

TEST_CASE("who joins a counted room gets no list, but may ask for pages") {
  HubScript s;
  fill_lobby(s, 1, 1000);
  s.hello("late");
  s.run();
  s.advance(1s);
  CHECK(s.heard("late") == Words{"welcome 1 user 1001 late",
                                 "opened 1 room 1 open lobby next #1 members 1000 counted",
                                 "count room 1 1001"});
  std::size_t people = 0;
  UserId after;
  for (bool last = false; !last;) {
    s.send("late", protocol::ListMembers{.room = kLobby, .after = after});
    const auto page = std::get<protocol::MemberPage>(s.frames("late").at(0));
    people += page.people.size();
    after = page.people.back().user;
    last = page.last;
  }
  CHECK(people == 1001);
}

TEST_CASE("a room that is below 400 again gives everybody the list, and names again") {
  HubScript s;
  fill_lobby(s, 1, 501);
  for (int i = 100; i <= 200; ++i)
    s.depart("u" + std::to_string(i));
  s.run();
  CHECK(s.heard("u1").empty());
  s.advance(1s);
  s.forget();
  s.depart("u300");
  const auto frames = s.frames("u1");
  REQUIRE(frames.size() == 1);
  CHECK(std::get<protocol::MemberPage>(frames[0]).people.size() == 399);
  s.hello("new");
  CHECK(s.heard("u1") == Words{"joined room 1: new"});
}

TEST_CASE("rounds of several reactors: the answer goes to the asker's, the frame to all") {
  HubScript s({.reactors = 2});
  s.hello("lisa", ReactorId{0});
  s.hello("bob", ReactorId{1});
  s.forget();
  s.say("lisa", kLobby, "hi");
  s.round(ReactorId{0});
  CHECK(s.heard_so_far("lisa").size() == 2);
  CHECK(s.heard_so_far("bob").empty());
  s.round(ReactorId{1});
  CHECK(s.heard_so_far("bob") == Words{"posted room 1 #1 lisa: hi"});
}

TEST_CASE("nothing of a room is sent past a leave, whatever the other reactors say meanwhile") {
  HubScript s({.reactors = 2});
  s.hello("lisa", ReactorId{0});
  s.hello("bob", ReactorId{1});
  s.forget();
  s.leave("lisa", kLobby);
  s.say("bob", kLobby, "before");
  s.round(ReactorId{1});
  s.round(ReactorId{0});
  CHECK(s.heard_so_far("lisa") == Words{"closed 2 room 1"});
}

TEST_CASE("a reactor that lost its last reader and gets another in one entry reads on") {
  HubScript s({.reactors = 2});
  s.hello("lisa", ReactorId{0});
  s.hello("bob", ReactorId{1});
  s.say("lisa", kLobby, "one");
  s.forget();
  SUBCASE("departed is entered before the hello") {
    s.depart("bob");
    s.hello("zoe", ReactorId{1});
  }
  SUBCASE("departed is entered behind the hello") {
    s.hello("zoe", ReactorId{1});
    s.depart("bob");
  }
  SUBCASE("something is said between the end of the connection and its departure") {
    s.depart("bob");
    s.say("lisa", kLobby, "two");
    s.round(ReactorId{0});
    s.hello("zoe", ReactorId{1});
  }
  s.run();
  s.say("lisa", kLobby, "last");
  CHECK(s.heard("zoe").back().ends_with("lisa: last"));
}

}  // namespace
}  // namespace chat::test
