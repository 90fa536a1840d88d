// The hub over a store: pairs that go on.
#include <doctest/doctest.h>

#include <chrono>
#include <string>

#include "tests/libchat/durable_hub.hpp"

namespace chat::test {
namespace {

TEST_CASE("a pair goes on under its number when one of the two has been away") {
  Durable d;
  d.arrive("lisa", 1);
  d.arrive("bob", 2);
  d.s.whisper("lisa", "bob", "one");
  CHECK(holds(d.s.heard("bob"), "opened 0 room 2 pair lisa next #1 members 2"));
  d.s.depart("bob", LeaveReason::quit);
  d.s.run();
  SUBCASE("and the other one has read that") {
    CHECK(holds(d.s.heard("lisa"), "closed 0 room 2"));
    d.arrive("bob", 2);
    d.s.whisper("lisa", "bob", "two");
    CHECK(holds(d.s.heard("lisa"), "opened 3 room 2 pair bob next #2 members 2"));
    CHECK(holds(d.s.heard("bob"), "posted room 2 #2 lisa: two"));
  }
  SUBCASE("and then also the other one, and the process") {
    d.s.depart("lisa", LeaveReason::quit);
    d.s.run();
    d.s.restart();
    d.arrive("bob", 2);
    d.arrive("lisa", 1);
    d.s.whisper("bob", "lisa", "two");
    CHECK(holds(d.s.heard("lisa"), "opened 0 room 2 pair bob next #2 members 2"));
  }
}

TEST_CASE(
    "a pair goes on when the other one has still to hear that it has ended, also after a restart") {
  Durable d;
  d.arrive("lisa", 1);
  d.arrive("bob", 2);
  d.s.whisper("lisa", "bob", "one");
  d.s.forget();
  d.s.depart("lisa");
  d.s.run();
  d.s.depart("bob", LeaveReason::quit);
  d.s.run();
  SUBCASE("in the same process") {}
  SUBCASE("in the next one") {
    d.s.restart();
  }
  d.arrive("bob", 2);
  d.s.whisper("bob", "lisa", "two");
  CHECK(holds(d.s.heard("bob"), "opened 2 room 2 pair lisa next #2 members 1"));
}

TEST_CASE("a pair that was read to its end is not opened again after a restart") {
  Durable d;
  d.arrive("lisa", 1);
  const Bytes bob = d.arrive("bob", 2);
  d.s.whisper("lisa", "bob", "hi once");
  d.s.forget();
  d.s.leave("lisa", RoomId{2});
  CHECK(holds(d.s.heard("bob"), "closed 0 room 2"));
  d.s.restart();
  d.come_back("bob", 2, bob, {{kLobby, Sequence{}}});
  for (const std::string& words : d.s.heard("bob"))
    CHECK(words.find("room 2") == std::string::npos);
}

TEST_CASE("a pair that goes on after its end was read goes on behind that") {
  KeptStore store;
  HubScript s(store, {.epoch = Epoch{7}, .reactors = 2}, kResumable);
  const ReactorId other{1};
  s.hello("lisa");
  s.hello("bob", other);
  s.run();
  s.whisper("lisa", "bob", "one");
  s.forget();
  s.leave("lisa", RoomId{2});
  s.round();
  s.round(other);
  CHECK(s.heard_so_far("bob") == Words{"left room 2: lisa/left"});
  // Before the hub hears that it was read.
  s.whisper("lisa", "bob", "two");
  s.round();
  CHECK(s.heard("bob") ==
        Words{"joined room 2: lisa", "posted room 2 #2 lisa: two", "presence room 2: bob/here"});
}

TEST_CASE("who comes back to a pair and leaves it at once is seen to leave") {
  Durable d;
  d.arrive("lisa", 1);
  d.arrive("bob", 2);
  d.s.whisper("lisa", "bob", "one");
  d.s.forget();
  d.s.leave("lisa", RoomId{2});
  d.s.round();
  CHECK(d.s.heard_so_far("bob") == Words{"left room 2: lisa/left"});
  // In the round in which the hub hears that it was read.
  d.s.whisper("lisa", "bob", "two");
  d.s.leave("bob", RoomId{2});
  const Words heard = d.s.heard("lisa");
  CHECK(holds(heard, "left room 2: bob/left"));
  CHECK(holds(heard, "closed 0 room 2"));
}

TEST_CASE("a pair that goes on tells that the other one's connection is broken") {
  Durable d;
  d.arrive("lisa", 1);
  d.arrive("bob", 2);
  d.s.whisper("lisa", "bob", "one");
  d.s.run();
  d.s.depart("bob", LeaveReason::lost);
  d.s.leave("lisa", RoomId{2});
  d.s.run();
  d.s.advance(std::chrono::seconds(10));
  d.s.run();
  d.s.forget();
  d.s.whisper("lisa", "bob", "two");
  CHECK(holds(d.s.heard("lisa"), "presence room 2: bob/lost"));
}

TEST_CASE("a pair can be read by its two also while one of them has still to hear of its end") {
  Durable d;
  d.arrive("lisa", 1);
  d.arrive("bob", 2);
  d.s.whisper("lisa", "bob", "hi");
  d.s.forget();
  d.s.depart("bob");
  d.s.run();
  d.s.leave("lisa", RoomId{2});
  d.s.forget();
  d.s.send("lisa", protocol::ReadHistory{.room = RoomId{2}, .count = 10});
  const auto frames = d.s.frames("lisa");
  REQUIRE(frames.size() == 1);
  const auto* const history = std::get_if<protocol::History>(&frames.front());
  REQUIRE(history != nullptr);
  CHECK(history->messages.size() == 1);
}

TEST_CASE("an id that was whispered to one person is refused when whispered to another") {
  Durable d;
  d.arrive("lisa", 1);
  d.arrive("bob", 2);
  d.arrive("eve", 3);
  d.s.send("lisa", protocol::Whisper{.id = MessageId{9}, .nickname = "bob", .text = "psst"});
  d.s.forget();
  d.s.depart("lisa", LeaveReason::quit);
  d.s.run();
  d.arrive("lisa", 1);
  d.s.send("lisa", protocol::Whisper{.id = MessageId{9}, .nickname = "eve", .text = "psst"});
  const Words heard = d.s.heard("lisa");
  REQUIRE(!heard.empty());
  CHECK(heard.back() == "error 2 id_reused");
}

TEST_CASE("whoever takes the name of somebody in a pair is another one") {
  Durable d;
  d.arrive("lisa", 1);
  d.arrive("bob", 2);
  d.s.whisper("lisa", "bob", "one");
  d.s.forget();
  d.s.depart("bob", LeaveReason::quit);
  d.s.run();
  d.arrive("bob", 3);
  d.s.whisper("lisa", "bob", "two");
  CHECK(holds(d.s.heard("bob"), "opened 0 room 3 pair lisa next #1 members 2"));
}

}  // namespace
}  // namespace chat::test
