#include <doctest/doctest.h>

#include <string>

#include "tests/support/peer.hpp"
#include "tests/support/server_process.hpp"

using namespace chat;
using namespace chat::test;
using namespace chat::protocol;

TEST_CASE("who does not say hello in time is closed with a reason") {
  const ServerProcess server({"--hello-seconds", "0.2"});
  Peer silent(server.port());
  CHECK(silent.expect<Goodbye>().reason == CloseReason::hello_timeout);
  CHECK(!silent.receive().has_value());
}

TEST_CASE("a silent peer is pinged; it stays when it answers and goes when it does not") {
  ServerProcess server({"--ping-seconds", "0.3", "--pong-seconds", "0.3"});
  Peer answering = Peer::named(server.port(), "answering");
  Peer silent = Peer::named(server.port(), "silent");
  for (int i = 0; i < 4; ++i) {
    answering.expect<Ping>();
    answering.send(Pong{RequestId{}});
  }
  CHECK(silent.expect<Goodbye>().reason == CloseReason::ping_timeout);
  answering.say("alive");
  CHECK(answering.expect_text() == "alive");
}

TEST_CASE("a peer that takes no output for too long is closed as stalled") {
  ServerProcess server({"--stall-seconds", "0.5"});
  const Peer stuck = Peer::named(server.port(), "stuck");
  Peer talker = Peer::named(server.port(), "talker");
  const auto is_gone = [&] {
    talker.say(std::string(4000, 'x'));
    talker.expect<Acknowledged>();
    return server.process().standard_error().find("reason=stalled") != std::string::npos;
  };
  CHECK(wait_until(is_gone));
}
