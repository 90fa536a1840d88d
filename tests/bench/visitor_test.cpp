#include "bench/scenarios/visitor.hpp"

#include <doctest/doctest.h>

#include <optional>

using namespace chat;
using namespace chat::bench;

namespace {

// One who has come for a visit when the room had six messages, and says its third one.
struct Visit {
  Visitor visitor;
  Verdict verdict;

  Visit() {
    visitor.begin(Instant{});
    visitor.enter(Sequence{7});
    visitor.say(3);
  }
  void hear(std::uint64_t sequence, std::optional<std::uint32_t> own = {}) {
    visitor.receive(Sequence{sequence}, own, verdict);
  }
};

}  // namespace

TEST_CASE("a visit is over when the own message was acknowledged and has come") {
  Visit visit;
  visit.hear(7);
  visit.hear(8, 2);
  visit.visitor.acknowledge();
  CHECK_FALSE(visit.visitor.is_there());
  visit.hear(9, 3);
  CHECK(visit.visitor.is_there());
  CHECK(visit.verdict.clean());
}

TEST_CASE("a hole in what a visitor hears is lost, and what comes again is duplicated") {
  Visit visit;
  visit.hear(8);
  CHECK(visit.verdict.lost == 1);
  visit.hear(8);
  CHECK(visit.verdict.duplicated == 1);
  visit.hear(11);
  CHECK(visit.verdict.lost == 3);
}
