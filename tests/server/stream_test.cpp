// How the server treats streams: any pieces, any amount, either direction slow or closed.
#include <doctest/doctest.h>

#include <stop_token>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "tests/support/measurable_memory.hpp"
#include "tests/support/peer.hpp"
#include "tests/support/server_process.hpp"

using namespace chat;
using namespace chat::test;
using namespace chat::protocol;

namespace {

constexpr std::size_t kMegabyte = 1024 * 1024;

Bytes many_says(Peer& peer, std::uint32_t count, std::size_t text_bytes) {
  Bytes bytes;
  for (std::uint32_t i = 1; i <= count; ++i)
    append_frame(bytes, Say{.request = RequestId{i},
                            .room = peer.lobby(),
                            .id = peer.message_id(),
                            .text = std::to_string(i) + std::string(text_bytes, '.')});
  return bytes;
}

// Texts 1 to `count`, in order, each with the next sequence number.
void check_posted_in_order(const std::vector<Posted>& posted, std::size_t count) {
  REQUIRE(posted.size() == count);
  for (std::size_t i = 0; i < count; ++i) {
    CHECK(std::stoul(posted[i].text) == i + 1);
    CHECK(posted[i].sequence == Sequence{i + 1});
  }
}

}  // namespace

TEST_CASE("a hello that comes a byte at a time is understood") {
  const ServerProcess server;
  Peer peer(server.port());
  for (const std::uint8_t byte : encode(Hello{RequestId{1}, 1, "slow"}))
    peer.send_bytes({&byte, 1});
  CHECK(peer.expect<Welcome>().nickname == "slow");
}

TEST_CASE("a burst larger than one read budget is acknowledged and published in order") {
  const ServerProcess server;
  Peer reader = Peer::named(server.port(), "reader");
  Peer talker = Peer::named(server.port(), "talker");
  const std::uint32_t count = 300;
  const Bytes burst = many_says(talker, count, 3000);
  REQUIRE(burst.size() > 10 * 64 * 1024);
  talker.send_bytes(burst);
  std::vector<Posted> posted;
  while (posted.size() < count)
    posted.push_back(reader.expect<Posted>());
  check_posted_in_order(posted, count);
  for (std::uint32_t i = 1; i <= count; ++i)
    CHECK(talker.expect<Acknowledged>().request == RequestId{i});
}

TEST_CASE("an acknowledgement comes before the message itself") {
  const ServerProcess server;
  Peer talker = Peer::named(server.port(), "talker");
  talker.say("one", RequestId{7});
  while (const auto message = talker.receive()) {
    REQUIRE(!std::holds_alternative<Posted>(*message));
    if (const auto* acknowledged = std::get_if<Acknowledged>(&*message)) {
      CHECK(acknowledged->request == RequestId{7});
      CHECK(acknowledged->sequence == talker.expect<Posted>().sequence);
      break;
    }
  }
}

TEST_CASE("who closes its side still gets the answers to what it had sent") {
  const ServerProcess server;
  Peer talker = Peer::named(server.port(), "talker");
  // More than the kernel's buffers hold, so that output is pending when the end is seen.
  const std::uint32_t count = 200;
  talker.send_bytes(many_says(talker, count, 3000));
  talker.finish_sending();
  const auto messages = talker.receive_all();
  check_posted_in_order(only<Posted>(messages), count);
  CHECK(only<Acknowledged>(messages).size() == count);
}

TEST_CASE("a hello, a message and the end of input in one piece are all taken") {
  const ServerProcess server({"--resume-seconds", "0"});
  Peer reader = Peer::named(server.port(), "reader");
  Peer brief(server.port());
  Bytes bytes = encode(Hello{RequestId{1}, 1, "brief"});
  append_frame(bytes, Say{.request = RequestId{2}, .room = reader.lobby(), .id = {}, .text = "hi"});
  brief.send_bytes(bytes);
  brief.finish_sending();
  CHECK(only<Posted>(brief.receive_all()).size() == 1);
  CHECK(reader.expect_text() == "hi");
  CHECK(reader.expect<Left>().people.at(0).nickname == "brief");
}

