#include "client/frame_pacer.hpp"

#include <doctest/doctest.h>

using namespace chat::client;
using namespace std::chrono_literals;

namespace {

constexpr FramePacer::Time kBegin{std::chrono::hours(1)};

}  // namespace

TEST_CASE("the first frame is due at once, and none while nothing changes") {
  FramePacer pacer;
  CHECK(pacer.is_due(kBegin));
  CHECK(pacer.left(kBegin) == 0ms);
  pacer.drawn(kBegin);
  CHECK_FALSE(pacer.is_due(kBegin + 1h));
  CHECK(pacer.left(kBegin + 1h) == std::nullopt);
}

TEST_CASE("what arrives is drawn at once after a pause, and then in intervals") {
  FramePacer pacer;
  pacer.drawn(kBegin);
  const auto later = kBegin + 1s;
  pacer.changed();
  CHECK(pacer.is_due(later));
  pacer.drawn(later);
  pacer.changed();
  CHECK_FALSE(pacer.is_due(later + 1ms));
  CHECK(pacer.left(later + 1ms) == FramePacer::kInterval - 1ms);
  CHECK(pacer.is_due(later + FramePacer::kInterval));
  CHECK(pacer.left(later + 1h) == 0ms);
}

TEST_CASE("whoever presses a key sees at once what it did, and what came of it") {
  FramePacer pacer;
  pacer.drawn(kBegin);
  pacer.changed();
  pacer.drawn(kBegin);
  pacer.changed();
  CHECK_FALSE(pacer.is_due(kBegin));
  pacer.pressed();
  CHECK(pacer.is_due(kBegin));
  CHECK(pacer.left(kBegin) == 0ms);
  const auto later = kBegin + FramePacer::kInterval;
  pacer.drawn(later);
  CHECK_FALSE(pacer.is_due(later));
  pacer.changed();
  CHECK(pacer.is_due(later));
}
