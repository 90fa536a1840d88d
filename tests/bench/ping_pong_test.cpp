#include "bench/scenarios/ping_pong.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <set>
#include <utility>

#include "bench/scenarios/whisper_pairs.hpp"

using namespace chat;
using namespace chat::bench;
using std::chrono::milliseconds;

namespace {

constexpr std::size_t kTextBytes = 64;
constexpr ClientIndex kLisa = 2;
constexpr ClientIndex kBob = 3;

Instant at(int ms) {
  return Instant(milliseconds(ms));
}

// Lisa and Bob are the second of two pairs.
struct Game {
  PingPong game{2, kTextBytes};

  std::string send(ClientIndex from, int ms = 0) {
    return compose_text(game.send(from, at(ms)), kTextBytes);
  }
  auto deliver(ClientIndex to, std::uint64_t sequence, const std::string& text, int ms = 0) {
    return game.deliver(to, Sequence{sequence}, text, at(ms));
  }
};

}  // namespace

TEST_CASE("whispers that come and go in turns are right, with and without echoes") {
  for (const bool echoes : {false, true}) {
    Game game;
    const auto first = game.send(kLisa, 0);
    CHECK(game.deliver(kBob, 1, first, 3)->latency == milliseconds(3));
    const auto second = game.send(kBob, 4);
    const auto answer = game.deliver(kLisa, 2, second, 9);
    CHECK(answer->latency == milliseconds(5));
    CHECK(answer->round_trip == milliseconds(9));
    CHECK(game.game.outstanding() == 2);
    game.game.acknowledge(kLisa, 0, Sequence{1});
    game.game.acknowledge(kBob, 1, Sequence{2});
    if (echoes) {
      CHECK_FALSE(game.deliver(kLisa, 1, first).has_value());
      CHECK(game.game.outstanding() == 1);
      CHECK_FALSE(game.deliver(kBob, 2, second).has_value());
    }
    CHECK(game.game.outstanding() == 0);
    const Verdict verdict = game.game.judge();
    CHECK(verdict.clean());
    CHECK(verdict.sent == 2);
    CHECK(verdict.delivered == (echoes ? 4 : 2));
    CHECK(verdict.expected == verdict.delivered);
  }
}

TEST_CASE("a whisper that does not come is lost, and one without an answer unacknowledged") {
  Game game;
  game.send(kLisa);
  CHECK(game.game.judge().lost == 1);
  CHECK(game.game.judge().unacknowledged == 1);
}

TEST_CASE("a server that sends some whispers back must send all") {
  Game game;
  const auto first = game.send(kLisa);
  game.deliver(kBob, 1, first);
  game.deliver(kLisa, 1, first);
  game.deliver(kLisa, 2, game.send(kBob));
  CHECK(game.game.judge().lost == 1);
}

TEST_CASE("what comes twice is duplicated, and does not count as an answer") {
  Game game;
  const auto first = game.send(kLisa);
  CHECK(game.deliver(kBob, 1, first).has_value());
  CHECK_FALSE(game.deliver(kBob, 1, first).has_value());
  CHECK(game.game.judge().duplicated == 1);
  CHECK(game.game.judge().lost == 0);
}

TEST_CASE("what stands in the wrong place is misordered") {
  Game game;
  game.deliver(kBob, 2, game.send(kLisa));
  CHECK(game.game.judge().misordered == 1);
  game.game.acknowledge(kLisa, 0, Sequence{2});
  CHECK(game.game.judge().misordered == 2);
  game.game.acknowledge(kBob, 0, Sequence{1});
  CHECK(game.game.judge().misordered == 3);
  game.game.acknowledge(kLisa, 0, Sequence{1});
  CHECK(game.game.judge().misordered == 3);
  game.game.acknowledge(kLisa, 0, Sequence{1});
  CHECK(game.game.judge().misordered == 4);
}

TEST_CASE("what another pair whispers, or nobody, is foreign") {
  Game game;
  const auto first = game.send(kLisa);
  CHECK_FALSE(game.deliver(0, 1, first).has_value());
  CHECK_FALSE(game.deliver(kBob, 1, "hello").has_value());
  CHECK_FALSE(game.deliver(kBob, 1, compose_text({kLisa, 2, {}}, kTextBytes)).has_value());
  CHECK(game.game.judge().foreign == 3);
}

TEST_CASE("as many pairs as there can be are all different") {
  for (const std::uint32_t clients : {2U, 3U, 10U, 11U}) {
    std::set<std::pair<ClientIndex, ClientIndex>> seen;
    for (std::uint32_t number = 0; number < most_pairs(clients); ++number) {
      const WhisperPair pair = whisper_pair(number, clients);
      CHECK(pair.from != pair.to);
      CHECK(seen.insert(std::minmax(pair.from, pair.to)).second);
    }
  }
  CHECK(most_pairs(1) == 0);
  CHECK(most_pairs(1000) == 499'000);
  CHECK(most_pairs(10'000) == 10'240'000);
}
