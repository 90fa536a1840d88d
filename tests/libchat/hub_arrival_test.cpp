// The hub: arriving, names, leaving for good.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/libchat/hub_script.hpp"

namespace chat::test {
namespace {

TEST_CASE("a hello is answered by welcome, the lobby, its members, and one's own joining") {
  HubScript s;
  s.hello("lisa");
  CHECK(s.heard("lisa") == Words{"welcome 1 user 1 lisa",
                                 "opened 1 room 1 open lobby next #1 members 0",
                                 "members 0 room 1 total 0 first last:", "joined room 1: lisa"});
}

TEST_CASE("who arrives later sees who is there, and is seen") {
  HubScript s;
  s.hello("lisa");
  s.forget();
  s.hello("bob");
  CHECK(s.heard("bob") == Words{"welcome 1 user 2 bob",
                                "opened 1 room 1 open lobby next #1 members 1",
                                "members 0 room 1 total 1 first last: lisa", "joined room 1: bob"});
  CHECK(s.heard("lisa") == Words{"joined room 1: bob"});
}

TEST_CASE("welcome tells name, version, epoch, time and limits") {
  HubScript s(
      {.server_name = "test", .server_version = "9", .epoch = Epoch{77}, .max_rooms_per_user = 5});
  s.hello("lisa");
  const auto welcome = std::get<protocol::Welcome>(s.frames("lisa").front());
  CHECK(welcome.server == "test");
  CHECK(welcome.server_version == "9");
  CHECK(welcome.version == 4);
  CHECK(welcome.epoch == Epoch{77});
  CHECK(welcome.time == WallTime{1'700'000'000'000});
  CHECK(welcome.max_frame_length == 16'384);
  CHECK(welcome.max_text_bytes == 4'096);
  CHECK(welcome.max_rooms == 5);
}

TEST_CASE("a later version gets the one that the server speaks") {
  HubScript s;
  s.connect("lisa");
  s.send("lisa", protocol::Hello{.version = 9, .nickname = "lisa"});
  CHECK(std::get<protocol::Welcome>(s.frames("lisa").front()).version == 4);
}

TEST_CASE("version 0 ends the connection") {
  HubScript s;
  s.connect("lisa");
  s.send("lisa", protocol::Hello{.version = 0, .nickname = "lisa"});
  CHECK(s.closing("lisa") == CloseReason::unsupported_version);
  CHECK(s.heard("lisa").empty());
  CHECK(s.hub().sessions() == 0);
}

TEST_CASE("a request before the hello ends the connection") {
  HubScript s;
  for (const std::string client : {"say", "join", "leave", "rename", "whisper", "rooms", "members"})
    s.connect(client);
  s.say("say", kLobby, "hi");
  s.join("join", "tea");
  s.leave("leave", kLobby);
  s.rename("rename", "x");
  s.whisper("whisper", "x", "hi");
  s.send("rooms", protocol::ListRooms{});
  s.send("members", protocol::ListMembers{.room = kLobby});
  for (const std::string client : {"say", "join", "leave", "rename", "whisper", "rooms", "members"})
    CHECK(s.closing(client) == CloseReason::hello_required);
  CHECK(s.hub().log_bytes() == 0);
}

TEST_CASE("a connection that has to end is not heard any more, until its slot is another's") {
  HubScript s;
  s.connect("rude");
  s.say("rude", kLobby, "hi");
  s.send("rude", protocol::Hello{.nickname = "rude"});
  s.connect("old");
  s.send("old", protocol::Hello{.version = 0, .nickname = "old"});
  s.send("old", protocol::Hello{.nickname = "old"});
  CHECK(s.heard("rude").empty());
  CHECK(s.heard("old").empty());
  CHECK(s.hub().sessions() == 0);
  s.depart("rude");
  s.hello("new");
  CHECK(s.heard("new").front() == "welcome 1 user 1 new");
}

TEST_CASE("a refused nickname can be followed by another hello") {
  HubScript s;
  s.hello("lisa");
  s.connect("new");
  s.send("new", protocol::Hello{.nickname = "LISA"});
  s.send("new", protocol::Hello{.nickname = "a b"});
  s.send("new", protocol::Hello{.nickname = ""});
  CHECK(s.heard("new") ==
        Words{"error 1 nickname_taken", "error 2 invalid_nickname", "error 3 invalid_nickname"});
  CHECK_FALSE(s.closing("new"));
  s.send("new", protocol::Hello{.nickname = "bob"});
  CHECK(s.heard("new").front() == "welcome 4 user 2 bob");
}

TEST_CASE("a second hello is refused and changes nothing") {
  HubScript s;
  s.hello("lisa");
  s.forget();
  s.send("lisa", protocol::Hello{.nickname = "other"});
  s.send("lisa", protocol::Hello{.version = 0, .nickname = "other"});
  CHECK(s.heard("lisa") == Words{"error 2 already_welcome", "error 3 already_welcome"});
  CHECK(s.hub().sessions() == 1);
  s.depart("lisa");
  s.run();
  CHECK(s.hub().sessions() == 0);
}

TEST_CASE("of many claims of one name in one entry the first one wins") {
  HubScript s;
  for (int i = 0; i < 100; ++i) {
    s.connect("c" + std::to_string(i));
    s.send("c" + std::to_string(i), protocol::Hello{.nickname = "lisa"});
  }
  CHECK(s.heard("c0").front() == "welcome 1 user 1 lisa");
  for (int i = 1; i < 100; ++i)
    CHECK(s.heard("c" + std::to_string(i)) == Words{"error 1 nickname_taken"});
  CHECK(s.hub().sessions() == 1);
}

TEST_CASE("a name is freed and taken in one entry, and its new holder is another user") {
  HubScript s;
  s.hello("lisa");
  s.hello("bob");
  s.forget();
  s.depart("lisa", LeaveReason::quit);
  s.hello("lisa");
  CHECK(s.heard("lisa").front() == "welcome 1 user 3 lisa");
  CHECK(s.heard("bob") == Words{"joined room 1: lisa", "left room 1: lisa/quit"});
}

TEST_CASE("a rename is answered, and seen in every room") {
  HubScript s;
  s.hello("lisa");
  s.hello("bob");
  s.join("lisa", "tea");
  s.join("bob", "tea");
  s.whisper("lisa", "bob", "psst");
  s.forget();
  s.rename("lisa", "Liz");
  CHECK(s.heard("bob") == Words{"renamed room 1 lisa to Liz", "renamed room 2 lisa to Liz",
                                "renamed room 3 lisa to Liz"});
  CHECK(s.heard("lisa") == Words{"nickname 4 Liz", "renamed room 1 lisa to Liz",
                                 "renamed room 2 lisa to Liz", "renamed room 3 lisa to Liz"});
}

TEST_CASE("a rename to one's own name written otherwise is a rename, to just the same is none") {
  HubScript s;
  s.hello("lisa");
  s.forget();
  s.rename("lisa", "LISA");
  CHECK(s.heard("lisa") == Words{"nickname 2 LISA", "renamed room 1 lisa to LISA"});
  s.rename("lisa", "LISA");
  CHECK(s.heard("lisa") == Words{"nickname 3 LISA"});
}

TEST_CASE("a rename frees the name before, and a refused one keeps it") {
  HubScript s;
  s.hello("lisa");
  s.hello("bob");
  s.forget();
  s.rename("lisa", "bob");
  s.rename("lisa", "@x");
  CHECK(s.heard("lisa") == Words{"error 2 nickname_taken", "error 3 invalid_nickname"});
  s.rename("lisa", "liz");
  s.rename("bob", "lisa");
  s.forget();
  s.hello("bob2");
  s.rename("bob2", "bob");
  CHECK(s.heard("bob2").back() == "renamed room 1 bob2 to bob");
  s.hello("dan");
  CHECK(s.heard("dan")[2] == "members 0 room 1 total 3 first last: liz lisa bob");
}

TEST_CASE("names swapped within one entry are swapped for everybody") {
  HubScript s;
  s.hello("a");
  s.hello("b");
  s.hello("c");
  s.forget();
  s.rename("a", "x");
  s.rename("b", "a");
  s.rename("a", "b");
  CHECK(s.heard("c") ==
        Words{"renamed room 1 a to x", "renamed room 1 b to a", "renamed room 1 x to b"});
}

TEST_CASE("who is gone leaves nothing behind") {
  HubScript s;
  s.hello("lisa");
  s.run();
  const std::size_t rooms = s.hub().rooms();
  const auto come_and_go = [&] {
    for (int i = 0; i < 50; ++i) {
      const std::string name = "u" + std::to_string(i);
      s.hello(name);
      s.join(name, "room" + std::to_string(i % 7));
      s.whisper(name, "lisa", "psst");
      s.whisper(name, "u0", "psst");
    }
    s.run();
    CHECK(s.hub().rooms() > rooms + 50);
    for (int i = 0; i < 50; ++i)
      s.depart("u" + std::to_string(i));
    s.forget();
  };
  come_and_go();
  CHECK(s.hub().sessions() == 1);
  CHECK(s.hub().rooms() == rooms);
  CHECK(s.ledger().numbered_rooms() == 0);
  s.depart("lisa");
  s.run();
  CHECK(s.hub().sessions() == 0);
  CHECK(s.hub().rooms() == 1);
  CHECK(s.reactor({}).held_rooms() == 0);
}

TEST_CASE("only the lobby's log is left when all are gone") {
  HubScript s;
  s.hello("lisa");
  s.join("lisa", "tea");
  s.say("lisa", RoomId{2}, std::string(4000, 'x'));
  s.run();
  CHECK(s.hub().log_bytes() > 4000);
  s.depart("lisa");
  s.run();
  CHECK(s.hub().log_bytes() == RoomLog::kFirstSegmentBytes);
}

TEST_CASE("a connection that never said hello departs unnoticed") {
  HubScript s;
  s.hello("lisa");
  s.forget();
  s.connect("nobody");
  s.depart("nobody");
  CHECK(s.heard("lisa").empty());
}

TEST_CASE("the connection that takes over a slot is not taken for the one before") {
  HubScript s;
  s.hello("lisa");
  s.forget();
  s.depart("lisa");
  s.connect("new");
  s.say("new", kLobby, "hi");
  CHECK(s.closing("new") == CloseReason::hello_required);
  CHECK(s.hub().sessions() == 0);
}

TEST_CASE("notices tell who did what, and never a text") {
  HubScript s;
  s.hello("lisa");
  s.join("lisa", "tea");
  s.say("lisa", kLobby, "secret");
  s.rename("lisa", "liz");
  s.leave("lisa", RoomId{2});
  s.join("lisa", "a b");
  s.run();
  std::vector<outbox::Notice::What> what;
  for (const auto& notice : s.reactor({}).notices()) {
    what.push_back(notice.what);
    CHECK(notice.detail != "secret");
  }
  using enum outbox::Notice::What;
  CHECK(what == std::vector{named, joined, joined, renamed, left, refused});
}

}  // namespace
}  // namespace chat::test
