#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "tests/support/peer.hpp"
#include "tests/support/server_process.hpp"

using namespace chat;
using namespace chat::test;
using namespace chat::protocol;

TEST_CASE("of 1,000 simultaneous claims of one nickname exactly one wins") {
  const ServerProcess server;
  std::vector<std::unique_ptr<Peer>> claimants;
  for (int i = 0; i < 1000; ++i)
    claimants.push_back(std::make_unique<Peer>(server.port()));
  for (const auto& claimant : claimants)
    claimant->send(Hello{RequestId{1}, 1, "Lisa"});
  int welcomed = 0;
  int refused = 0;
  for (const auto& claimant : claimants) {
    const auto answer = claimant->receive();
    REQUIRE(answer.has_value());
    welcomed += std::holds_alternative<Welcome>(*answer) ? 1 : 0;
    if (const auto* error = std::get_if<Error>(&*answer))
      refused += error->code == ErrorCode::nickname_taken ? 1 : 0;
  }
  CHECK(welcomed == 1);
  CHECK(refused == 999);
}

TEST_CASE("who was refused asks again on the same connection") {
  const ServerProcess server;
  const Peer first = Peer::named(server.port(), "Lisa");
  Peer second(server.port());
  second.send(Hello{RequestId{1}, 1, "LISA"});
  CHECK(second.expect<Error>().code == ErrorCode::nickname_taken);
  second.send(Hello{RequestId{2}, 1, "two words"});
  CHECK(second.expect<Error>().code == ErrorCode::invalid_nickname);
  second.send(Hello{RequestId{3}, 1, "Lisa2"});
  CHECK(second.expect<Welcome>().nickname == "Lisa2");
}

TEST_CASE("a nickname is free again when its holder is gone") {
  const ServerProcess server({"--resume-seconds", "0.5"});
  Peer witness = Peer::named(server.port(), "witness");
  Peer first = Peer::named(server.port(), "Lisa");
  SUBCASE("at once after a goodbye") {
    first.send(Goodbye{RequestId{1}, CloseReason::quit, ""});
  }
  SUBCASE("and does not come back in time after its connection broke") {
    first.reset();
  }
  witness.expect<Left>();
  CHECK_NOTHROW(Peer::named(server.port(), "Lisa"));
}

TEST_CASE("a whisper reaches its two ends and nobody else") {
  const ServerProcess server;
  Peer lisa = Peer::named(server.port(), "Lisa");
  Peer tom = Peer::named(server.port(), "Tom");
  Peer eve = Peer::named(server.port(), "Eve");
  tom.send(
      Whisper{.request = RequestId{5}, .id = {}, .user = {}, .nickname = "lisa", .text = "psst"});
  const auto to_lisa = lisa.expect<Posted>();
  CHECK(to_lisa.text == "psst");
  CHECK(to_lisa.nickname == "Tom");
  CHECK(to_lisa.room != lisa.lobby());
  // Not even when nothing else is sent to its sender does the acknowledgement fail to come.
  const auto to_tom = tom.expect<Acknowledged>();
  CHECK(to_tom.room == to_lisa.room);
  CHECK(to_tom.sequence == to_lisa.sequence);
  tom.say("aloud");
  CHECK(eve.expect_text() == "aloud");
  // What one has whispered is not sent back.
  CHECK(tom.expect_text() == "aloud");
  // Nor by asking for the room by its number.
  eve.send(Say{.request = RequestId{6}, .room = to_lisa.room, .id = {}, .text = "let me in"});
  CHECK(eve.expect<Error>().code == ErrorCode::no_such_room);
  eve.send(ListMembers{RequestId{7}, to_lisa.room, {}});
  CHECK(eve.expect<Error>().code == ErrorCode::no_such_room);
}

TEST_CASE("everybody sees who is there, who joins, is renamed and leaves") {
  const ServerProcess server;
  Peer first = Peer::named(server.port(), "first");
  Peer second(server.port());
  second.send(Hello{RequestId{1}, 1, "second"});
  const auto page = second.expect<MemberPage>();
  REQUIRE(page.people.size() == 1);
  CHECK(page.people[0].nickname == "first");
  const auto is_second = [](const Person& person) { return person.nickname == "second"; };
  while (std::ranges::none_of(first.expect<Joined>().people, is_second))
    continue;
  second.send(Rename{RequestId{2}, "zweite"});
  CHECK(first.expect<Renamed>().after == "zweite");
  second.send(Goodbye{RequestId{3}, CloseReason::quit, ""});
  const auto left = first.expect<Left>();
  CHECK(left.people.at(0).nickname == "zweite");
  CHECK(left.people.at(0).reason == LeaveReason::quit);
}
