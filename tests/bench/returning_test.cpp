#include "bench/protocols/returning.hpp"

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
constexpr UserId kMe{7};

using Told = std::vector<std::string>;

// Writes down what one fake client says and is told: it talks in one room, and in a pair with the
// client 1.
struct ReturningClient final : ReturningEvents, DialectEvents {
  ReturningDialect dialect{
      "bench", 2, [](ClientIndex client) { return Places{{"room"}, client ^ 1U}; }, *this, *this};
  Bytes sent;
  Told told;

  void send(ClientIndex, ByteView bytes) override { append(sent, bytes); }
  void welcomed(ClientIndex) override { told.push_back("welcomed"); }
  void settled(ClientIndex, Sequence) override {}
  void parted(ClientIndex) override {}
  void trouble(std::string sentence) override { told.push_back(std::move(sentence)); }
  void back(ClientIndex, const Return& how) override {
    told.push_back((how.resumed ? "resumed, repeats " : "is new, repeats ") +
                   std::to_string(how.repeated));
  }
  void came_too_early(ClientIndex) override { told.push_back("came too early"); }
  void heard(ClientIndex, Place place, Sequence sequence, std::string_view text) override {
    told.push_back(std::to_string(place) + "/" + std::to_string(sequence.value) + " " +
                   std::string(text));
  }
  void recalled(ClientIndex, Sequence sequence, std::string_view text) override {
    told.push_back("own " + std::to_string(sequence.value) + " " + std::string(text));
  }
  void acknowledged(ClientIndex, Place place, std::uint32_t number, Sequence sequence) override {
    told.push_back("acknowledged " + std::to_string(number) + " as " + std::to_string(place) + "/" +
                   std::to_string(sequence.value));
  }
  void missed(ClientIndex, Place place, Sequence from, Sequence to) override {
    told.push_back("missed " + std::to_string(place) + "/" + std::to_string(from.value) + " to " +
                   std::to_string(to.value));
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

  protocol::Hello greet() {
    dialect.greet(0);
    return next_sent<protocol::Hello>();
  }

  Told hears_welcome(bool resumed) {
    protocol::Welcome welcome;
    welcome.request = RequestId{1};
    welcome.user = kMe;
    welcome.epoch = kEpoch;
    welcome.resumed = resumed;
    welcome.token = {4, 7, 1};
    return hears(welcome);
  }

  Told hears_opened(RequestId request, RoomId room, std::uint64_t next) {
    const RoomKind kind = room == kPair ? RoomKind::pair : RoomKind::open;
    const std::string name = room == kLobby ? "lobby" : room == kRoom ? "room" : "bench-1";
    return hears(protocol::RoomOpened{request, room, kind, name, Sequence{next}, 1, true});
  }

  Told hears_posted(RoomId room, std::uint64_t sequence) {
    return hears(protocol::Posted{
        room, Sequence{sequence}, {}, UserId{1}, MessageKind::text, "Lisa", "hello"});
  }

  template <class Said>
  Told hears_acknowledged(const Said& said, RoomId room, std::uint64_t sequence) {
    return hears(protocol::Acknowledged{said.request, said.id, room, Sequence{sequence}, {}});
  }

  // Answers the question for a history with messages up to the number before which was asked for.
  Told hears_history(std::uint64_t from, bool more, UserId user = UserId{1}) {
    const auto asked = next_sent<protocol::ReadHistory>();
    protocol::History history{asked.request, asked.room, more, {}};
    for (Sequence number{from}; number < asked.before; number = number + 1)
      history.messages.push_back({number, {}, user, MessageKind::text, "Lisa", "once"});
    return hears(history);
  }

  // Into its room, where nobody has said anything.
  void come_in() {
    greet();
    hears_welcome(false);
    hears_opened(RequestId{1}, kLobby, 1);
    const auto join = next_sent<protocol::Join>();
    CHECK(join.name == "room");
    CHECK(hears_opened(join.request, kRoom, 1) == Told{"welcomed"});
    CHECK(sent.empty());
  }

  void lose() {
    dialect.lose(0);
    sent.clear();
  }
};

}  // namespace

TEST_CASE("a client enters its rooms by itself") {
  ReturningClient client;
  client.come_in();
  CHECK(client.hears_posted(kRoom, 1) == Told{"0/1 hello"});
  CHECK(client.hears_posted(kLobby, 1) == Told{});
}

