#include "bench/protocols/edgechat.hpp"

#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

#include "libchat/protocol.hpp"
#include "tests/bench/sent_messages.hpp"

using namespace chat;
using namespace chat::bench;

namespace {

constexpr RoomId kLobby{1};
constexpr RoomId kRoom{2};

// Writes down what one fake client says and is told.
struct TalkingClient final : MessageEvents, DialectEvents {
  EdgechatDialect dialect{"bench", 2, *this, *this};
  Bytes sent;
  std::vector<std::string> told;
  std::vector<MessageType> presence_told;
  bool may_miss = false;

  void send(ClientIndex, ByteView bytes) override { append(sent, bytes); }
  void welcomed(ClientIndex) override { told.push_back("welcomed"); }
  void settled(ClientIndex, Sequence next) override {
    told.push_back("settled, next " + std::to_string(next.value));
  }
  void parted(ClientIndex) override { told.push_back("parted"); }
  void trouble(std::string sentence) override { told.push_back(sentence); }
  void posted(ClientIndex, Sequence sequence, std::string_view text, Instant) override {
    told.push_back(std::to_string(sequence.value) + " " + std::string(text));
  }
  void whispered(ClientIndex, Sequence sequence, std::string_view text, Instant) override {
    told.push_back("whisper " + std::to_string(sequence.value) + " " + std::string(text));
  }
  bool missed(ClientIndex, Sequence from, Sequence to) override {
    if (may_miss)
      told.push_back("missed " + std::to_string(from.value) + " to " + std::to_string(to.value));
    return may_miss;
  }
  void presence(ClientIndex, const Frame& frame, Instant) override {
    presence_told.push_back(static_cast<MessageType>(frame.type));
  }
  void acknowledged(ClientIndex, std::uint32_t number, Sequence sequence) override {
    told.push_back("acknowledged " + std::to_string(number) + " as " +
                   std::to_string(sequence.value));
  }

  template <class Message>
  Message next_sent() {
    return chat::test::next_sent<Message>(sent);
  }

  std::vector<std::string> answer(const Bytes& bytes) {
    CHECK(dialect.take(0, bytes, {}) == bytes.size());
    return std::exchange(told, {});
  }

  void settle() {
    dialect.greet(0);
    const auto hello = next_sent<protocol::Hello>();
    answer(encode(protocol::RoomOpened{hello.request, kLobby, RoomKind::open, "lobby", Sequence{5},
                                       1, true}));
    dialect.enter(0, "room");
    const auto join = next_sent<protocol::Join>();
    answer(encode(
        protocol::RoomOpened{join.request, kRoom, RoomKind::open, "room", Sequence{1}, 1, true}));
    const auto leave = next_sent<protocol::Leave>();
    answer(encode(protocol::RoomClosed{leave.request, kLobby}));
  }
};

protocol::Posted posted_in(RoomId room) {
  return {room, Sequence{3}, {}, UserId{1}, MessageKind::text, "Lisa", "hello"};
}

using Told = std::vector<std::string>;

}  // namespace

TEST_CASE("a fake client goes through the lobby into its room") {
  TalkingClient client;
  client.dialect.greet(0);
  const auto hello = client.next_sent<protocol::Hello>();
  CHECK(hello.nickname.starts_with("bench-"));
  CHECK(client.answer(encode(protocol::RoomOpened{hello.request, kLobby, RoomKind::open, "lobby",
                                                  Sequence{5}, 1, true})) == Told{"welcomed"});
  client.dialect.enter(0, "room");
  const auto join = client.next_sent<protocol::Join>();
  CHECK(join.name == "room");
  CHECK(client
            .answer(encode(protocol::RoomOpened{join.request, kRoom, RoomKind::open, "room",
                                                Sequence{1}, 1, true}))
            .empty());
  const auto leave = client.next_sent<protocol::Leave>();
  CHECK(leave.room == kLobby);
  CHECK(client.answer(encode(protocol::RoomClosed{leave.request, kLobby})) ==
        Told{"settled, next 1"});
}

TEST_CASE("that a pair has ended settles nobody") {
  TalkingClient client;
  client.settle();
  CHECK(client.answer(encode(protocol::RoomClosed{{}, RoomId{7}})).empty());
}

