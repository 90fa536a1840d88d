#include "bench/load/pair_oracle.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace chat;
using namespace chat::bench;

namespace {

using Side = PairOracle::Side;
constexpr std::size_t kTextBytes = 40;

// A pair, and a server that can be told to do it wrong.
struct Pair {
  struct Said {
    Side sender;
    std::uint32_t number;
    std::string text;
  };
  PairOracle oracle{{7, 8}, kTextBytes};
  std::vector<Said> said;  // by place

  void say(Side sender) {
    const std::uint32_t number = oracle.send(sender);
    const std::uint32_t name = sender == Side::first ? 7 : 8;
    said.push_back({sender, number,
                    compose_text({name, number, Instant(Duration(static_cast<int>(said.size())))},
                                 kTextBytes)});
  }
  void acknowledge(std::uint64_t sequence) {
    const Said& one = said[sequence - 1];
    oracle.acknowledge(one.sender, one.number, Sequence{sequence});
  }
  std::optional<Instant> deliver(std::uint64_t sequence) { return deliver(sequence, sequence); }
  std::optional<Instant> deliver(std::uint64_t which, std::uint64_t sequence) {
    const Said& one = said[which - 1];
    return oracle.deliver(PairOracle::other(one.sender), Sequence{sequence}, one.text);
  }
};

// Three of the first one, and one of the second.
Pair pair_with_four_messages() {
  Pair pair;
  for (const Side sender : {Side::first, Side::first, Side::second, Side::first})
    pair.say(sender);
  return pair;
}

Verdict verdict_on(const std::vector<std::uint64_t>& delivered) {
  Pair pair = pair_with_four_messages();
  for (std::uint64_t sequence = 1; sequence <= 4; ++sequence)
    pair.acknowledge(sequence);
  for (const std::uint64_t sequence : delivered)
    pair.deliver(sequence);
  return pair.oracle.judge();
}

}  // namespace

TEST_CASE("a pair in which all comes once and in order is clean") {
  Pair pair = pair_with_four_messages();
  for (std::uint64_t sequence = 1; sequence <= 4; ++sequence) {
    CHECK(pair.oracle.outstanding() == 2 * (5 - sequence));
    pair.acknowledge(sequence);
    CHECK(pair.deliver(sequence) == Instant(Duration(sequence - 1)));
  }
  CHECK(pair.oracle.outstanding() == 0);
  const Verdict verdict = pair.oracle.judge();
  CHECK(verdict.clean());
  CHECK(verdict.sent == 4);
  CHECK(verdict.expected == 4);
  CHECK(verdict.delivered == 4);
}

TEST_CASE("an acknowledgement may come before what has a lower number") {
  Pair pair = pair_with_four_messages();
  for (const std::uint64_t sequence : {4U, 3U, 2U, 1U})
    pair.acknowledge(sequence);
  for (std::uint64_t sequence = 1; sequence <= 4; ++sequence)
    pair.deliver(sequence);
  CHECK(pair.oracle.judge().clean());
}

TEST_CASE("a whisper that does not come is lost") {
  const Verdict verdict = verdict_on({1, 3, 4});
  CHECK(verdict.lost == 1);
  CHECK(verdict.duplicated == 0);
  CHECK(verdict.misordered == 0);
}

TEST_CASE("a whisper that comes again is duplicated") {
  const Verdict verdict = verdict_on({1, 2, 3, 2, 4});
  CHECK(verdict.lost == 0);
  CHECK(verdict.duplicated == 1);
  CHECK(verdict.misordered == 0);
}

TEST_CASE("whispers that change places are misordered") {
  const Verdict verdict = verdict_on({2, 1, 3, 4});
  CHECK(verdict.lost == 0);
  CHECK(verdict.duplicated == 0);
  CHECK(verdict.misordered == 1);
}

