#include "bench/load/pacing.hpp"

#include <doctest/doctest.h>

using namespace chat::bench;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {
const Instant kStart{seconds(1000)};
}

TEST_CASE("an open loop has a message due at every tick of its rate") {
  const Pacing pacing(OpenLoop{100}, kStart);
  CHECK(pacing.due(kStart, 0, 0) == kStart);
  CHECK_FALSE(pacing.due(kStart, 1, 1).has_value());
  CHECK_FALSE(pacing.due(kStart + milliseconds(9), 1, 0).has_value());
  CHECK(pacing.due(kStart + milliseconds(10), 1, 0) == kStart + milliseconds(10));
}

TEST_CASE("an open loop that is late counts from when the message was due") {
  const Pacing pacing(OpenLoop{100}, kStart);
  const Instant late = kStart + seconds(1);
  CHECK(pacing.due(late, 1, 0) == kStart + milliseconds(10));
  CHECK(pacing.due(late, 100, 0) == late);
  CHECK_FALSE(pacing.due(late, 101, 0).has_value());
}

TEST_CASE("an open loop pauses until the next message, but no longer than asked") {
  const Pacing pacing(OpenLoop{100}, kStart);
  CHECK(pacing.pause(kStart, 1, seconds(1)) == milliseconds(10));
  CHECK(pacing.pause(kStart, 1, milliseconds(4)) == milliseconds(4));
  CHECK(pacing.pause(kStart + seconds(5), 1, seconds(1)) == Duration(0));
}

TEST_CASE("a closed loop sends until the window is full, and when one has been seen") {
  const Pacing pacing(ClosedLoop{2}, kStart);
  CHECK(pacing.due(kStart, 0, 0) == kStart);
  CHECK(pacing.due(kStart, 1, 0) == kStart);
  CHECK_FALSE(pacing.due(kStart, 2, 0).has_value());
  CHECK(pacing.due(kStart + seconds(3), 2, 1) == kStart + seconds(3));
  CHECK(pacing.pause(kStart, 2, milliseconds(50)) == milliseconds(50));
}