TEST_CASE("a message is said to the room, and its acknowledgement names it") {
  TalkingClient client;
  client.settle();
  client.dialect.say(0, 7, "hello");
  const auto say = client.next_sent<protocol::Say>();
  CHECK(say.room == kRoom);
  CHECK(say.text == "hello");
  CHECK(client.answer(encode(protocol::Acknowledged{
            say.request, say.id, kRoom, Sequence{3}, {}})) == Told{"acknowledged 7 as 3"});
}

TEST_CASE("messages of the room are told, and not those of the lobby") {
  TalkingClient client;
  client.settle();
  CHECK(client.answer(encode(posted_in(kRoom))) == Told{"3 hello"});
  CHECK(client.answer(encode(posted_in(kLobby))).empty());
}

TEST_CASE("who is there is told as it came") {
  TalkingClient client;
  client.settle();
  client.presence_told.clear();
  client.answer(encode(protocol::MemberCount{kRoom, 9}));
  client.answer(encode(protocol::Joined{kRoom, {}, {}}));
  CHECK(client.presence_told == std::vector{MessageType::member_count, MessageType::joined});
  CHECK(client.told.empty());
}

TEST_CASE("a whisper goes by the name of the one it is for, and comes apart from the room") {
  TalkingClient client;
  client.dialect.greet(1);
  const auto other = client.next_sent<protocol::Hello>();
  client.settle();
  client.dialect.whisper(0, 1, 7, "psst");
  const auto whisper = client.next_sent<protocol::Whisper>();
  CHECK(whisper.nickname == other.nickname);
  CHECK(whisper.text == "psst");
  constexpr RoomId kPair{3};
  CHECK(client.answer(encode(protocol::Acknowledged{
            whisper.request, whisper.id, kPair, Sequence{1}, {}})) == Told{"acknowledged 7 as 1"});
  CHECK(client.answer(encode(posted_in(kPair))) == Told{"whisper 3 hello"});
}

TEST_CASE("a goodbye that answers one's own is how one parts") {
  TalkingClient client;
  client.settle();
  client.dialect.part(0);
  CHECK(client.answer(encode(protocol::Goodbye{{}, CloseReason::quit, "bye"})) == Told{"parted"});
}

TEST_CASE("who may fall behind is told what is missing") {
  TalkingClient client;
  client.settle();
  client.may_miss = true;
  CHECK(client.answer(encode(protocol::Gap{kRoom, Sequence{1}, Sequence{9}})) ==
        Told{"missed 1 to 9"});
}

TEST_CASE("a ping is answered with its number") {
  TalkingClient client;
  client.answer(encode(protocol::Ping{RequestId{42}}));
  CHECK(client.next_sent<protocol::Pong>().request == RequestId{42});
}

TEST_CASE("what is not complete is left until the rest has come") {
  TalkingClient client;
  client.settle();
  Bytes bytes = encode(posted_in(kRoom));
  const std::size_t one = bytes.size();
  append(bytes, encode(posted_in(kRoom)));
  for (std::size_t have = 0; have < bytes.size(); ++have)
    CHECK(client.dialect.take(0, ByteView(bytes).first(have), {}) == (have < one ? 0 : one));
}

TEST_CASE("what the server should not do is trouble") {
  TalkingClient client;
  client.settle();
  CHECK(client.answer(encode(protocol::Error{RequestId{1}, ErrorCode::not_stored, "no"})) ==
        Told{"the server refused: no (not_stored)"});
  CHECK(client.answer(encode(protocol::Goodbye{{}, CloseReason::shutting_down, "bye"})) ==
        Told{"the server said goodbye: bye (shutting_down)"});
  CHECK(client.answer(encode(protocol::Gap{kRoom, Sequence{1}, Sequence{9}})) ==
        Told{"a client fell so far behind that the server dropped messages for it"});
  CHECK(client.answer({0, 0, 0, 0, 0}) == Told{"the server sent a frame of an impossible length"});
  CHECK(client.answer({0, 0, 0, 2, 0xC1, 0}) ==
        Told{"the server sent a frame that is not understood"});
}
