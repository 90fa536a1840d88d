// What the server does with bytes that no honest client sends, and that nobody else notices.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/support/measurable_memory.hpp"
#include "tests/support/peer.hpp"
#include "tests/support/server_process.hpp"

using namespace chat;
using namespace chat::test;
using namespace chat::protocol;

namespace {

Bytes raw(std::initializer_list<int> values) {
  Bytes bytes;
  for (const int value : values)
    bytes.push_back(static_cast<std::uint8_t>(value));
  return bytes;
}

// A server with somebody in the lobby who must not notice anything.
struct Scene {
  ServerProcess server{{"--lost-seconds", "0.1"}};
  Peer witness = Peer::named(server.port(), "witness");

  Scene() { witness.expect<Joined>(); }

  // Nothing came to the witness but its own marker, and news of those who came and went.
  void check_that_nobody_noticed() {
    witness.say("marker");
    while (true) {
      const auto message = witness.receive();
      REQUIRE(message.has_value());
      if (const auto* posted = std::get_if<Posted>(&*message)) {
        CHECK(posted->text == "marker");
        return;
      }
      CHECK((std::holds_alternative<Joined>(*message) || std::holds_alternative<Left>(*message) ||
             std::holds_alternative<Presence>(*message) ||
             std::holds_alternative<Acknowledged>(*message)));
    }
  }
};

CloseReason goodbye_after(Peer& peer, ByteView bytes) {
  peer.send_bytes(bytes);
  const auto goodbye = peer.expect<Goodbye>();
  CHECK(!goodbye.sentence.empty());
  CHECK(!peer.receive().has_value());
  return goodbye.reason;
}

ErrorCode error_after(Peer& peer, ByteView bytes) {
  peer.send_bytes(bytes);
  return peer.expect<Error>().code;
}

}  // namespace

TEST_CASE("a length of 0 ends the connection with a reason") {
  Scene scene;
  Peer stranger(scene.server.port());
  CHECK(goodbye_after(stranger, raw({0, 0, 0, 0})) == CloseReason::malformed);
  Peer named = Peer::named(scene.server.port(), "mallory");
  CHECK(goodbye_after(named, raw({0, 0, 0, 0})) == CloseReason::malformed);
  scene.check_that_nobody_noticed();
}

TEST_CASE("a length of 0xFFFFFFFF ends the connection and costs no memory") {
  Scene scene;
  const std::size_t before = scene.server.resident_bytes();
  for (int i = 0; i < 20; ++i) {
    Peer stranger(scene.server.port());
    CHECK(goodbye_after(stranger, raw({0xFF, 0xFF, 0xFF, 0xFF, 1})) ==
          CloseReason::frame_too_large);
  }
  if (kMemoryIsMeasurable)
    CHECK(scene.server.resident_bytes() < before + 8 * 1024 * 1024);
  scene.check_that_nobody_noticed();
}

TEST_CASE("a length just above the limit is refused before the frame has come") {
  Scene scene;
  Peer stranger(scene.server.port());
  CHECK(goodbye_after(stranger, raw({0, 0, 0x40, 0x01})) == CloseReason::frame_too_large);
}

TEST_CASE("a body that ends inside a field ends the connection") {
  Scene scene;
  Peer named = Peer::named(scene.server.port(), "mallory");
  CHECK(goodbye_after(named, raw({0, 0, 0, 3, 2, 0, 0})) == CloseReason::malformed);
  scene.check_that_nobody_noticed();
}

TEST_CASE("an unknown type is an error that names the request, and the connection goes on") {
  Scene scene;
  Peer named = Peer::named(scene.server.port(), "newer");
  named.send_bytes(raw({0, 0, 0, 6, 0x7F, 0, 0, 0, 9, 1}));
  const auto error = named.expect<Error>();
  CHECK(error.code == ErrorCode::unknown_type);
  CHECK(error.request == RequestId{9});
  named.say("still here");
  CHECK(scene.witness.expect_text() == "still here");
}

TEST_CASE("text that is not UTF-8 is refused and reaches nobody") {
  Scene scene;
  Peer named = Peer::named(scene.server.port(), "latin");
  named.say("gr\xFC\xDF");
  CHECK(named.expect<Error>().code == ErrorCode::invalid_utf8);
  scene.check_that_nobody_noticed();
}

TEST_CASE("a kind of message that does not exist is refused") {
  Scene scene;
  Peer named = Peer::named(scene.server.port(), "odd");
  Bytes frame =
      encode(Say{.request = RequestId{5}, .room = named.lobby(), .id = {}, .text = "hello"});
  frame[kFrameHeaderBytes + 4 + 4 + 16] = 7;
  CHECK(error_after(named, frame) == ErrorCode::bad_value);
  scene.check_that_nobody_noticed();
}

TEST_CASE("a text above 4,096 bytes is refused whole, one of 4,096 arrives whole") {
  Scene scene;
  Peer named = Peer::named(scene.server.port(), "talker");
  named.say(std::string(4097, 'x'));
  CHECK(named.expect<Error>().code == ErrorCode::text_too_long);
  named.say(std::string(4096, 'y'));
  CHECK(scene.witness.expect_text() == std::string(4096, 'y'));
}

TEST_CASE("an @ anywhere in a text is just a character") {
  Scene scene;
  Peer named = Peer::named(scene.server.port(), "mailer");
  named.say("write to me@example.org @ noon");
  CHECK(scene.witness.expect_text() == "write to me@example.org @ noon");
}

TEST_CASE("a request before the hello ends the connection") {
  Scene scene;
  Peer stranger(scene.server.port());
  CHECK(goodbye_after(stranger, encode(Join{RequestId{1}, "lobby"})) ==
        CloseReason::hello_required);
  scene.check_that_nobody_noticed();
}

TEST_CASE("protocol version 0 is not spoken, a later one is met with ours") {
  Scene scene;
  Peer old(scene.server.port());
  CHECK(goodbye_after(old, encode(Hello{RequestId{1}, 0, "old"})) ==
        CloseReason::unsupported_version);
  Peer newer(scene.server.port());
  newer.send(Hello{RequestId{1}, 77, "newer"});
  CHECK(newer.expect<Welcome>().version == kProtocolVersion);
}

TEST_CASE("a reset in the middle of a frame closes only that connection") {
  Scene scene;
  Peer named = Peer::named(scene.server.port(), "brief");
  scene.witness.expect<Joined>();
  named.send_bytes(raw({0, 0, 0, 50, 2, 0}));
  named.reset();
  const auto news = scene.witness.expect<Presence>();
  REQUIRE(news.people.size() == 1);
  CHECK(news.people[0].nickname == "brief");
  CHECK(news.people[0].state == PresenceState::lost);
  scene.check_that_nobody_noticed();
}

TEST_CASE("random bytes harm nobody") {
  Scene scene;
  std::uint32_t state = 12345;
  for (int i = 0; i < 200; ++i) {
    Peer stranger(scene.server.port());
    Bytes noise(64);
    for (auto& byte : noise)
      byte = static_cast<std::uint8_t>((state = state * 1664525 + 1013904223) >> 24);
    if (i % 2 == 0)  // a plausible length, so that the body is looked at
      noise[0] = noise[1] = noise[2] = 0;
    stranger.send_bytes(noise);
    stranger.finish_sending();
    stranger.receive_all();
  }
  scene.check_that_nobody_noticed();
}
