// The server's parts that need no socket.
#include <doctest/doctest.h>

#include <vector>

#include "server/arrivals.hpp"
#include "server/cursor_queue.hpp"
#include "server/flush_pace.hpp"
#include "server/liveness.hpp"
#include "server/offer.hpp"
#include "server/room_view.hpp"
#include "server/timer_wheel.hpp"

using namespace chat;
using namespace chat::server;
using namespace std::chrono_literals;

namespace {

const MonotonicTime kStart{1000s};

std::vector<std::uint32_t> fired(TimerWheel& wheel, MonotonicTime now) {
  std::vector<std::uint32_t> slots;
  wheel.advance(now, [&](std::uint32_t slot) { slots.push_back(slot); });
  return slots;
}

}  // namespace

TEST_CASE("a reminder comes at its time or up to a tick later, never earlier") {
  for (const auto delay :
       {0ms, 1ms, 99ms, 100ms, 101ms, 5'000ms, 102'399ms, 102'400ms, 300'000ms}) {
    TimerWheel wheel(kStart);
    wheel.set(1, kStart + delay);
    MonotonicTime now = kStart;
    while (fired(wheel, now).empty()) {
      REQUIRE(wheel.next().has_value());
      REQUIRE(*wheel.next() > now);
      now = *wheel.next();
    }
    CHECK(now >= kStart + delay);
    CHECK(now <= kStart + std::max<std::chrono::milliseconds>(delay + TimerWheel::kTick, 100ms));
    CHECK(!wheel.next().has_value());
  }
}

TEST_CASE("a wheel that was not looked at for long gives everything that is due") {
  TimerWheel wheel(kStart);
  for (std::uint32_t i = 0; i < 100; ++i)
    wheel.set(i, kStart + i * 1s);
  CHECK(fired(wheel, kStart + 50s).size() == 51);
  CHECK(fired(wheel, kStart + 1h).size() == 49);
}

TEST_CASE("a reminder that is set while reminders come is not lost") {
  TimerWheel wheel(kStart);
  wheel.set(1, kStart + 1s);
  int times = 0;
  wheel.advance(kStart + 10s, [&](std::uint32_t slot) {
    if (++times < 5)
      wheel.set(slot, kStart);
  });
  CHECK(times == 5);
}

