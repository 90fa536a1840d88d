#include "bench/protocols/resuming.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "libchat/protocol.hpp"
#include "tests/bench/sent_messages.hpp"

using namespace chat;
using namespace chat::bench;

namespace {

constexpr RoomId kLobby{1};
constexpr RoomId kRoom{2};
constexpr RoomId kPair{3};
constexpr Epoch kEpoch{9};

using Told = std::vector<std::string>;

// Writes down what one fake client says and is told.
struct ResumingClient final : MessageEvents, ResumeEvents, DialectEvents {
  ResumingDialect dialect{"bench", 2, *this, *this, *this};
  Bytes sent;
  Told told;

  void send(ClientIndex, ByteView bytes) override { append(sent, bytes); }
  void welcomed(ClientIndex) override { told.push_back("welcomed"); }
  void settled(ClientIndex, Sequence next) override {
    told.push_back("settled, next " + std::to_string(next.value));
  }
  void parted(ClientIndex) override { told.push_back("parted"); }
  void trouble(std::string sentence) override { told.push_back(sentence); }
  void resumed(ClientIndex, Instant, std::size_t repeated) override {
    told.push_back("resumed, repeats " + std::to_string(repeated));
  }
  void lost_session(ClientIndex) override { told.push_back("lost the session"); }
  void posted(ClientIndex, Sequence sequence, std::string_view text, Instant) override {
    told.push_back(std::to_string(sequence.value) + " " + std::string(text));
  }
  void whispered(ClientIndex, Sequence sequence, std::string_view text, Instant) override {
    told.push_back("whisper " + std::to_string(sequence.value) + " " + std::string(text));
  }
  bool missed(ClientIndex, Sequence from, Sequence to) override {
    told.push_back("missed " + std::to_string(from.value) + " to " + std::to_string(to.value));
    return true;
  }
  void acknowledged(ClientIndex, std::uint32_t number, Sequence sequence) override {
    told.push_back("acknowledged " + std::to_string(number) + " as " +
                   std::to_string(sequence.value));
  }

  template <class Message>
  Message next_sent() {
    return chat::test::next_sent<Message>(sent);
  }

  template <class Message>
  Told hears(const Message& message) {
    const Bytes bytes = protocol::encode(message);
    CHECK(dialect.take(0, bytes, {}) == bytes.size());
    return std::exchange(told, {});
  }

  static protocol::Welcome welcome(bool resumed) {
    protocol::Welcome welcome;
    welcome.request = RequestId{1};
    welcome.epoch = kEpoch;
    welcome.resumed = resumed;
    welcome.token = {4, 7, 1};
    return welcome;
  }

  protocol::Hello greet() {
    dialect.greet(0);
    return next_sent<protocol::Hello>();
  }

  // Into a room that has had six messages.
  void settle() {
    const auto hello = greet();
    hears(welcome(false));
    hears(
        protocol::RoomOpened{hello.request, kLobby, RoomKind::open, "lobby", Sequence{5}, 1, true});
    dialect.enter(0, "room");
    const auto join = next_sent<protocol::Join>();
    hears(protocol::RoomOpened{join.request, kRoom, RoomKind::open, "room", Sequence{7}, 1, true});
    const auto leave = next_sent<protocol::Leave>();
    CHECK(hears(protocol::RoomClosed{leave.request, kLobby}) == Told{"settled, next 7"});
  }

  void lose() {
    dialect.lose(0);
    sent.clear();
  }
};

protocol::Posted posted_in(RoomId room, std::uint64_t sequence) {
  return {room, Sequence{sequence}, {}, UserId{1}, MessageKind::text, "Lisa", "hello"};
}

protocol::Acknowledged acknowledgement_of(const protocol::Say& say, std::uint64_t sequence) {
  return {say.request, say.id, kRoom, Sequence{sequence}, {}};
}

}  // namespace

TEST_CASE("who has no session yet asks for none") {
  ResumingClient client;
  const auto hello = client.greet();
  CHECK(hello.identity);
  CHECK(hello.token.empty());
  CHECK(hello.read.empty());
}

TEST_CASE("who comes back asks for its session behind the last message that came") {
  ResumingClient client;
  client.settle();
  CHECK(client.hears(posted_in(kRoom, 7)) == Told{"7 hello"});
  CHECK(client.hears(posted_in(kRoom, 8)) == Told{"8 hello"});
  client.lose();
  const auto hello = client.greet();
  CHECK(hello.token == Bytes{4, 7, 1});
  CHECK(hello.epoch == kEpoch);
  REQUIRE(hello.read.size() == 1);
  CHECK(hello.read[0].room == kRoom);
  CHECK(hello.read[0].sequence == Sequence{8});
  CHECK(client.hears(client.welcome(true)) == Told{"resumed, repeats 0"});
  CHECK(client
            .hears(protocol::RoomOpened{RequestId{1}, kRoom, RoomKind::open, "room", Sequence{9}, 1,
                                        true})
            .empty());
}

TEST_CASE("behind a gap one knows as much as it told of") {
  ResumingClient client;
  client.settle();
  CHECK(client.hears(protocol::Gap{kRoom, Sequence{7}, Sequence{20}}) == Told{"missed 7 to 20"});
  client.lose();
  CHECK(client.greet().read[0].sequence == Sequence{20});
}

