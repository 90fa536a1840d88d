// The hub: who types, and who is away.
#include <doctest/doctest.h>

#include <chrono>
#include <string>

#include "tests/libchat/durable_hub.hpp"

namespace chat::test {
namespace {

using namespace std::chrono_literals;

void type(HubScript& s, const std::string& who, RoomId room = kLobby) {
  s.send(who, protocol::TellTyping{.room = room});
}

void set_away(HubScript& s, const std::string& who, bool is_away, const std::string& why = {}) {
  s.send(who, protocol::SetAway{.is_away = is_away, .sentence = why});
}

TEST_CASE("a room is told who types, but of one person at most every two seconds") {
  HubScript s;
  s.hello("ann");
  s.hello("bob");
  s.forget();
  type(s, "ann");
  type(s, "ann");
  CHECK(s.heard("bob") == Words{"typing room 1 ann"});
  s.advance(Hub::kTypingInterval - 1ms);
  type(s, "ann");
  CHECK(s.heard("bob").empty());
  s.advance(1ms);
  type(s, "ann");
  type(s, "bob");
  CHECK(s.heard("bob") == Words{"typing room 1 ann", "typing room 1 bob"});
}

TEST_CASE("somebody types where they may speak") {
  HubScript s;
  s.hello("ann");
  s.hello("bob");
  s.join("ann", "tea");
  s.forget();
  type(s, "bob", RoomId{2});
  CHECK(s.heard("bob") == Words{"error 2 not_a_member"});
  CHECK(s.heard("ann").empty());
}

TEST_CASE("that somebody types is not kept, and has no number") {
  HubScript s;
  s.hello("ann");
  s.hello("bob");
  s.forget();
  type(s, "ann");
  s.say("ann", kLobby, "hi");
  s.run();
  s.send("bob", protocol::ReadHistory{.room = kLobby, .count = 10});
  const Words heard = s.heard("bob");
  CHECK(holds(heard, "posted room 1 #1 ann: hi"));
  CHECK(holds(heard, "history 2 room 1: #1 ann: hi"));
}

TEST_CASE("all rooms are told that somebody is away, and that they are back") {
  HubScript s;
  s.hello("ann");
  s.hello("bob");
  s.join("ann", "tea");
  s.join("bob", "tea");
  s.forget();
  set_away(s, "ann", true, "lunch");
  set_away(s, "ann", true, "lunch");
  CHECK(s.heard("bob") == Words{"away room 1 ann: lunch", "away room 2 ann: lunch"});
  set_away(s, "ann", true, "dinner");
  CHECK(s.heard("bob") == Words{"away room 1 ann: dinner", "away room 2 ann: dinner"});
  set_away(s, "ann", false);
  set_away(s, "ann", false);
  CHECK(s.heard("bob") == Words{"back room 1 ann", "back room 2 ann"});
}

TEST_CASE("who comes later sees in the list who is away") {
  HubScript s;
  s.hello("ann");
  set_away(s, "ann", true);
  s.run();
  s.hello("bob");
  CHECK(holds(s.heard("bob"), "members 0 room 1 total 1 first last: ann (1 away)"));
}

TEST_CASE("who is away is so in the rooms that they enter") {
  HubScript s;
  s.hello("ann");
  s.hello("bob");
  set_away(s, "ann", true, "lunch");
  SUBCASE("a room") {
    s.join("bob", "tea");
    s.forget();
    s.join("ann", "tea");
    CHECK(s.heard("bob") == Words{"joined room 2: ann", "away room 2 ann: lunch"});
  }
  SUBCASE("a pair") {
    s.forget();
    s.whisper("bob", "ann", "psst");
    const Words heard = s.heard("bob");
    CHECK(holds(heard, "away room 2 ann: lunch"));
  }
}

TEST_CASE("whoever takes the place of somebody who was away is not away") {
  Durable d;
  d.arrive("ann", 1);
  d.arrive("bob", 2);
  set_away(d.s, "ann", true, "lunch");
  d.s.forget();
  d.s.depart("ann", LeaveReason::quit);
  d.s.connect("ann");
  d.s.send("ann", protocol::Hello{.nickname = "ann", .identity = identity(1), .secret = secret(1)});
  d.s.run();
  d.s.join("bob", "tea");
  d.s.send("bob", protocol::ListMembers{.room = kLobby});
  const Words heard = d.s.heard("bob");
  CAPTURE(heard);
  CHECK(holds(heard, "back room 1 ann"));
  CHECK(holds(heard, "members 3 room 1 total 2 first last: bob ann"));
}

TEST_CASE("somebody stays away while their connection is lost") {
  HubScript s({}, kResumable);
  s.hello("bob");
  const Bytes token = arrive(s, "ann");
  set_away(s, "ann", true, "lunch");
  s.run();
  lose(s, "ann");
  s.forget();
  s.connect("ann");
  s.send("ann", protocol::Hello{.nickname = "ann", .token = token});
  CHECK(holds(s.heard("ann"), "members 0 room 1 total 2 first last: bob ann (1 away)"));
}

TEST_CASE("a pair that goes on knows who has come back meanwhile") {
  Durable d;
  d.arrive("ann", 1);
  d.arrive("bob", 2);
  d.s.whisper("bob", "ann", "psst");
  set_away(d.s, "ann", true, "lunch");
  d.s.run();
  d.s.ledger().hold();
  d.s.leave("bob", RoomId{2});
  d.s.run();
  set_away(d.s, "ann", false);
  d.s.whisper("bob", "ann", "psst");
  d.s.run();
  d.s.ledger().release();
  d.s.run();
  d.s.send("bob", protocol::ListMembers{.room = RoomId{2}});
  const Words heard = d.s.heard("bob");
  CAPTURE(heard);
  CHECK(std::ranges::none_of(heard, [](const std::string& words) {
    return words.starts_with("members 5 ") && words.ends_with("away)");
  }));
}

}  // namespace
}  // namespace chat::test
