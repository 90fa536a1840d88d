#include <doctest/doctest.h>

#include "libchat/detached_sessions.hpp"

namespace chat {
namespace {

using namespace std::chrono_literals;

constexpr MonotonicTime kStart{1h};
constexpr AddressKey kHere{1};
constexpr AddressKey kThere{2};

SessionId session(std::uint32_t number) {
  return {number, 1};
}

TEST_CASE("a session is announced once, when it has gone unnoticed for long enough") {
  DetachedSessions detached({.grace = 120s, .unnoticed = 10s});
  CHECK(!detached.next().has_value());
  const auto place = detached.add(session(1), kHere, 1, kStart);
  CHECK(detached.next() == kStart + 10s);
  CHECK(!detached.take_unannounced(kStart + 9'999ms).has_value());
  CHECK(!detached.is_announced(place));
  CHECK(detached.take_unannounced(kStart + 10s) == session(1));
  CHECK(detached.is_announced(place));
  CHECK(!detached.take_unannounced(kStart + 11s).has_value());
  CHECK(detached.next() == kStart + 120s);
}

TEST_CASE("of many that are to be announced the oldest comes first") {
  DetachedSessions detached({.unnoticed = 10s});
  for (std::uint32_t i = 1; i <= 3; ++i)
    detached.add(session(i), kHere, 1, kStart);
  CHECK(detached.take_unannounced(kStart + 10s) == session(1));
  CHECK(detached.take_unannounced(kStart + 10s) == session(2));
  CHECK(detached.next() == kStart + 10s);
  CHECK(detached.take_unannounced(kStart + 10s) == session(3));
  CHECK(!detached.take_unannounced(kStart + 10s).has_value());
}

TEST_CASE("a session expires when its time is over, unless it was removed") {
  DetachedSessions detached({.grace = 120s});
  const auto first = detached.add(session(1), kHere, 1, kStart);
  const auto second = detached.add(session(2), kHere, 1, kStart + 1s);
  CHECK(!detached.expired(kStart + 119s).has_value());
  CHECK(detached.expired(kStart + 121s) == session(1));
  detached.remove(first);
  CHECK(detached.expired(kStart + 121s) == session(2));
  detached.remove(second);
  CHECK(!detached.expired(kStart + 999s).has_value());
  CHECK(!detached.next().has_value());
  CHECK(detached.size() == 0);
}

TEST_CASE("too many of one address cost that address its oldest") {
  DetachedSessions detached({.most = 100, .most_per_address = 2});
  detached.add(session(1), kThere, 1, kStart);
  const auto oldest = detached.add(session(2), kHere, 1, kStart);
  detached.add(session(3), kHere, 1, kStart);
  CHECK(!detached.surplus(kHere).has_value());
  detached.add(session(4), kHere, 1, kStart);
  CHECK(!detached.surplus(kThere).has_value());
  CHECK(detached.surplus(kHere) == session(2));
  detached.remove(oldest);
  CHECK(!detached.surplus(kHere).has_value());
}

TEST_CASE("too many in all cost the oldest of all") {
  DetachedSessions detached({.most = 2, .most_per_address = 2});
  const auto oldest = detached.add(session(1), kThere, 1, kStart);
  detached.add(session(2), kHere, 1, kStart);
  detached.add(session(3), kHere, 1, kStart);
  CHECK(detached.surplus(kHere) == session(1));
  detached.remove(oldest);
  CHECK(!detached.surplus(kHere).has_value());
}

TEST_CASE("too many memberships cost an address its oldest, and then the oldest of all") {
  DetachedSessions detached({.most_memberships = 25, .most_memberships_per_address = 20});
  const auto first = detached.add(session(1), kThere, 10, kStart);
  const auto second = detached.add(session(2), kHere, 5, kStart);
  CHECK(!detached.surplus(kHere).has_value());
  detached.add(session(3), kHere, 16, kStart);
  CHECK(detached.surplus(kHere) == session(2));
  detached.remove(second);
  CHECK(detached.surplus(kHere) == session(1));
  detached.remove(first);
  CHECK(!detached.surplus(kHere).has_value());
}

}  // namespace
}  // namespace chat