TEST_CASE("of a pair one knows what came and what was acknowledged, up to the first hole") {
  ResumingClient client;
  client.settle();
  client.dialect.whisper(0, 1, 5, "psst");
  const auto whisper = client.next_sent<protocol::Whisper>();
  client.hears(protocol::RoomOpened{whisper.request, kPair, RoomKind::pair, "bench-1", Sequence{1},
                                    2, true});
  CHECK(client.hears(posted_in(kPair, 1)) == Told{"whisper 1 hello"});
  CHECK(client.hears(protocol::Acknowledged{whisper.request, whisper.id, kPair, Sequence{3}, {}}) ==
        Told{"acknowledged 5 as 3"});
  client.lose();
  auto hello = client.greet();
  REQUIRE(hello.read.size() == 2);
  CHECK(hello.read[1].room == kPair);
  CHECK(hello.read[1].sequence == Sequence{1});
  client.hears(client.welcome(true));
  client.hears(posted_in(kPair, 2));
  client.lose();
  CHECK(client.greet().read[1].sequence == Sequence{3});
}

TEST_CASE("what one knows of a pair behind a hole comes again, and is told once") {
  ResumingClient client;
  client.settle();
  client.hears(protocol::RoomOpened{{}, kPair, RoomKind::pair, "bench-1", Sequence{1}, 2, true});
  // The first message is one's own, and its acknowledgement was lost.
  client.hears(posted_in(kPair, 2));
  client.lose();
  CHECK(client.greet().read[1].sequence == Sequence{});
  client.hears(client.welcome(true));
  CHECK(client.hears(posted_in(kPair, 2)).empty());
  CHECK(client.hears(posted_in(kPair, 3)) == Told{"whisper 3 hello"});
  CHECK(client.hears(posted_in(kPair, 2)) == Told{"whisper 2 hello"});
}

TEST_CASE("what was not acknowledged is said again, with what was said meanwhile behind it") {
  ResumingClient client;
  client.settle();
  client.dialect.say(0, 0, "zero");
  client.dialect.say(0, 1, "one");
  client.dialect.say(0, 2, "two");
  const auto zero = client.next_sent<protocol::Say>();
  const auto one = client.next_sent<protocol::Say>();
  CHECK(client.hears(acknowledgement_of(zero, 7)) == Told{"acknowledged 0 as 7"});
  client.lose();
  client.dialect.say(0, 3, "three");
  CHECK(client.sent.empty());
  client.greet();
  client.dialect.say(0, 4, "four");
  CHECK(client.sent.empty());
  CHECK(client.hears(client.welcome(true)) == Told{"resumed, repeats 2"});
  const auto again = client.next_sent<protocol::Say>();
  CHECK(again.id == one.id);
  CHECK(again.request == one.request);
  CHECK(again.text == "one");
  CHECK(client.next_sent<protocol::Say>().text == "two");
  CHECK(client.next_sent<protocol::Say>().text == "three");
  CHECK(client.next_sent<protocol::Say>().text == "four");
  CHECK(client.sent.empty());
}

TEST_CASE("who gets a new session instead of its own says goodbye") {
  ResumingClient client;
  client.settle();
  client.lose();
  client.greet();
  CHECK(client.hears(client.welcome(false)) == Told{"lost the session"});
  client.next_sent<protocol::Goodbye>();
  CHECK(client.hears(protocol::Goodbye{{}, CloseReason::quit, "bye"}) == Told{"parted"});
}

TEST_CASE("that a pair has ended is no trouble") {
  ResumingClient client;
  client.settle();
  CHECK(client.hears(protocol::RoomClosed{{}, kPair}).empty());
}

TEST_CASE("what a server should not do when one comes back is trouble") {
  ResumingClient client;
  client.settle();
  client.dialect.say(0, 0, "zero");
  const auto say = client.next_sent<protocol::Say>();
  client.lose();
  client.greet();
  client.hears(client.welcome(true));
  CHECK(client.hears(protocol::RoomOpened{RequestId{1}, kRoom, RoomKind::open, "room", Sequence{8},
                                          1, true}) ==
        Told{"the server opened a room elsewhere than behind the last known message"});
  CHECK(client.hears(protocol::RoomClosed{RequestId{1}, kRoom}) ==
        Told{"the server closed a room that nobody left"});
  CHECK(client.hears(posted_in(RoomId{77}, 1)) ==
        Told{"the server sent a message of a room that the client is not in"});
  CHECK(client.hears(protocol::Gap{kPair, Sequence{1}, Sequence{2}}) ==
        Told{"the server dropped messages that a client had not read"});
  client.hears(acknowledgement_of(say, 7));
  CHECK(client.hears(acknowledgement_of(say, 7)) ==
        Told{"the server acknowledged what it was not asked for"});
  CHECK(client.hears(protocol::Error{RequestId{1}, ErrorCode::bad_position, "no"}) ==
        Told{"the server refused: no (bad_position)"});
  CHECK(client.hears(protocol::Goodbye{{}, CloseReason::taken_over, "bye"}) ==
        Told{"the server said goodbye: bye (taken_over)"});
}
