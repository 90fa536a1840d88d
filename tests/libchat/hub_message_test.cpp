// The hub: messages in rooms.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/libchat/hub_script.hpp"
#include "tests/libchat/render.hpp"

namespace chat::test {
namespace {

TEST_CASE("a message is acknowledged to its sender, then posted to everybody") {
  HubScript s;
  s.hello("lisa");
  s.hello("bob");
  s.forget();
  s.say("lisa", kLobby, "hi");
  CHECK(s.heard("lisa") == Words{"acknowledged 2 room 1 #1", "posted room 1 #1 lisa: hi"});
  CHECK(s.heard("bob") == Words{"posted room 1 #1 lisa: hi"});
}

TEST_CASE("acknowledgement and posted frame agree, and carry what was said") {
  HubScript s;
  s.hello("lisa");
  s.forget();
  MessageId id{1, 2, 3};
  s.send("lisa",
         protocol::Say{.room = kLobby, .id = id, .kind = MessageKind::action, .text = "waves\x01"});
  const auto frames = s.frames("lisa");
  REQUIRE(frames.size() == 2);
  const auto acknowledged = std::get<protocol::Acknowledged>(frames[0]);
  const auto posted = std::get<protocol::Posted>(frames[1]);
  CHECK(acknowledged.id == id);
  CHECK(acknowledged.time == posted.time);
  CHECK(acknowledged.sequence == posted.sequence);
  CHECK(posted.user == UserId{1});
  CHECK(posted.kind == MessageKind::action);
  CHECK(posted.text == "waves\x01");
}

TEST_CASE("messages of a room are numbered 1, 2, 3, whoever sends them from whichever reactor") {
  HubScript s({.reactors = 2});
  s.hello("lisa", ReactorId{0});
  s.hello("bob", ReactorId{1});
  s.forget();
  std::uint64_t expected = 0;
  for (int i = 0; i < 200; ++i) {
    s.say(i % 3 == 0 ? "lisa" : "bob", kLobby, "m");
    if (i % 7 == 0)
      s.round(ReactorId{static_cast<std::uint16_t>(i % 2)});
  }
  for (const auto& frame : s.frames("lisa"))
    if (const auto* posted = std::get_if<protocol::Posted>(&frame))
      CHECK(posted->sequence == Sequence{++expected});
  CHECK(expected == 200);
}

TEST_CASE("each room has numbers of its own") {
  HubScript s;
  s.hello("lisa");
  s.join("lisa", "tea");
  s.forget();
  s.say("lisa", kLobby, "a");
  s.say("lisa", RoomId{2}, "b");
  CHECK(s.heard("lisa") == Words{"acknowledged 3 room 1 #1", "acknowledged 4 room 2 #1",
                                 "posted room 1 #1 lisa: a", "posted room 2 #1 lisa: b"});
}

TEST_CASE("all members read the same bytes, on every reactor") {
  HubScript s({.reactors = 2});
  for (const std::string client : {"a", "b", "c", "d"})
    s.hello(client, ReactorId{static_cast<std::uint16_t>(client[0] % 2)});
  s.hello("sender");
  s.forget();
  for (int i = 0; i < 100; ++i) {
    s.say("sender", kLobby, std::string(static_cast<std::size_t>(1 + i * 37 % 4096), 'x'));
    if (i % 10 == 0)
      s.rename("sender", "sender" + std::to_string(i));
  }
  const Bytes first = s.bytes("a");
  CHECK(first.size() > 100'000);
  for (const std::string client : {"b", "c", "d"})
    CHECK(s.bytes(client) == first);
}

TEST_CASE("messages of one sender keep their order, acknowledgements too") {
  HubScript s;
  s.hello("lisa");
  s.forget();
  s.say("lisa", kLobby, "1");
  s.say("lisa", kLobby, "2");
  s.say("lisa", kLobby, "3");
  CHECK(s.heard("lisa") == Words{"acknowledged 2 room 1 #1", "acknowledged 3 room 1 #2",
                                 "acknowledged 4 room 1 #3", "posted room 1 #1 lisa: 1",
                                 "posted room 1 #2 lisa: 2", "posted room 1 #3 lisa: 3"});
}

TEST_CASE("a message carries the name that its sender had when it was accepted") {
  HubScript s;
  s.hello("lisa");
  s.hello("bob");
  s.forget();
  s.say("lisa", kLobby, "before");
  s.rename("lisa", "liz");
  s.say("lisa", kLobby, "after");
  CHECK(s.heard("bob") == Words{"posted room 1 #1 lisa: before", "renamed room 1 lisa to liz",
                                "posted room 1 #2 liz: after"});
}

TEST_CASE("a text is 1 to 4096 bytes: others are refused, never cut") {
  HubScript s;
  s.hello("lisa");
  s.hello("bob");
  s.forget();
  s.say("lisa", kLobby, "");
  s.say("lisa", kLobby, std::string(4097, 'x'));
  s.whisper("lisa", "bob", "");
  s.whisper("lisa", "bob", std::string(16'000, 'x'));
  CHECK(s.heard("lisa") == Words{"error 2 text_empty", "error 3 text_too_long",
                                 "error 4 text_empty", "error 5 text_too_long"});
  CHECK(s.heard("bob").empty());
  s.say("lisa", kLobby, std::string(4096, 'x'));
  CHECK(s.heard("bob").size() == 1);
}

TEST_CASE("a refused message takes no number") {
  HubScript s;
  s.hello("lisa");
  s.forget();
  s.say("lisa", kLobby, "");
  s.say("lisa", kLobby, "first");
  CHECK(s.heard("lisa").back() == "posted room 1 #1 lisa: first");
}

TEST_CASE("one speaks only in rooms that one is in") {
  HubScript s;
  s.hello("lisa");
  s.hello("bob");
  s.hello("zoe");
  s.join("bob", "tea");                // room 2
  s.whisper("bob", "zoe", "private");  // room 3
  s.forget();
  s.say("lisa", RoomId{2}, "hi");
  s.say("lisa", RoomId{3}, "hi");
  s.say("lisa", RoomId{77}, "hi");
  s.say("lisa", RoomId{0}, "hi");
  CHECK(s.heard("lisa") == Words{"error 2 not_a_member", "error 3 no_such_room",
                                 "error 4 no_such_room", "error 5 no_such_room"});
  CHECK(s.heard("bob").empty());
}

TEST_CASE("a reader that was away reads on where it was") {
  HubScript s;
  s.hello("lisa");
  s.hello("slow");
  s.forget();
  for (int i = 0; i < 1000; ++i) {
    s.say("lisa", kLobby, std::string(50, 'x'));
    s.run();
  }
  CHECK(s.heard("slow").size() == 1000);
}

TEST_CASE("whoever fell behind what is held gets a gap, a snapshot, and what follows") {
  HubScript s({.room_retention_bytes = 64 * 1024});
  s.hello("lisa");
  s.hello("slow");
  s.forget();
  for (int i = 0; i < 5000; ++i) {
    s.say("lisa", kLobby, std::string(50, 'x'));
    s.run();
  }
  std::uint64_t missing = 0, read = 0, snapshots = 0;
  for (const auto& frame : s.frames("slow")) {
    if (const auto* gap = std::get_if<protocol::Gap>(&frame)) {
      CHECK(gap->from == Sequence{missing + 1});
      missing = gap->to.value;
    } else if (const auto* posted = std::get_if<protocol::Posted>(&frame)) {
      CHECK(posted->sequence == Sequence{missing + ++read});
    } else if (const auto* page = std::get_if<protocol::MemberPage>(&frame)) {
      CHECK(page->people.size() == 2);
      ++snapshots;
    }
  }
  CHECK(missing + read == 5000);
  CHECK(missing > 3000);
  CHECK(snapshots > 0);
  CHECK(s.reactor({}).held_bytes() <= 2 * 64 * 1024);
}

TEST_CASE("what all rooms hold is bounded, and the readers of quiet rooms learn what is dropped") {
  HubScript s({.total_retention_bytes = 128 * 1024});
  s.hello("quiet");
  s.hello("lisa");
  s.join("quiet", "tea");
  s.join("lisa", "tea");
  s.forget();
  s.say("lisa", RoomId{2}, "unread");
  s.run();
  for (int i = 0; i < 4000; ++i)
    s.say("lisa", kLobby, std::string(100, 'x'));
  s.run();
  // What one round appends is held until the next, so that prompt readers miss nothing.
  s.say("lisa", kLobby, "the next round");
  s.run();
  CHECK(s.hub().log_bytes() <= 128 * 1024);
  std::vector<protocol::Gap> gaps;
  for (const auto& frame : s.frames("quiet"))
    if (const auto* gap = std::get_if<protocol::Gap>(&frame); gap && gap->room == RoomId{2})
      gaps.push_back(*gap);
  REQUIRE(gaps.size() == 1);
  CHECK(gaps[0].from == Sequence{1});
  CHECK(gaps[0].to == Sequence{1});
}

}  // namespace
}  // namespace chat::test