TEST_CASE("what was said before a reset is heard, also by a server that finds out when it sends") {
  const ServerProcess server;
  Peer observer = Peer::named(server.port(), "observer");
  std::vector<Peer> people;
  for (int i = 0; i < 100; ++i)
    people.push_back(Peer::named(server.port(), "guest" + std::to_string(i)));
  // Each goodbye is told to those whose resets the server has not seen yet.
  for (Peer& peer : people) {
    peer.send(protocol::Goodbye{{}, CloseReason::quit, {}});
    peer.reset();
  }
  for (std::size_t left = 0; left < people.size();)
    for (const auto& departure : observer.expect<protocol::Left>().people) {
      CHECK(departure.reason == LeaveReason::quit);
      ++left;
    }
}

TEST_CASE("a peer that reads nothing disturbs nobody and costs the server no memory") {
  ServerProcess server({"--room-log-mib", "1"});
  Peer stuck = Peer::named(server.port(), "stuck");
  Peer reader = Peer::named(server.port(), "reader");
  Peer talker = Peer::named(server.port(), "talker");
  const std::size_t before = server.resident_bytes();
  const std::size_t count = 4000;
  for (std::size_t i = 0; i < count; ++i) {
    talker.say(std::string(4000, 'x'));
    REQUIRE(talker.expect<Posted>().sequence == Sequence{i + 1});
    REQUIRE(reader.expect<Posted>().sequence == Sequence{i + 1});
  }
  if (kMemoryIsMeasurable)
    CHECK(server.resident_bytes() < before + 4 * kMegabyte);

  SUBCASE("and learns what it has missed when it reads again") {
    std::uint64_t next = 1;
    bool gap_seen = false;
    while (next <= count) {
      const auto message = stuck.receive();
      REQUIRE(message.has_value());
      if (const auto* gap = std::get_if<Gap>(&*message)) {
        CHECK(gap->from == Sequence{next});
        CHECK(gap->to >= gap->from);
        next = gap->to.value + 1;
        gap_seen = true;
      } else if (const auto* posted = std::get_if<Posted>(&*message)) {
        REQUIRE(posted->sequence == Sequence{next});
        ++next;
      }
    }
    CHECK(gap_seen);
    const auto snapshot = stuck.settle();
    stuck.say("back");
    CHECK(stuck.expect_text() == "back");
  }
}

TEST_CASE("after a gap comes a snapshot of the members") {
  ServerProcess server({"--room-log-mib", "1"});
  Peer stuck = Peer::named(server.port(), "stuck");
  Peer talker = Peer::named(server.port(), "talker");
  for (int i = 0; i < 1500; ++i) {
    talker.say(std::string(4000, 'x'));
    talker.expect<Posted>();
  }
  stuck.expect<Gap>();
  const auto page = stuck.expect<MemberPage>();
  CHECK(page.request == RequestId{});
  CHECK(page.first);
  CHECK(page.people.size() == 2);
}

TEST_CASE("who asks without reading the answers stalls only itself") {
  ServerProcess server;
  Peer reader = Peer::named(server.port(), "reader");
  Peer greedy = Peer::named(server.port(), "greedy");
  Bytes questions;
  for (std::uint32_t i = 1; i <= 20000; ++i)
    append_frame(questions, ListRooms{RequestId{i}, {}});
  const std::size_t before = server.resident_bytes();

  // Sends until the server has stopped reading, which is when nothing goes out for a while though
  // others are served.
  std::size_t sent = 0;
  for (int idle_rounds = 0; idle_rounds < 50;) {
    const std::size_t more = greedy.send_some(ByteView(questions).subspan(sent % questions.size()));
    sent += more;
    idle_rounds = more == 0 ? idle_rounds + 1 : 0;
    reader.settle();
  }
  if (kMemoryIsMeasurable)
    CHECK(server.resident_bytes() < before + 4 * kMegabyte);
  // And gets every answer once it reads.
  const std::size_t whole = sent / (kFrameHeaderBytes + 8);
  for (std::size_t i = 0; i < whole; ++i)
    CHECK(greedy.expect<RoomPage>().request ==
          RequestId{static_cast<std::uint32_t>(i % 20000 + 1)});
}

TEST_CASE("others are served while one floods") {
  const ServerProcess server;
  Peer other = Peer::named(server.port(), "other");
  const std::jthread flood([&server](const std::stop_token& stop) {
    Peer flooder = Peer::named(server.port(), "flooder");
    while (!stop.stop_requested()) {
      flooder.send_bytes(many_says(flooder, 200, 1000));
      flooder.settle();
    }
  });
  other.expect<Posted>();
  for (int i = 0; i < 50; ++i)
    other.settle();
}

