// The hub: sessions that outlive their connection.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/libchat/resumable.hpp"

namespace chat::test {
namespace {

using namespace std::chrono_literals;

constexpr ReactorId kOther{1};

TEST_CASE("who is back soon has missed nothing, and nobody has noticed") {
  HubScript s({}, kResumable);
  arrive(s, "bob");
  const Bytes token = arrive(s, "lisa");
  s.say("bob", kLobby, "one");
  s.forget();
  lose(s, "lisa");
  s.say("bob", kLobby, "two");
  s.say("bob", kLobby, "three");
  s.advance(9s);
  s.run();
  CHECK(s.heard("bob") == Words{"acknowledged 3 room 1 #2", "acknowledged 4 room 1 #3",
                                "posted room 1 #2 bob: two", "posted room 1 #3 bob: three"});
  come_back(s, "lisa", token, {{kLobby, Sequence{1}}});
  CHECK(s.heard("lisa") == Words{"welcome 1 user 2 lisa resumed",
                                 "opened 1 room 1 open lobby next #2 members 2",
                                 "members 0 room 1 total 2 first last: bob lisa",
                                 "posted room 1 #2 bob: two", "posted room 1 #3 bob: three"});
  s.advance(200s);
  s.say("lisa", kLobby, "back");
  CHECK(s.heard("bob") == Words{"posted room 1 #4 lisa: back"});
}

TEST_CASE("the others are told after a while, and again when somebody is back") {
  HubScript s({}, kResumable);
  arrive(s, "bob");
  const Bytes token = arrive(s, "lisa");
  lose(s, "lisa");
  CHECK(s.hub().next_deadline() == s.now() + 10s);
  s.advance(10s);
  CHECK(s.heard("bob") == Words{"presence room 1: lisa/lost"});
  s.hello("eve");
  CHECK(s.heard("eve") ==
        Words{"welcome 1 user 3 eve", "opened 1 room 1 open lobby next #1 members 2",
              "members 0 room 1 total 2 first last: bob lisa (1 lost)", "joined room 1: eve"});
  s.forget();
  come_back(s, "lisa", token, {{kLobby, Sequence{}}});
  CHECK(s.heard("bob") == Words{"presence room 1: lisa/here"});
}

TEST_CASE("who does not come back has left, and the name is free") {
  HubScript s({}, kResumable);
  arrive(s, "bob");
  const Bytes token = arrive(s, "lisa");
  lose(s, "lisa");
  s.connect("other");
  s.send("other", protocol::Hello{.nickname = "lisa"});
  CHECK(s.heard("other") == Words{"error 1 nickname_taken"});
  s.advance(10s);
  s.run();
  s.advance(110s);
  CHECK(s.heard("bob") == Words{"presence room 1: lisa/lost", "left room 1: lisa/lost"});
  CHECK(s.hub().sessions() == 1);
  CHECK(s.hub().detached_sessions() == 0);
  come_back(s, "lisa", token);
  CHECK(s.heard("lisa").front() == "welcome 1 user 3 lisa");
}

TEST_CASE("a goodbye ends the session at once") {
  HubScript s({}, kResumable);
  arrive(s, "bob");
  const Bytes token = arrive(s, "lisa");
  s.depart("lisa", LeaveReason::quit);
  CHECK(s.heard("bob") == Words{"left room 1: lisa/quit"});
  come_back(s, "lisa", token);
  CHECK(s.heard("lisa").front() == "welcome 1 user 3 lisa");
}

TEST_CASE("a token that is not good is answered as if there were none") {
  HubScript s({}, kResumable);
  const Bytes token = arrive(s, "lisa");
  lose(s, "lisa");
  Bytes wrong = token;
  wrong.back() ^= 1;
  for (const Bytes& claimed : {wrong, Bytes(5), Bytes(64)}) {
    come_back(s, "eve", claimed, {{kLobby, Sequence{1}}});
    CHECK(s.heard("eve").front().ends_with(" eve"));
    s.depart("eve", LeaveReason::quit);
  }
  // Also when the nickname is the one of the session.
  come_back(s, "lisa", wrong);
  CHECK(s.heard("lisa") == Words{"error 1 nickname_taken"});
}

TEST_CASE("a hello that its client had given up on does not take the session over later") {
  HubScript s({.reactors = 2}, kResumable);
  const Bytes token = arrive(s, "lisa");
  lose(s, "lisa");
  // The first one's reactor hears of the hello only after the second one's.
  s.connect("given up");
  s.connect("second", kOther);
  const protocol::Hello hello{.nickname = "lisa", .token = token};
  s.send("given up", hello);
  s.send("second", hello);
  s.round(kOther);
  CHECK(s.heard("given up") == Words{"error 1 identity_in_use"});
  s.forget();
  CHECK(s.closing("second") == std::nullopt);
  s.say("second", kLobby, "here");
  CHECK(s.heard("second") == Words{"acknowledged 2 room 1 #1", "posted room 1 #1 lisa: here"});
}

TEST_CASE("a token takes the session over from a connection that is still there") {
  HubScript s({.reactors = 2}, kResumable);
  const Bytes token = arrive(s, "old");
  arrive(s, "bob");
  s.connect("new", kOther);
  s.send("new", protocol::Hello{.nickname = "old", .token = token, .read = {{kLobby, {}}}});
  s.round(kOther);
  // The old one's reactor has not heard of it yet.
  s.say("old", kLobby, "too late");
  CHECK(s.heard("new") == Words{"welcome 1 user 1 old resumed",
                                "opened 1 room 1 open lobby next #1 members 2",
                                "members 0 room 1 total 2 first last: old bob",
                                "joined room 1: old", "joined room 1: bob"});
  CHECK(s.closing("old") == CloseReason::taken_over);
  s.depart("old");
  s.say("new", kLobby, "hi");
  CHECK(s.heard("bob") == Words{"posted room 1 #1 old: hi"});
  CHECK(s.hub().sessions() == 2);
}

TEST_CASE("a connection that has lost its session takes up no other one") {
  HubScript s({.reactors = 2}, kResumable);
  const Bytes token = arrive(s, "old");
  const Bytes other = arrive(s, "bob");
  come_back(s, "new", token, {}, kOther);
  s.round(kOther);
  s.send("old", protocol::Hello{.nickname = "old", .token = other});
  CHECK(s.heard("old").empty());
  CHECK(!s.closing("bob"));
  CHECK(s.hub().sessions() == 2);
}

TEST_CASE("who comes back into large rooms gets a part of the lists at once, and all in the end") {
  constexpr int kRooms = 10;
  constexpr int kPeople = 50;
  constexpr std::size_t kAtOnce = 1000;
  HubScript s({.lists_at_once_bytes = kAtOnce}, kResumable);
  const Bytes token = arrive(s, "lisa");
  for (int person = 0; person < kPeople; ++person)
    arrive(s, "p" + std::to_string(person));
  for (int room = 0; room < kRooms; ++room) {
    s.join("lisa", "r" + std::to_string(room));
    for (int person = 0; person < kPeople; ++person)
      s.join("p" + std::to_string(person), "r" + std::to_string(room));
  }
  s.run();
  s.forget();
  lose(s, "lisa");
  come_back(s, "lisa", token);
  s.round();
  const auto lists = [](const std::vector<protocol::ServerMessage>& frames) {
    return std::ranges::count_if(frames, [](const auto& frame) {
      return std::holds_alternative<protocol::MemberPage>(frame);
    });
  };
  const Bytes at_once = s.bytes_so_far("lisa");
  CHECK(lists(decode_all(at_once)) >= 1);
  CHECK(lists(decode_all(at_once)) < 4);
  CHECK(lists(decode_all(at_once)) + lists(s.frames("lisa")) == kRooms + 1);
}

TEST_CASE("who comes back into a pair that has ended hears who is there, also late") {
  HubScript s({.lists_at_once_bytes = 0}, kResumable);
  arrive(s, "bob");
  const Bytes token = arrive(s, "lisa");
  s.whisper("bob", "lisa", "bye");
  s.run();
  lose(s, "lisa");
  s.leave("bob", RoomId{2});
  s.run();
  come_back(s, "lisa", token, {{kLobby, {}}});
  const Words heard = s.heard("lisa");
  CHECK(std::ranges::count(heard, "members 0 room 2 total 1 first last: lisa") == 1);
  CHECK(std::ranges::count(heard, "closed 0 room 2") == 1);
}

TEST_CASE("who comes back too late for the log is told what is missing, and who is there") {
  HubScript s({.room_retention_bytes = 1024}, kResumable);
  arrive(s, "bob");
  const Bytes token = arrive(s, "lisa");
  lose(s, "lisa");
  for (int i = 0; i < 50; ++i) {
    s.say("bob", kLobby, std::string(100, 'x'));
    s.run();
  }
  s.forget();
  come_back(s, "lisa", token, {{kLobby, Sequence{}}});
  const Words heard = s.heard("lisa");
  REQUIRE(heard.size() > 4);
  CHECK(heard[1] == "opened 1 room 1 open lobby next #1 members 2");
  CHECK(heard[2].starts_with("gap room 1 #1 to #"));
  CHECK(heard[3] == "members 0 room 1 total 2 first last: bob lisa");
  CHECK(heard.back().starts_with("posted room 1 #50 bob"));
}

TEST_CASE("numbers that cannot be right are refused, and the session stays") {
  HubScript s({.epoch = Epoch{5}}, kResumable);
  const Bytes token = arrive(s, "lisa");
  lose(s, "lisa");
  s.connect("lisa");
  protocol::Hello hello{
      .nickname = "lisa", .token = token, .epoch = Epoch{5}, .read = {{kLobby, Sequence{1}}}};
  s.send("lisa", hello);
  CHECK(s.heard("lisa") == Words{"error 1 bad_position"});
  // From version 3 on that is no error: see hub_durable_test.cpp.
  hello.version = 2;
  hello.read = {{kLobby, {}}};
  hello.epoch = Epoch{4};
  s.send("lisa", hello);
  CHECK(s.heard("lisa") == Words{"error 2 unknown_epoch"});
  hello.read = {};
  s.send("lisa", hello);
  CHECK(s.heard("lisa").front() == "welcome 3 user 1 lisa resumed");
}

TEST_CASE("a room that the session is not in is closed") {
  HubScript s({}, kResumable);
  const Bytes token = arrive(s, "lisa");
  s.hello("bob");
  s.join("bob", "tea");
  s.run();
  lose(s, "lisa");
  come_back(s, "lisa", token, {{kLobby, {}}, {RoomId{2}, {}}, {RoomId{77}, Sequence{3}}});
  const Words heard = s.heard("lisa");
  CHECK(std::ranges::count(heard, "closed 1 room 2") == 1);
  CHECK(std::ranges::count(heard, "closed 1 room 77") == 1);
}

TEST_CASE("who whispers to somebody lost is told so, and when that one is back") {
  HubScript s({}, kResumable);
  arrive(s, "bob");
  const Bytes token = arrive(s, "lisa");
  lose(s, "lisa");
  s.advance(10s);
  s.forget();
  s.whisper("bob", "lisa", "psst");
  CHECK(s.heard("bob").back() == "presence room 2: lisa/lost");
  come_back(s, "lisa", token, {{kLobby, Sequence{}}});
  CHECK(s.heard("bob") == Words{"presence room 1: lisa/here", "presence room 2: lisa/here"});
}

TEST_CASE("who is away can be whispered to") {
  HubScript s({}, kResumable);
  const Bytes token = arrive(s, "lisa");
  arrive(s, "bob");
  lose(s, "lisa");
  s.whisper("bob", "lisa", "psst");
  CHECK(s.heard("bob") == Words{"opened 2 room 2 pair lisa next #1 members 2",
                                "members 0 room 2 total 2 first last: lisa bob",
                                "acknowledged 2 room 2 #1"});

  SUBCASE("and hears it when back") {
    come_back(s, "lisa", token, {{kLobby, {}}});
    const Words heard = s.heard("lisa");
    CHECK(std::ranges::count(heard, "opened 1 room 2 pair bob next #1 members 2") == 1);
    CHECK(std::ranges::count(heard, "members 0 room 2 total 2 first last: lisa bob") == 1);
    CHECK(heard.back() == "posted room 2 #1 bob: psst");
  }
  SUBCASE("and hears it when back, also when the other one has quit meanwhile") {
    s.depart("bob", LeaveReason::quit);
    s.run();
    come_back(s, "lisa", token, {{kLobby, {}}});
    const Words heard = s.heard("lisa");
    CHECK(std::ranges::count(heard, "posted room 2 #1 bob: psst") == 1);
    CHECK(std::ranges::count(heard, "left room 2: bob/quit") == 1);
    CHECK(std::ranges::count(heard, "closed 0 room 2") == 1);
    CHECK(s.hub().rooms() == 1);
  }
  SUBCASE("and when nobody comes back, nothing is left") {
    s.depart("bob", LeaveReason::quit);
    s.run();
    s.advance(120s);
    s.run();
    CHECK(s.hub().sessions() == 0);
    CHECK(s.hub().rooms() == 1);
  }
}

// The pair of lisa and bob, which bob leaves while lisa is away.
Bytes leave_pair_meanwhile(HubScript& s) {
  const Bytes token = arrive(s, "lisa");
  arrive(s, "bob");
  s.whisper("bob", "lisa", "psst");
  s.forget();
  lose(s, "lisa");
  s.leave("bob", RoomId{2});
  s.forget();
  return token;
}

TEST_CASE("a pair is closed that has ended, also when the log has lost how it ended") {
  HubScript s({.total_retention_bytes = 32 * 1024}, kResumable);
  const Bytes token = leave_pair_meanwhile(s);
  for (int i = 0; i < 1000; ++i) {
    s.say("bob", kLobby, std::string(100, 'x'));
    s.run();
  }
  s.forget();
  come_back(s, "lisa", token, {{kLobby, {}}, {RoomId{2}, Sequence{1}}});
  const Words heard = s.heard("lisa");
  const auto gap = std::ranges::find(heard, "gap room 2 #2 to #1");
  CHECK(std::ranges::count(gap, heard.end(), "closed 0 room 2") == 1);
  CHECK(std::ranges::count(heard, "left room 2: bob/left") == 0);
  CHECK(s.hub().rooms() == 1);
}

TEST_CASE("a pair that was read to its end is closed after that, or when somebody is back") {
  HubScript s({}, kResumable);
  const Bytes token = leave_pair_meanwhile(s);
  come_back(s, "lisa", token, {{kLobby, {}}, {RoomId{2}, Sequence{1}}});
  s.round();
  const Words heard = s.heard_so_far("lisa");
  CHECK(std::ranges::count(heard, "left room 2: bob/left") == 1);
  CHECK(std::ranges::count(heard, "closed 0 room 2") == 0);
  SUBCASE("the connection breaks first") {
    lose(s, "lisa");
    come_back(s, "lisa", token, {{kLobby, {}}, {RoomId{2}, Sequence{1}}});
    CHECK(std::ranges::count(s.heard("lisa"), "closed 1 room 2") == 1);
  }
  SUBCASE("it holds") {
    CHECK(s.heard("lisa") == Words{"closed 0 room 2"});
  }
  CHECK(s.hub().rooms() == 1);
}

TEST_CASE("who comes back reads nothing from before the room was entered") {
  HubScript s({}, kResumable);
  arrive(s, "bob");
  s.say("bob", kLobby, "secret");
  s.run();
  const Bytes token = arrive(s, "lisa");
  s.say("bob", kLobby, "open");
  s.run();
  lose(s, "lisa");
  for (const Sequence claimed : {Sequence{0}, Sequence{1}}) {
    come_back(s, "lisa", token, {{kLobby, claimed}});
    const Words heard = s.heard("lisa");
    CHECK(std::ranges::count(heard, "posted room 1 #1 bob: secret") == 0);
    CHECK(std::ranges::count(heard, "posted room 1 #2 bob: open") == 1);
    lose(s, "lisa");
  }
}

TEST_CASE("who speaks version 1 says hello without what came later") {
  HubScript s({}, kResumable);
  s.connect("old");
  s.send("old", protocol::Hello{.version = 1, .nickname = "old"});
  CHECK(std::get<protocol::Welcome>(s.frames("old").front()).version == 1);
}

}  // namespace
}  // namespace chat::test