TEST_CASE("liveness: a hello is due, then signs of life") {
  const Timeouts timeouts;
  using Verdict = Liveness::Verdict;
  Liveness liveness(kStart);
  CHECK(liveness.check(kStart + 9'999ms, false, timeouts) == Verdict::alive);
  CHECK(liveness.check(kStart + 10s, false, timeouts) == Verdict::hello_timeout);
  liveness.said_hello(kStart + 1s);
  liveness.heard(kStart + 1s);
  CHECK(liveness.check(kStart + 60s, false, timeouts) == Verdict::alive);
  CHECK(liveness.check(kStart + 61s, false, timeouts) == Verdict::silent);
  // The ping itself was taken by the kernel in the same round.
  liveness.took(kStart + 61s);
  liveness.pinged(kStart + 61s);
  CHECK(liveness.check(kStart + 90s, false, timeouts) == Verdict::alive);

  SUBCASE("no byte came and none was taken: gone") {
    CHECK(liveness.check(kStart + 91s, false, timeouts) == Verdict::ping_timeout);
  }
  SUBCASE("a byte came: alive") {
    liveness.heard(kStart + 80s);
    CHECK(liveness.check(kStart + 91s, false, timeouts) == Verdict::alive);
    CHECK(liveness.check(kStart + 140s, false, timeouts) == Verdict::silent);
  }
  SUBCASE("a byte was taken: alive") {
    liveness.took(kStart + 80s);
    CHECK(liveness.check(kStart + 91s, false, timeouts) == Verdict::alive);
  }
  SUBCASE("output is pending: 5 minutes without any of it being taken") {
    liveness.blocked(kStart + 62s);
    CHECK(liveness.check(kStart + 361s, true, timeouts) == Verdict::alive);
    CHECK(liveness.check(kStart + 362s, true, timeouts) == Verdict::stalled);
  }
}

TEST_CASE("a coarse time is the time or up to a tenth of a second later") {
  CHECK(!CoarseTime().is_set());
  for (const auto past : {0ns, 1ns, 99'999'999ns, 100'000'000ns}) {
    const CoarseTime coarse(kStart + past);
    CHECK(coarse.is_set());
    CHECK(coarse.time() >= kStart + past);
    CHECK(coarse.time() < kStart + past + 100ms);
  }
}

TEST_CASE("arrivals go to whoever has the fewest, also after some have ended") {
  Arrivals arrivals(3);
  const auto accepting = arrivals.accepting();
  std::vector<std::size_t> given(3);
  for (int i = 0; i < 9; ++i)
    ++given[arrivals.add({}).value];
  CHECK(given == std::vector<std::size_t>{3, 3, 3});
  CHECK(arrivals.take(ReactorId{1}).size() == 3);
  CHECK(arrivals.take(ReactorId{1}).empty());
  arrivals.ended(ReactorId{1});
  arrivals.ended(ReactorId{1});
  CHECK(arrivals.add({}) == ReactorId{1});
  CHECK(arrivals.add({}) == ReactorId{1});
  const auto last = arrivals.take(ReactorId{1});
  REQUIRE(last.size() == 2);
  CHECK(last[0].arrival < last[1].arrival);
}

TEST_CASE("of several reactors each holds back what is not worth a send") {
  FlushPace one(1);
  FlushPace two(2);
  CHECK(two.may_begin(kStart, 1));
  one.flushed(kStart, kStart + 10ms);
  two.flushed(kStart, kStart + 10ms);
  CHECK(one.may_begin(kStart + 10ms, 1));
  CHECK(!two.may_begin(kStart + 19ms, FlushPace::kPortion - 1));
  CHECK(two.may_begin(kStart + 10ms, FlushPace::kPortion));
  CHECK(two.not_before() == kStart + 20ms);
  CHECK(two.may_begin(kStart + 20ms, 1));
  two.flushed(kStart + 1s, kStart + 1s + 100us);
  CHECK(two.may_begin(kStart + 1s + 100us, 1));
  // What took so long was something else.
  two.flushed(kStart + 2s, kStart + 4s);
  CHECK(two.not_before() == kStart + 4s + FlushPace::kLongestHold);
}

TEST_CASE("a view that is held for somebody who is leaving goes on where the next reader comes") {
  RoomViews views;
  const LogPlace begin{Position{}, Sequence{1}};
  const LogPlace later{Position{32}, Sequence{3}};
  Cursor leaving{.view = &views.open(RoomId{1}, begin), .next = Sequence{1}, .limit = Position{}};
  leaving.view->add(leaving);
  // No head was handed out meanwhile, and what was before this place is held no more.
  RoomView& view = views.open(RoomId{1}, later);
  view.drop_below({RoomId{1}, later.position, later.next});
  Cursor late{.view = &view, .next = Sequence{1}};
  view.add(late);
  CHECK(view.head() == later.position);
  CHECK(has_unread(late));
  CHECK(!has_unread(leaving));
}

TEST_CASE("cursors take turns") {
  Cursor a{}, b{}, c{};
  CursorQueue queue;
  const auto order = [&] {
    std::vector<const Cursor*> cursors;
    queue.for_each([&](Cursor& cursor) { cursors.push_back(&cursor); });
    return cursors;
  };
  CHECK(queue.empty());
  queue.push_back(a);
  queue.push_back(b);
  queue.push_back(c);
  CHECK(order() == std::vector<const Cursor*>{&a, &b, &c});
  queue.rotate_and_keep([](const Cursor&) { return true; });
  CHECK(order() == std::vector<const Cursor*>{&b, &c, &a});
  queue.rotate_and_keep([&](const Cursor& cursor) { return &cursor != &c; });
  CHECK(order() == std::vector<const Cursor*>{&a, &b});
  CHECK(c.next_in_turn == nullptr);
  queue.remove(b);
  CHECK(b.next_in_turn == nullptr);
  CHECK(queue.pop_front() == &a);
  CHECK(queue.empty());
  CHECK(queue.pop_front() == nullptr);
}