// Else one alone would fill the logs of all rooms that they are in.
TEST_CASE("of what one has told to all of their rooms only one is taken at a time") {
  const ServerProcess server;
  Peer lisa = Peer::named(server.port(), "lisa");
  lisa.expect<Joined>();
  bool is_away = false;
  SUBCASE("that they are away") {
    is_away = true;
  }
  SUBCASE("their new nickname") {}
  constexpr std::uint32_t kTimes = 20;
  Bytes bytes;
  std::string expected;
  for (std::uint32_t i = 1; i <= kTimes; ++i) {
    if (is_away)
      append_frame(bytes, SetAway{RequestId{i}, true, std::to_string(i)});
    else
      append_frame(bytes, Rename{RequestId{i}, "lisa" + std::to_string(i)});
    append_frame(bytes, Ping{RequestId{i}});
    expected += "told answered ";
  }
  lisa.send_bytes(bytes);
  std::string heard;
  while (heard.size() < expected.size()) {
    const auto message = lisa.receive();
    REQUIRE(message.has_value());
    if (std::holds_alternative<Away>(*message) || std::holds_alternative<Renamed>(*message))
      heard += "told ";
    else if (std::holds_alternative<Pong>(*message))
      heard += "answered ";
  }
  CHECK(heard == expected);
}

TEST_CASE("the rooms of a slow reader take turns") {
  const ServerProcess server;
  Peer slow = Peer::named(server.port(), "slow");
  Peer talker = Peer::named(server.port(), "talker");
  slow.send(Join{RequestId{2}, "garden"});
  const RoomId garden = slow.expect<RoomOpened>().room;
  talker.send(Join{RequestId{2}, "garden"});
  talker.expect<RoomOpened>();
  // Far more in either room than the kernel takes for who does not read.
  const std::size_t count = 900;
  for (const RoomId room : {talker.lobby(), garden})
    for (std::size_t i = 0; i < count; ++i) {
      talker.send(Say{
          .request = {}, .room = room, .id = talker.message_id(), .text = std::string(4000, 'x')});
      talker.expect<Posted>();
    }
  std::size_t in_garden = 0;
  std::size_t in_lobby_meanwhile = 0;
  while (in_garden < count) {
    if (slow.expect<Posted>().room == garden)
      ++in_garden;
    else if (in_garden > 0)
      ++in_lobby_meanwhile;
  }
  CHECK(in_lobby_meanwhile > count / 4);
}

TEST_CASE("who whispers and says goodbye in one breath still hears that it was said") {
  const ServerProcess server;
  Peer lisa = Peer::named(server.port(), "Lisa");
  Peer brief = Peer::named(server.port(), "brief");
  Bytes bytes = encode(
      Whisper{.request = RequestId{2}, .id = {}, .user = {}, .nickname = "Lisa", .text = "bye"});
  append_frame(bytes, Goodbye{RequestId{3}, CloseReason::quit, ""});
  brief.send_bytes(bytes);
  CHECK(only<Acknowledged>(brief.receive_all()).size() == 1);
  CHECK(lisa.expect_text() == "bye");
}

TEST_CASE("pairs that are begun and left without end cost a victim that does not read little") {
  ServerProcess server;
  const Peer victim = Peer::named(server.port(), "victim");
  Peer attacker = Peer::named(server.port(), "attacker");
  const auto round = [&](std::uint32_t count) {
    std::size_t refused = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
      attacker.send(Whisper{.request = RequestId{2},
                            .id = attacker.message_id(),
                            .user = {},
                            .nickname = "victim",
                            .text = "x"});
      const auto answer = attacker.receive();
      REQUIRE(answer.has_value());
      if (std::holds_alternative<Error>(*answer)) {
        ++refused;
        continue;
      }
      const auto* opened = std::get_if<RoomOpened>(&*answer);
      if (opened == nullptr)
        continue;
      attacker.send(Leave{RequestId{3}, opened->room});
      attacker.expect<RoomClosed>();
    }
    return refused;
  };
  // At some time the kernel has taken what it does, and the victim's share is full.
  bool is_full = false;
  for (int rounds = 0; rounds < 200 && !is_full; ++rounds)
    is_full = round(50) == 50;
  CHECK(is_full);
}