TEST_CASE("a whisper that stands elsewhere than acknowledged is misordered") {
  Pair pair;
  pair.say(Side::first);
  pair.say(Side::second);
  pair.acknowledge(1);
  pair.acknowledge(2);
  pair.deliver(1, 2);
  pair.deliver(2, 2);
  // The second one stands where the first one does, too.
  CHECK(pair.oracle.judge().misordered == 2);
}

TEST_CASE("a whisper under a number that cannot be is misordered") {
  Pair pair;
  pair.say(Side::first);
  pair.deliver(1, 2);
  CHECK(pair.oracle.judge().misordered == 1);
}

TEST_CASE("a whisper that is not acknowledged, or twice, is a fault") {
  Pair pair;
  pair.say(Side::first);
  pair.deliver(1);
  CHECK(pair.oracle.judge().unacknowledged == 1);
  pair.acknowledge(1);
  CHECK(pair.oracle.judge().clean());
  pair.acknowledge(1);
  CHECK(pair.oracle.judge().misordered == 1);
}

TEST_CASE("what the other one has not whispered is foreign") {
  Pair pair;
  pair.say(Side::first);
  const std::string& text = pair.said[0].text;
  CHECK_FALSE(pair.oracle.deliver(Side::first, Sequence{1}, text).has_value());
  CHECK_FALSE(pair.oracle.deliver(Side::second, Sequence{1}, text + ".").has_value());
  CHECK_FALSE(pair.oracle.deliver(Side::second, Sequence{1}, "hello").has_value());
  CHECK(pair.oracle.judge().foreign == 3);
}

TEST_CASE("who begins anew in a pair is to get everything once more") {
  Pair pair = pair_with_four_messages();
  for (std::uint64_t sequence = 1; sequence <= 4; ++sequence) {
    pair.acknowledge(sequence);
    pair.deliver(sequence);
  }
  pair.oracle.begin_anew(Side::second);
  CHECK(pair.oracle.outstanding() == 3);
  CHECK(pair.oracle.judge().lost == 3);
  for (const std::uint64_t sequence : {1U, 2U, 4U})
    pair.deliver(sequence);
  CHECK(pair.oracle.outstanding() == 0);
  CHECK(pair.oracle.judge().clean());
  CHECK(pair.oracle.judge().delivered == 4);
}

TEST_CASE("a whisper that stands elsewhere when it is read anew is misordered") {
  Pair pair = pair_with_four_messages();
  pair.deliver(1);
  pair.oracle.begin_anew(Side::second);
  pair.deliver(1, 2);
  CHECK(pair.oracle.judge().misordered == 1);
}

TEST_CASE("a whisper that is missing when one begins anew is lost, even if it comes then") {
  Pair pair = pair_with_four_messages();
  for (std::uint64_t sequence = 1; sequence <= 4; ++sequence)
    pair.acknowledge(sequence);
  for (const std::uint64_t sequence : {1U, 3U, 4U})
    pair.deliver(sequence);
  pair.oracle.begin_anew(Side::second);
  for (const std::uint64_t sequence : {1U, 2U, 4U})
    pair.deliver(sequence);
  CHECK(pair.oracle.outstanding() == 0);
  CHECK(pair.oracle.judge().lost == 1);
}

TEST_CASE("one's own whisper stands in the history where it was acknowledged") {
  Pair pair;
  pair.say(Side::first);
  pair.say(Side::first);
  pair.oracle.recall(Side::first, Sequence{1}, pair.said[0].text);
  pair.oracle.recall(Side::first, Sequence{2}, pair.said[1].text);
  for (std::uint64_t sequence = 1; sequence <= 2; ++sequence) {
    pair.acknowledge(sequence);
    pair.deliver(sequence);
  }
  CHECK(pair.oracle.judge().clean());
  pair.oracle.recall(Side::first, Sequence{3}, pair.said[1].text);
  CHECK(pair.oracle.judge().duplicated == 1);
  CHECK(pair.oracle.judge().misordered == 1);
  pair.oracle.recall(Side::second, Sequence{1}, pair.said[0].text);
  CHECK(pair.oracle.judge().foreign == 1);
}
