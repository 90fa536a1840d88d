// The hub: up to where people have seen their rooms.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <chrono>
#include <string>

#include "tests/libchat/durable_hub.hpp"

namespace chat::test {
namespace {

using namespace std::chrono_literals;

void mark(HubScript& s, const std::string& who, RoomId room, std::uint64_t sequence) {
  s.send(who, protocol::MarkRead{.room = room, .sequence = Sequence{sequence}});
}

bool holds_end(const Words& all, const std::string& end) {
  return std::ranges::any_of(all, [&](const auto& words) { return words.ends_with(end); });
}

TEST_CASE("who comes back to a room is told up to where they have seen it") {
  Durable d;
  d.arrive("ann", 1);
  const Bytes token = d.arrive("bob", 2);
  for (const char* text : {"one", "two", "three"})
    d.s.say("ann", kLobby, text);
  d.s.run();
  mark(d.s, "bob", kLobby, 2);
  mark(d.s, "bob", kLobby, 1);
  d.s.run();
  SUBCASE("with the same session") {
    d.s.depart("bob");
    d.come_back("bob", 2, token, {{kLobby, Sequence{3}}});
  }
  SUBCASE("with another session, having said nothing") {
    d.s.depart("bob", LeaveReason::quit);
    d.come_back("bob", 2, {}, {});
  }
  CHECK(holds_end(d.s.heard("bob"), "read #2"));
}

TEST_CASE("what was seen by somebody who stays away for too long is forgotten with them") {
  Durable d(HubOptions{.epoch = Epoch{7}, .identities_unseen = 100s});
  d.arrive("ann", 1);
  d.arrive("bob", 2);
  d.s.say("ann", kLobby, "one");
  d.s.run();
  mark(d.s, "bob", kLobby, 1);
  d.s.run();
  d.s.depart("bob", LeaveReason::quit);
  d.s.advance(Hub::kReadsKept);
  d.s.run();
  CHECK(d.store.users().size() == 2);
  CHECK(d.store.reads().size() == 1);
  d.s.advance(100s + 1ms);
  d.s.run();
  CHECK(d.store.users().size() == 1);
  CHECK(d.store.reads().empty());
}

TEST_CASE("what was seen by somebody who has quit outlives a process that is killed") {
  Durable d;
  d.arrive("ann", 1);
  d.arrive("bob", 2);
  d.s.say("ann", kLobby, "one");
  d.s.run();
  mark(d.s, "bob", kLobby, 1);
  d.s.depart("bob", LeaveReason::quit);
  d.s.run();
  CHECK(d.store.users().size() == 2);
  CHECK(d.store.reads().size() == 1);
}

TEST_CASE("of more people than may be known who only read, those that were there last are known") {
  Durable d(HubOptions{.epoch = Epoch{7}, .most_readers = 2});
  d.arrive("ann", 1);
  d.s.say("ann", kLobby, "one");
  d.s.run();
  const auto come_and_read = [&](std::uint8_t number, bool says = false) {
    const std::string name = fmt::format("reader{}", number);
    d.arrive(name, number);
    if (says)
      d.s.say(name, kLobby, "two");
    mark(d.s, name, kLobby, 1);
    d.s.run();
    d.s.depart(name, LeaveReason::quit);
    d.s.run();
    d.s.advance(1s);
    d.s.run();
  };
  const auto reads_kept = [&] { return d.store.reads().size(); };
  come_and_read(2, true);
  come_and_read(3);
  come_and_read(4);
  CHECK(reads_kept() == 3);
  SUBCASE("one that was there in between is not the one that goes") {
    come_and_read(3);
    come_and_read(5);
    d.come_back("again", 3, {}, {});
    CHECK(holds_end(d.s.heard("again"), "read #1"));
  }
  SUBCASE("the one that was there before all others goes") {
    come_and_read(5);
    d.come_back("again", 3, {}, {});
    CHECK_FALSE(holds_end(d.s.heard("again"), "read #1"));
  }
  CHECK(reads_kept() == 3);
  d.come_back("speaker", 2, {}, {});
  CHECK(holds_end(d.s.heard("speaker"), "read #1"));
}

TEST_CASE("what somebody has seen says nothing about others") {
  Durable d;
  d.arrive("ann", 1);
  d.s.say("ann", kLobby, "one");
  d.s.run();
  mark(d.s, "ann", kLobby, 1);
  d.s.run();
  d.s.connect("bob");
  d.s.send("bob", protocol::Hello{.nickname = "bob"});
  for (const auto& words : d.s.heard("bob"))
    CHECK(words.find("read") == words.npos);
}

TEST_CASE("nobody has seen what was not said, or a room they are not in") {
  Durable d;
  d.arrive("ann", 1);
  d.arrive("bob", 2);
  d.s.whisper("ann", "bob", "psst");
  d.s.join("ann", "tea");
  d.s.forget();
  SUBCASE("not said") {
    mark(d.s, "bob", kLobby, 1);
    CHECK(d.s.heard("bob") == Words{"error 2 bad_position"});
  }
  SUBCASE("not in it") {
    mark(d.s, "bob", RoomId{3}, 0);
    CHECK(d.s.heard("bob") == Words{"error 2 not_a_member"});
  }
  SUBCASE("the pair of others") {
    d.arrive("eve", 3);
    d.s.forget();
    mark(d.s, "eve", RoomId{2}, 1);
    CHECK(d.s.heard("eve") == Words{"error 2 no_such_room"});
  }
  SUBCASE("one's own pair, also when it is closed") {
    d.s.leave("bob", RoomId{2});
    d.s.forget();
    mark(d.s, "bob", RoomId{2}, 1);
    CHECK(d.s.heard("bob").empty());
    mark(d.s, "bob", RoomId{2}, 2);
    CHECK(d.s.heard("bob") == Words{"error 4 bad_position"});
  }
}

TEST_CASE("what was seen outlives the process once some seconds have passed") {
  Durable d;
  d.arrive("ann", 1);
  const Bytes token = d.arrive("bob", 2);
  d.s.say("ann", kLobby, "one");
  d.s.say("ann", kLobby, "two");
  d.s.run();
  mark(d.s, "bob", kLobby, 2);
  d.s.run();
  const auto due = d.s.hub().next_deadline();
  REQUIRE(due);
  CHECK(*due <= d.s.now() + Hub::kReadsKept);
  std::string end = "next #3 members 2";
  SUBCASE("and it was time") {
    d.s.advance(Hub::kReadsKept);
    d.s.run();
    end += " read #2";
  }
  SUBCASE("or when the process ends in order") {
    d.s.hub().keep_the_rest();
    d.s.run();
    end += " read #2";
  }
  SUBCASE("but not at once") {}
  d.s.restart();
  d.come_back("bob", 2, token, {{kLobby, Sequence{2}}});
  const Words heard = d.s.heard("bob");
  CAPTURE(heard);
  CHECK(holds(heard, "opened 1 room 1 open lobby " + end));
}

TEST_CASE("what is known of more rooms than may be goes, also from the store") {
  Durable d(HubOptions{.epoch = Epoch{7}, .reads = {.of_user = 2}});
  const Bytes token = d.arrive("ann", 1);
  for (const char* const room : {"tea", "hall"})
    d.s.join("ann", room);
  for (const RoomId room : {kLobby, RoomId{2}, RoomId{3}})
    d.s.say("ann", room, "hi");
  d.s.run();
  const auto rooms_kept = [&] {
    d.s.run();
    d.s.advance(Hub::kReadsKept);
    d.s.run();
    std::string rooms;
    for (const auto& [place, read] : d.store.reads())
      rooms += fmt::format("{} ", place.second.value);
    return rooms;
  };
  mark(d.s, "ann", kLobby, 1);
  mark(d.s, "ann", RoomId{2}, 1);
  CHECK(rooms_kept() == "1 2 ");
  SUBCASE("when one more comes") {
    mark(d.s, "ann", RoomId{3}, 1);
    CHECK(rooms_kept() == "2 3 ");
  }
  SUBCASE("when the next process may know less") {
    d.s.options().reads.of_user = 1;
    d.s.restart();
    CHECK(rooms_kept() == "2 ");
  }
}

TEST_CASE("without a store, who leaves a room has seen nothing of the next one") {
  HubScript s;
  s.hello("ann");
  s.say("ann", kLobby, "one");
  s.run();
  mark(s, "ann", kLobby, 1);
  s.forget();
  s.leave("ann", kLobby);
  s.join("ann", "lobby");
  const Words heard = s.heard("ann");
  CAPTURE(heard);
  CHECK(holds(heard, "opened 5 room 1 open lobby next #2 members 1"));
}

}  // namespace
}  // namespace chat::test
