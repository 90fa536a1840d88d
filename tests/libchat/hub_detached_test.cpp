// The hub: sessions that wait without a connection, and what others see of them.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "tests/libchat/resumable.hpp"

namespace chat::test {
namespace {

using namespace std::chrono_literals;

TEST_CASE("sessions that wait are bounded, for each address and in all") {
  HubScript s({}, {.grace = 120s, .most = 3, .most_per_address = 2});
  arrive(s, "bob");
  const auto drop = [&](const std::string& name, AddressKey address) {
    s.connect(name, {}, address);
    s.hello(name);
    s.run();
    lose(s, name);
  };
  drop("a1", AddressKey{1});
  drop("a2", AddressKey{1});
  drop("b1", AddressKey{2});
  s.forget();
  drop("a3", AddressKey{1});
  Words heard = s.heard("bob");
  CHECK(std::ranges::count(heard, "left room 1: a1/lost") == 1);
  drop("b2", AddressKey{2});
  heard = s.heard("bob");
  CHECK(std::ranges::count(heard, "left room 1: a2/lost") == 1);
  CHECK(s.hub().detached_sessions() == 3);
}

TEST_CASE("what many sessions of one address have begun ends with the oldest of them") {
  HubScript s({}, {.grace = 120s, .most_memberships_per_address = 10});
  arrive(s, "bob");
  for (const std::string name : {"a1", "a2"}) {
    s.connect(name, {}, AddressKey{1});
    arrive(s, name);
    for (int room = 0; room < 5; ++room)
      s.join(name, name + std::to_string(room));
    s.forget();
    lose(s, name);
  }
  CHECK(s.hub().detached_sessions() == 1);
  CHECK(s.hub().rooms() == 6);
}

TEST_CASE("when many are lost at once, others are served between their ends") {
  HubScript s({}, kResumable);
  arrive(s, "bob");
  for (int i = 0; i < 600; ++i)
    arrive(s, "p" + std::to_string(i));
  for (int i = 0; i < 600; ++i)
    s.depart("p" + std::to_string(i), LeaveReason::lost);
  s.run();
  s.advance(120s);
  s.say("bob", kLobby, "still here");
  s.round();
  CHECK(s.hub().sessions() > 300);
  CHECK(std::ranges::count(s.heard_so_far("bob"), "posted room 1 #1 bob: still here") == 1);
  for (auto due = s.hub().next_deadline(); due && *due <= s.now(); due = s.hub().next_deadline())
    s.round();
  CHECK(s.hub().sessions() == 1);
}

TEST_CASE("a session counts for the address from which it was last taken up") {
  HubScript s({}, {.grace = 120s, .most = 9, .most_per_address = 1});
  const auto drop_from = [&](const std::string& name, AddressKey address) {
    s.connect(name, {}, address);
    const Bytes token = arrive(s, name);
    lose(s, name);
    return token;
  };
  const Bytes token = drop_from("lisa", AddressKey{1});
  s.connect("lisa", {}, AddressKey{2});
  s.send("lisa", protocol::Hello{.nickname = "lisa", .token = token});
  s.run();
  drop_from("bob", AddressKey{1});
  lose(s, "lisa");
  CHECK(s.hub().detached_sessions() == 2);
}

TEST_CASE("whoever begins pairs with somebody who is away leaves room for others") {
  HubScript s({}, kResumable);
  for (const std::string client : {"lisa", "eve", "bob"})
    arrive(s, client);
  lose(s, "lisa");
  const auto begin_and_leave = [&] {
    s.whisper("eve", "lisa", "x");
    const auto frames = s.frames("eve");
    if (const auto* opened = std::get_if<protocol::RoomOpened>(&frames.front()))
      s.leave("eve", opened->room);
    s.forget();
    return std::holds_alternative<protocol::RoomOpened>(frames.front());
  };
  CHECK(begin_and_leave());
  for (int i = 0; i < 50; ++i)
    begin_and_leave();
  CHECK(!begin_and_leave());
  s.whisper("bob", "lisa", "hello");
  CHECK(s.heard("bob").front().starts_with("opened 2 room"));
}

TEST_CASE("a connection that was given up does not get a session back that waits") {
  HubScript s({}, kResumable);
  const Bytes token = arrive(s, "lisa");
  lose(s, "lisa");
  const protocol::Hello hello{.nickname = "lisa", .token = token};
  s.connect("given up");
  s.connect("second");
  s.send("second", hello);
  s.run();
  lose(s, "second");
  s.send("given up", hello);
  CHECK(s.heard("given up") == Words{"error 1 identity_in_use"});
  s.connect("third");
  s.send("third", hello);
  CHECK(s.heard("third").front() == "welcome 1 user 1 lisa resumed");
}

}  // namespace
}  // namespace chat::test
