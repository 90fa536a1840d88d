#include "client/backoff.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace chat::client;
using namespace std::chrono_literals;

using Waits = std::vector<std::chrono::milliseconds>;

namespace {

constexpr Backoff::Time kStart{};

Waits waits(double random, int count) {
  Backoff backoff([random] { return random; });
  Waits all;
  for (int i = 0; i < count; ++i)
    all.push_back(backoff.next(kStart));
  return all;
}

}  // namespace

TEST_CASE("waits double up to a minute") {
  CHECK(waits(0.0, 9) ==
        Waits{250ms, 500ms, 1000ms, 2000ms, 4000ms, 8000ms, 16000ms, 30000ms, 30000ms});
}

TEST_CASE("the second half of a wait is random") {
  CHECK(waits(0.5, 2) == Waits{375ms, 750ms});
  for (const auto wait : waits(0.999, 9))
    CHECK(wait < Backoff::kLongest);
}

TEST_CASE("after a connection that has lasted the waits begin anew") {
  Backoff backoff([] { return 0.0; });
  backoff.next(kStart);
  backoff.next(kStart);
  backoff.reached(kStart);
  backoff.reached(kStart + 9s);
  CHECK(backoff.next(kStart + 10s) == 250ms);
}

TEST_CASE("a server that drops one at once is not stormed") {
  Backoff backoff([] { return 0.0; });
  backoff.next(kStart);
  for (const auto wait : {500ms, 1000ms, 2000ms}) {
    backoff.reached(kStart);
    CHECK(backoff.next(kStart + 9s) == wait);
  }
}

TEST_CASE("a server that restarts is tried soon and often, for a minute") {
  Backoff backoff([] { return 0.999; });
  backoff.reached(kStart);
  backoff.restarts(kStart + 1h);
  const auto lost = kStart + 1h;
  CHECK(backoff.next(lost) < 200ms);
  for (int i = 0; i < 50; ++i)
    CHECK(backoff.next(lost + 59s) < 1s);
  backoff.next(lost + 61s);
  CHECK(backoff.next(lost + 61s) > 1s);
}

TEST_CASE("the waits after a restart are no shorter than others") {
  Backoff backoff([] { return 0.0; });
  backoff.restarts(kStart);
  CHECK(backoff.next(kStart) == 100ms);
  backoff.reached(kStart);
  CHECK(backoff.next(kStart + 1s) >= 250ms);
}
