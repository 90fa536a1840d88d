#include "libchat/room_log.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <vector>

#include "tests/libchat/random.hpp"

namespace chat {
namespace {

constexpr std::size_t kPlenty = std::size_t{1} << 40;

Bytes frame_of(std::size_t bytes, std::uint8_t fill = 0) {
  return Bytes(bytes, fill);
}

std::vector<std::size_t> capacities(const RoomLog& log) {
  std::vector<std::size_t> sizes;
  for (const auto& segment : log.segments_begun(log.tail()))
    sizes.push_back(segment->capacity());
  return sizes;
}

// A round that appends one frame.
void publish(RoomLog& log, const Bytes& frame, bool is_message) {
  log.append(frame, is_message);
  log.end_round();
}

// What a reader at `from` reads up to the head.
Bytes read(const RoomLog& log, Position from) {
  Bytes bytes;
  const auto segments = log.segments_holding(from);
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const Position end = i + 1 < segments.size() ? segments[i + 1]->begin() : log.head();
    const Position begin = std::max(from, segments[i]->begin());
    append(bytes, segments[i]->range(begin, end));
  }
  return bytes;
}

TEST_CASE("a log that nothing was appended to holds no memory") {
  LogBudget budget(kPlenty);
  const RoomLog log(RoomId{1}, budget, kPlenty);
  CHECK(budget.used() == 0);
  CHECK(log.head() == Position{0});
  CHECK(log.tail() == log.head());
  CHECK(log.next() == Sequence{1});
  CHECK(log.tail_sequence() == Sequence{1});
  CHECK(log.segments_holding(Position{0}).empty());
}

TEST_CASE("segments grow from 128 bytes to 64 KiB") {
  LogBudget budget(kPlenty);
  RoomLog log(RoomId{1}, budget, kPlenty);
  for (int i = 0; i < 3000; ++i)
    log.append(frame_of(100), true);
  constexpr std::size_t kFull = RoomLog::kLargestSegmentBytes;
  const std::vector<std::size_t> expected{128,   256,   512,   1024,  2048,  4096, 8192,
                                          16384, 32768, kFull, kFull, kFull, kFull};
  CHECK(capacities(log) == expected);
}

TEST_CASE("a frame that is larger than the next segment gets one that fits") {
  LogBudget budget(kPlenty);
  RoomLog log(RoomId{1}, budget, kPlenty);
  log.append(frame_of(4000, 1), true);
  log.append(frame_of(16388, 2), true);
  CHECK(capacities(log) == std::vector<std::size_t>{4000, 16388});
  Bytes expected = frame_of(4000, 1);
  append(expected, frame_of(16388, 2));
  CHECK(read(log, Position{0}) == expected);
}

TEST_CASE("a frame that just fits the segment goes into it") {
  LogBudget budget(kPlenty);
  RoomLog log(RoomId{1}, budget, kPlenty);
  log.append(frame_of(116), true);
  log.append(frame_of(12), true);
  CHECK(capacities(log).size() == 1);
  log.append(frame_of(1), true);
  CHECK(capacities(log).size() == 2);
}

TEST_CASE("only messages take a number") {
  LogBudget budget(kPlenty);
  RoomLog log(RoomId{1}, budget, kPlenty);
  log.append(frame_of(10), false);
  CHECK(log.next() == Sequence{1});
  log.append(frame_of(10), true);
  log.append(frame_of(10), false);
  CHECK(log.next() == Sequence{2});
  CHECK(log.head() == Position{30});
}

TEST_CASE("a room holds no more than its retention, the segment being filled included") {
  LogBudget budget(kPlenty);
  constexpr std::size_t kRetention = 256 * 1024;
  RoomLog log(RoomId{1}, budget, kRetention);
  for (int i = 0; i < 10'000; ++i) {
    publish(log, frame_of(64), true);
    const auto sizes = capacities(log);
    std::size_t sum = 0;
    for (const std::size_t size : sizes)
      sum += size;
    REQUIRE(sum <= kRetention);
    REQUIRE(budget.used() == sum);
  }
}

TEST_CASE("with no retention a room still holds the segment being filled") {
  LogBudget budget(kPlenty);
  RoomLog log(RoomId{1}, budget, 0);
  for (int i = 0; i < 1000; ++i)
    publish(log, frame_of(64), true);
  CHECK(capacities(log).size() == 1);
}

TEST_CASE("position and number of the tail belong together") {
  LogBudget budget(kPlenty);
  RoomLog log(RoomId{1}, budget, 1024);
  std::map<Position, Sequence> first_at;
  for (int i = 0; i < 2000; ++i) {
    first_at[log.head()] = log.next();
    publish(log, frame_of(37), i % 3 != 0);
    REQUIRE(first_at.contains(log.tail()));
    REQUIRE(log.tail_sequence() == first_at[log.tail()]);
  }
}

TEST_CASE("all rooms together hold no more than the budget, and the oldest segment goes first") {
  LogBudget budget(512);
  RoomLog old(RoomId{1}, budget, kPlenty);
  RoomLog young(RoomId{2}, budget, kPlenty);
  publish(old, frame_of(100), true);    // 128
  publish(young, frame_of(100), true);  // 128
  publish(old, frame_of(100), true);    // 256: full
  CHECK(budget.used() == 512);
  CHECK(budget.take_shortened().empty());
  publish(young, frame_of(100), true);  // 256 more: the first of each must go
  CHECK(budget.used() == 512);
  CHECK(old.tail() == Position{100});
  CHECK(young.tail() == Position{100});
  CHECK(budget.take_shortened() == std::vector{RoomId{1}, RoomId{2}});
  CHECK(budget.take_shortened().empty());
}

TEST_CASE("what a round appends is held until readers have been told of it, however much it is") {
  LogBudget budget(4096);
  RoomLog log(RoomId{1}, budget, 1024);
  RoomLog other(RoomId{2}, budget, 1024);
  publish(log, frame_of(100), true);
  const Position read_until = log.head();
  Bytes round;
  for (int i = 0; i < 100; ++i) {
    const Bytes frame = frame_of(500, static_cast<std::uint8_t>(i));
    log.append(frame, true);
    append(round, frame);
  }
  for (int i = 0; i < 10; ++i)
    publish(other, frame_of(500), true);
  CHECK(read(log, read_until) == round);
  log.end_round();
  CHECK(read(log, read_until) == round);

  SUBCASE("and goes with the next round that appends") {
    for (int i = 0; i < 200; ++i)
      publish(log, frame_of(500), true);
    CHECK(log.tail() > read_until + round.size());
  }
  SUBCASE("or when another room needs the space") {
    for (int i = 0; i < 200; ++i)
      publish(other, frame_of(500), true);
    CHECK(log.tail() == log.head());
  }
}

TEST_CASE("a quiet room that cannot be shortened does not keep others from being so") {
  LogBudget budget(4096);
  RoomLog first(RoomId{1}, budget, kPlenty);
  RoomLog busy(RoomId{2}, budget, kPlenty);
  first.append(frame_of(10), true);
  for (int i = 0; i < 1000; ++i)
    publish(busy, frame_of(100), true);
  CHECK(first.tail() == Position{});
  CHECK(capacities(busy).size() == 1);
}

TEST_CASE("a room that lost everything goes on where it was") {
  LogBudget budget(1024);
  RoomLog quiet(RoomId{1}, budget, kPlenty);
  RoomLog busy(RoomId{2}, budget, kPlenty);
  publish(quiet, frame_of(100, 7), true);
  for (int i = 0; i < 100; ++i)
    publish(busy, frame_of(100), true);
  CHECK(quiet.tail() == quiet.head());
  CHECK(quiet.tail_sequence() == Sequence{2});
  publish(quiet, frame_of(50, 8), true);
  CHECK(quiet.tail() == Position{100});
  CHECK(quiet.head() == Position{150});
  CHECK(quiet.next() == Sequence{3});
  CHECK(read(quiet, Position{100}) == frame_of(50, 8));
}

TEST_CASE("a budget smaller than one segment still lets a room be written") {
  LogBudget budget(1);
  RoomLog log(RoomId{1}, budget, kPlenty);
  for (int i = 0; i < 100; ++i)
    publish(log, frame_of(300), true);
  CHECK(capacities(log).size() == 1);
  CHECK(log.next() == Sequence{101});
}

TEST_CASE("the room that grows gives its own old segments before its newest") {
  LogBudget budget(1600);
  RoomLog log(RoomId{1}, budget, kPlenty);
  for (int i = 0; i < 20; ++i)
    publish(log, frame_of(100, static_cast<std::uint8_t>(i)), true);
  CHECK(read(log, log.head() + std::size_t{0}).empty());
  CHECK(log.head() - log.tail() >= 100);
}

TEST_CASE("a log that ends gives its memory back") {
  LogBudget budget(kPlenty);
  {
    RoomLog log(RoomId{1}, budget, kPlenty);
    for (int i = 0; i < 100; ++i)
      publish(log, frame_of(100), true);
    CHECK(budget.used() > 0);
  }
  CHECK(budget.used() == 0);
}

TEST_CASE("who holds segments reads the same bytes after they were dropped") {
  LogBudget budget(kPlenty);
  RoomLog log(RoomId{1}, budget, 1024);
  for (int i = 0; i < 10; ++i)
    publish(log, frame_of(90, static_cast<std::uint8_t>(i)), true);
  const Position head = log.head();
  const auto held = log.segments_holding(Position{0});
  const Bytes before = read(log, Position{0});
  for (int i = 0; i < 10'000; ++i)
    publish(log, frame_of(90, 0xEE), true);
  Bytes after;
  for (std::size_t i = 0; i < held.size(); ++i)
    append(after,
           held[i]->range(held[i]->begin(), i + 1 < held.size() ? held[i + 1]->begin() : head));
  CHECK(log.tail() > head);
  CHECK(after == before);
}

TEST_CASE("bytes below a head do not move when more is appended") {
  LogBudget budget(kPlenty);
  RoomLog log(RoomId{1}, budget, kPlenty);
  publish(log, frame_of(100, 1), true);
  const auto segment = log.segments_holding(Position{0}).front();
  const auto* const place = segment->range(Position{0}, log.head()).data();
  publish(log, frame_of(100, 2), true);
  CHECK(log.segments_holding(Position{0}).front()->range(Position{0}, Position{100}).data() ==
        place);
  CHECK(std::ranges::all_of(segment->range(Position{0}, Position{100}),
                            [](std::uint8_t byte) { return byte == 1; }));
}

TEST_CASE("segments are found by what they hold and by where they begin") {
  LogBudget budget(kPlenty);
  RoomLog log(RoomId{1}, budget, kPlenty);
  for (int i = 0; i < 15; ++i)
    publish(log, frame_of(25), true);  // 5 in the first segment, 10 in the second
  CHECK(log.segments_holding(Position{0}).size() == 2);
  CHECK(log.segments_holding(Position{124}).size() == 2);
  CHECK(log.segments_holding(Position{125}).size() == 1);
  CHECK(log.segments_holding(log.head()).empty());
  CHECK(log.segments_begun(Position{0}).size() == 2);
  CHECK(log.segments_begun(Position{1}).size() == 1);
  CHECK(log.segments_begun(Position{125}).size() == 1);
  CHECK(log.segments_begun(Position{126}).empty());
}

TEST_CASE("whatever is appended in whichever rooms, readers read what was appended") {
  test::Random random(3);
  LogBudget budget(64 * 1024);
  std::vector<std::unique_ptr<RoomLog>> logs;
  std::vector<Bytes> written(5);
  for (std::uint32_t i = 0; i < 5; ++i)
    logs.push_back(std::make_unique<RoomLog>(RoomId{i}, budget, 32 * 1024));
  for (int step = 0; step < 4000; ++step) {
    const std::size_t room = random.below(random.one_in(2) ? 2 : 5);
    const std::size_t size = 1 + random.below(random.one_in(20) ? 16'388 : 200);
    const Bytes frame = frame_of(size, static_cast<std::uint8_t>(step));
    publish(*logs[room], frame, random.one_in(2));
    append(written[room], frame);
    const Position from = logs[room]->tail();
    REQUIRE(budget.used() <= 64 * 1024);
    if (step % 16 == 0)
      REQUIRE(read(*logs[room], from) ==
              Bytes(written[room].begin() + static_cast<std::ptrdiff_t>(from.value),
                    written[room].end()));
  }
}

}  // namespace
}  // namespace chat