TEST_CASE("who comes back names what it has read, and says again what is not acknowledged") {
  ReturningClient client;
  client.come_in();
  client.hears_posted(kRoom, 1);
  client.dialect.say_in(0, 0, 0, "first");
  client.dialect.say_in(0, 1, 0, "second");
  const auto said = client.next_sent<protocol::Say>();
  const auto whispered = client.next_sent<protocol::Whisper>();
  CHECK(whispered.nickname == "bench-1");
  CHECK(client.hears_acknowledged(said, kRoom, 2) == Told{"acknowledged 0 as 0/2"});
  client.lose();
  client.dialect.say_in(0, 0, 1, "third");
  CHECK(client.sent.empty());

  const auto hello = client.greet();
  CHECK(hello.token == Bytes{4, 7, 1});
  CHECK(hello.epoch == kEpoch);
  REQUIRE(hello.read.size() == 1);
  CHECK(hello.read[0].room == kRoom);
  CHECK(hello.read[0].sequence == Sequence{1});
  CHECK(client.hears_welcome(true) == Told{});
  client.next_sent<protocol::Ping>();
  CHECK(client.hears_opened(hello.request, kRoom, 2) == Told{"resumed, repeats 1"});
  const auto again = client.next_sent<protocol::Whisper>();
  CHECK(again.id == whispered.id);
  CHECK(again.request == whispered.request);
  CHECK(client.next_sent<protocol::Say>().text == "third");
}

TEST_CASE("a room that a resumed session is not in is entered again, and what was missed read") {
  ReturningClient client;
  client.come_in();
  client.hears_posted(kRoom, 1);
  client.lose();
  const auto hello = client.greet();
  client.hears_welcome(true);
  const auto ping = client.next_sent<protocol::Ping>();
  client.hears_opened(hello.request, kLobby, 1);
  CHECK(client.hears(protocol::RoomClosed{hello.request, kRoom}) == Told{});
  CHECK(client.hears(protocol::Pong{ping.request}) == Told{});
  const auto join = client.next_sent<protocol::Join>();
  CHECK(client.hears_opened(join.request, kRoom, 4) == Told{"resumed, repeats 0"});
  CHECK(client.hears_posted(kRoom, 4) == Told{});
  CHECK(client.hears_history(2, false) == Told{"0/2 once", "0/3 once", "0/4 hello"});
  CHECK(client.hears_posted(kRoom, 5) == Told{"0/5 hello"});
}

TEST_CASE("with a new session, the rooms are entered again, and what was missed is read") {
  ReturningClient client;
  client.come_in();
  client.hears_posted(kRoom, 1);
  client.lose();
  client.greet();
  client.hears_welcome(false);
  const auto join = client.next_sent<protocol::Join>();
  CHECK(client.hears_opened(join.request, kRoom, 3) == Told{"is new, repeats 0"});
  CHECK(client.hears_history(2, false) == Told{"0/2 once"});
}

TEST_CASE("who takes a client's place knows its identity and what is not acknowledged, and reads") {
  ReturningClient client;
  client.come_in();
  client.hears_posted(kRoom, 1);
  client.dialect.say_in(0, 0, 0, "first");
  const auto said = client.next_sent<protocol::Say>();
  const auto identity = client.greet().identity;
  client.lose();
  client.dialect.replace(0, true);
  const auto hello = client.greet();
  CHECK(hello.identity == identity);
  CHECK(hello.token == Bytes{4, 7, 1});
  CHECK(hello.read.empty());
  client.hears_welcome(true);
  client.next_sent<protocol::Ping>();
  CHECK(client.hears_opened(hello.request, kRoom, 1) == Told{"resumed, repeats 1"});
  CHECK(client.next_sent<protocol::Say>().id == said.id);
  CHECK(client.hears_posted(kRoom, 1) == Told{"0/1 hello"});

  client.lose();
  client.dialect.replace(0, false);
  CHECK(client.greet().token.empty());
}

