// Descriptors and memory: used up, given back, and never mixed up.
#include <doctest/doctest.h>
#include <sys/resource.h>

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tests/support/measurable_memory.hpp"
#include "tests/support/peer.hpp"
#include "tests/support/server_process.hpp"

using namespace chat;
using namespace chat::test;
using namespace chat::protocol;

namespace {

void limit_files(rlim_t most) {
  const rlimit limit{most, most};
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

constexpr std::size_t kMegabyte = 1024 * 1024;

// Says hello until the name, which a predecessor may still hold, is free; then says the name aloud
// in this request.
std::unique_ptr<Peer> persistent(std::uint16_t port, const std::string& name, RequestId request) {
  auto peer = std::make_unique<Peer>(port);
  while (true) {
    peer->send(Hello{RequestId{1}, 1, name});
    const auto answer = peer->receive();
    REQUIRE(answer.has_value());
    if (std::holds_alternative<Welcome>(*answer))
      break;
  }
  const RoomId lobby = peer->expect<RoomOpened>().room;
  peer->send(Say{.request = request, .room = lobby, .id = {}, .text = name});
  return peer;
}

// One's own acknowledgement and no other, and then the message. Others' messages may come between.
void expect_own(Peer& peer, const std::string& name, RequestId request) {
  const auto acknowledged = peer.expect<Acknowledged>();
  REQUIRE(acknowledged.request == request);
  auto posted = peer.expect<Posted>();
  while (posted.sequence < acknowledged.sequence)
    posted = peer.expect<Posted>();
  REQUIRE(posted.sequence == acknowledged.sequence);
  REQUIRE(posted.text == name);
}

// Ten connections that come together, and go in different ways.
void come_and_go(std::uint16_t port) {
  const auto name = [](std::uint32_t i) { return "p" + std::to_string(i); };
  const auto request = [](std::uint32_t i) { return RequestId{2 + i}; };
  std::vector<std::unique_ptr<Peer>> peers;
  for (std::uint32_t i = 0; i < 10; ++i)
    peers.push_back(persistent(port, name(i), request(i)));
  for (std::uint32_t i = 0; i < 10; ++i) {
    expect_own(*peers[i], name(i), request(i));
    if (i % 2 == 0)
      peers[i]->reset();
    else
      peers[i]->send(Goodbye{RequestId{1}, CloseReason::quit, ""});
  }
}

}  // namespace

TEST_CASE("connections come and go without a trace, and events reach only whom they concern") {
  ServerProcess server({"--log-level", "warn", "--resume-seconds", "0.1"});
  const std::size_t descriptors = server.open_descriptors();
  const auto all_are_gone = [&] { return server.open_descriptors() == descriptors; };
  for (int i = 0; i < 20; ++i)
    come_and_go(server.port());
  REQUIRE(wait_until(all_are_gone));
  const std::size_t memory = server.resident_bytes();
  for (int i = 0; i < 150; ++i)
    come_and_go(server.port());
  CHECK(wait_until(all_are_gone));
  if (kMemoryIsMeasurable)
    CHECK(server.resident_bytes() < memory + 2 * kMegabyte);
}

TEST_CASE("when descriptors run out newcomers wait, and are served when there are some again") {
  // 16 connections may be served with 80 files; those beyond are told so, and hold a descriptor
  // until they close. So 120 use up all of them.
  ServerProcess server({}, [] { limit_files(80); });
  Peer member = Peer::named(server.port(), "member");
  std::vector<std::unique_ptr<Peer>> crowd;
  for (int i = 0; i < 120; ++i)
    crowd.push_back(std::make_unique<Peer>(server.port()));
  REQUIRE(server.process().wait_for_line("event=accept_paused").has_value());

  member.say("the members notice nothing");
  CHECK(member.expect_text() == "the members notice nothing");

  crowd.clear();
  // Those who gave up while they waited are in line before the latecomer.
  std::optional<Peer> late;
  REQUIRE(wait_until([&] {
    late.emplace(server.port());
    late->send(Hello{RequestId{1}, 1, "late"});
    const auto answer = late->receive();
    return answer && std::holds_alternative<Welcome>(*answer);
  }));
  late->send(Say{.request = RequestId{2}, .room = member.lobby(), .id = {}, .text = "at last"});
  CHECK(member.expect_text() == "at last");
}

TEST_CASE("who comes when the server is full is told so") {
  const ServerProcess server({"--max-connections", "2"});
  Peer first = Peer::named(server.port(), "first");
  const Peer second = Peer::named(server.port(), "second");
  Peer third(server.port());
  third.send(Hello{RequestId{1}, 1, "third"});
  CHECK(third.expect<Goodbye>().reason == CloseReason::server_full);
  CHECK(!third.receive().has_value());
  first.say("undisturbed");
  CHECK(first.expect_text() == "undisturbed");
}