TEST_CASE("a pair is read from the history when it is opened, one's own messages included") {
  ReturningClient client;
  client.come_in();
  CHECK(client.hears_opened({}, kPair, 3) == Told{});
  CHECK(client.hears_history(1, false, kMe) == Told{"own 1 once", "own 2 once"});
  CHECK(client.hears_posted(kPair, 3) == Told{"1/3 hello"});
  CHECK(client.hears(protocol::RoomClosed{{}, kPair}) == Told{});
  CHECK(client.hears_opened({}, kPair, 4) == Told{});
  CHECK(client.sent.empty());
  CHECK(client.hears_posted(kPair, 4) == Told{"1/4 hello"});
}

TEST_CASE("whoever is still seen as being here comes again") {
  ReturningClient client;
  const auto hello = client.greet();
  CHECK(client.hears(protocol::Error{hello.request, ErrorCode::identity_in_use, "Here already."}) ==
        Told{"came too early"});
}

TEST_CASE("what the server may not do is trouble") {
  ReturningClient client;
  client.come_in();
  client.hears_posted(kRoom, 1);
  client.hears_posted(kRoom, 2);

  SUBCASE("another epoch") {
    client.lose();
    client.greet();
    protocol::Welcome welcome;
    welcome.epoch = Epoch{10};
    welcome.user = kMe;
    welcome.resumed = true;
    CHECK(client.hears(welcome) ==
          Told{"the server began another epoch, as if it had lost something"});
    CHECK(client.dialect.other_epochs() == 1);
  }
  SUBCASE("another number for an identity that has said something") {
    client.dialect.say_in(0, 0, 0, "first");
    client.hears_acknowledged(client.next_sent<protocol::Say>(), kRoom, 3);
    client.lose();
    client.greet();
    protocol::Welcome welcome;
    welcome.epoch = kEpoch;
    welcome.user = UserId{8};
    welcome.resumed = true;
    CHECK(client.hears(welcome) ==
          Told{"the server gave an identity that it knew another user's number"});
  }
  SUBCASE("a session forgotten in which a message was acknowledged") {
    client.dialect.say_in(0, 0, 0, "first");
    client.hears_acknowledged(client.next_sent<protocol::Say>(), kRoom, 3);
    client.lose();
    client.greet();
    CHECK(client.hears_welcome(false) ==
          Told{"the server does not know a session any more that it had stored"});
  }
  SUBCASE("a room that goes on before or behind what was read") {
    for (const std::uint64_t next : {2U, 4U}) {
      client.lose();
      const auto hello = client.greet();
      client.hears_welcome(true);
      CHECK(client.hears_opened(hello.request, kRoom, next)[0] ==
            "the server opened a room elsewhere than behind the last known message");
    }
  }
  SUBCASE("a room that has messages under another number") {
    client.lose();
    client.greet();
    client.hears_welcome(false);
    const auto join = client.next_sent<protocol::Join>();
    CHECK(client.hears(protocol::RoomOpened{join.request, RoomId{12}, RoomKind::open, "room",
                                            Sequence{3}, 1, true})[0] ==
          "the server gave another number to a room that has messages");
  }
  SUBCASE("a message that is refused") {
    client.dialect.say_in(0, 0, 0, "first");
    const auto said = client.next_sent<protocol::Say>();
    CHECK(client.hears(protocol::Error{said.request, ErrorCode::not_stored, "No."}) ==
          Told{"the server refused: No. (not_stored)"});
  }
  SUBCASE("an acknowledgement that nobody waits for, or of another room") {
    client.dialect.say_in(0, 0, 0, "first");
    const auto said = client.next_sent<protocol::Say>();
    CHECK(client.hears_acknowledged(said, kPair, 3)[0] ==
          "the server acknowledged a message in another room");
    CHECK(client.hears_acknowledged(said, kRoom, 3) ==
          Told{"the server acknowledged what it was not asked for"});
  }
  SUBCASE("messages that it does not have any more") {
    CHECK(client.hears(protocol::Gap{kRoom, Sequence{3}, Sequence{5}}) == Told{"missed 0/3 to 5"});
    CHECK(client.hears(protocol::Gap{kRoom, Sequence{6}, Sequence{5}}) == Told{});
    CHECK(client.hears_posted(kRoom, 6) == Told{"0/6 hello"});
  }
  SUBCASE("a goodbye") {
    CHECK(client.hears(protocol::Goodbye{{}, CloseReason::stalled, "Too slow."}) ==
          Told{"the server said goodbye: Too slow. (stalled)"});
  }
}
