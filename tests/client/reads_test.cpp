#include "client/reads.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <utility>
#include <vector>

using namespace chat;
using namespace chat::client;

namespace {

constexpr RoomId kTea{2};
constexpr RoomId kCake{3};

Range range(std::uint64_t after, std::uint64_t before, std::size_t most,
            Range::For what = Range::For::missed, RoomId room = kTea) {
  return {what, room, {after}, {before}, most};
}

std::optional<protocol::ReadHistory> next(Reads& reads) {
  return reads.next([](RoomId) { return true; });
}

// The messages from `first` to `last`.
protocol::History page(std::uint64_t first, std::uint64_t last, bool more, RoomId room = kTea) {
  protocol::History history{.request = {}, .room = room, .more = more, .messages = {}};
  for (std::uint64_t number = first; number <= last; ++number)
    history.messages.push_back({{number}, {}, {}, MessageKind::text, "Lisa", "text"});
  return history;
}

std::vector<std::uint64_t> numbers(const Reads::Part& part) {
  std::vector<std::uint64_t> all;
  for (const auto& message : part.messages)
    all.push_back(message.sequence.value);
  return all;
}

using Numbers = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE("a range is read from its end, until it is complete") {
  Reads reads;
  reads.want(range(10, 21, 1000));
  const auto first = next(reads);
  REQUIRE(first.has_value());
  CHECK(first->room == kTea);
  CHECK(first->before == Sequence{21});
  CHECK(first->count == 10);
  CHECK_FALSE(next(reads).has_value());
  const auto part = reads.take(page(15, 20, true));
  REQUIRE(part.has_value());
  CHECK(numbers(*part) == Numbers{15, 16, 17, 18, 19, 20});
  CHECK_FALSE(part->is_last);
  const auto second = next(reads);
  REQUIRE(second.has_value());
  CHECK(second->before == Sequence{15});
  CHECK(second->count == 4);
  CHECK(reads.take(page(11, 14, true))->is_last);
  CHECK_FALSE(next(reads).has_value());
}

TEST_CASE("no more is read than is wanted, nor asked for in a page than a server gives") {
  Reads reads;
  reads.want(range(0, 5000, 600));
  CHECK(next(reads)->count == 500);
  CHECK_FALSE(reads.take(page(4500, 4999, true))->is_last);
  CHECK(next(reads)->count == 100);
  CHECK(reads.take(page(4400, 4499, true))->is_last);
}

TEST_CASE("a range without an end begins with the last messages") {
  Reads reads;
  reads.want(range(10, 0, 500));
  CHECK(next(reads)->before == Sequence{});
  const auto part = reads.take(page(9, 12, true));
  CHECK(numbers(*part) == Numbers{11, 12});
  CHECK(part->is_last);
}

TEST_CASE("where the server has nothing older, a range ends") {
  Reads reads;
  reads.want(range(0, 21, 1000));
  next(reads);
  const auto part = reads.take(page(15, 20, false));
  CHECK(part->is_last);
  CHECK(part->is_oldest);
  reads.want(range(0, 15, 1000));
  next(reads);
  CHECK(reads.take(page(1, 0, false))->is_last);
}

TEST_CASE("a server cannot make a client read for ever, or take what was not asked for") {
  Reads reads;
  reads.want(range(10, 21, 1000));
  next(reads);
  SUBCASE("an empty page of which there is more") {
    CHECK(reads.take(page(1, 0, true))->is_last);
  }
  SUBCASE("messages of other numbers") {
    CHECK(numbers(*reads.take(page(5, 40, true))) ==
          Numbers{11, 12, 13, 14, 15, 16, 17, 18, 19, 20});
  }
  SUBCASE("messages in another order") {
    protocol::History mixed = page(11, 14, true);
    std::swap(mixed.messages[1], mixed.messages[2]);
    CHECK(numbers(*reads.take(std::move(mixed))) == Numbers{11, 13, 14});
  }
  SUBCASE("messages of another room") {
    const auto part = reads.take(page(11, 14, true, kCake));
    CHECK(part->messages.empty());
    CHECK(part->is_last);
  }
}

TEST_CASE("what nobody has asked for is not taken") {
  Reads reads;
  CHECK_FALSE(reads.take(page(1, 2, true)).has_value());
  CHECK_FALSE(reads.refused().has_value());
}

TEST_CASE("ranges are read by turns, and what somebody waits for comes first") {
  Reads reads;
  reads.want(range(0, 100, 1000, Range::For::entered, kTea));
  reads.want(range(0, 100, 1000, Range::For::entered, kCake));
  CHECK(next(reads)->room == kTea);
  reads.take(page(50, 99, true, kTea));
  CHECK(next(reads)->room == kCake);
  reads.want(range(0, 30, 1000, Range::For::older, kTea));
  reads.take(page(50, 99, true, kCake));
  CHECK(next(reads)->before == Sequence{30});
  reads.take(page(20, 29, true, kTea));
  CHECK(next(reads)->before == Sequence{20});
  reads.take(page(1, 19, false, kTea));
  CHECK(next(reads)->room == kTea);
}

TEST_CASE("what is recalled is asked for last, and all of it only when there is something new") {
  constexpr RoomId kOld{4};
  Reads reads;
  reads.want(range(10, 0, 1000, Range::For::recalled, kOld));
  reads.want(range(20, 0, 1000, Range::For::recalled, kCake));
  reads.want(range(0, 100, 1000, Range::For::entered));
  CHECK(next(reads)->room == kTea);
  reads.take(page(50, 99, false));
  const auto first = next(reads);
  CHECK(first->room == kOld);
  CHECK(first->count == 1);
  SUBCASE("nothing") {
    const auto part = reads.take(page(10, 10, true, kOld));
    CHECK(part->messages.empty());
    CHECK(part->is_last);
    CHECK(next(reads)->room == kCake);
  }
  SUBCASE("something") {
    const auto part = reads.take(page(30, 30, true, kOld));
    CHECK(numbers(*part) == Numbers{30});
    CHECK(part->range.what == Range::For::missed);
    const auto rest = next(reads);
    CHECK(rest->room == kOld);
    CHECK(rest->before == Sequence{30});
    CHECK(rest->count == 19);
  }
  SUBCASE("a lost connection") {
    reads.interrupted();
    CHECK(next(reads)->count == 1);
  }
}

TEST_CASE("a room that may not be read waits") {
  Reads reads;
  reads.want(range(0, 100, 1000, Range::For::entered, kTea));
  CHECK_FALSE(reads.next([](RoomId room) { return room == kCake; }).has_value());
  reads.want(range(0, 100, 1000, Range::For::entered, kCake));
  CHECK(reads.next([](RoomId room) { return room == kCake; })->room == kCake);
}

TEST_CASE("what is not wanted any more is dropped when it comes, and only then the next is asked") {
  Reads reads;
  reads.want(range(0, 100, 1000, Range::For::excerpt, kTea));
  next(reads);
  reads.want(range(0, 100, 1000, Range::For::excerpt, kCake));
  reads.forget(kTea);
  CHECK_FALSE(reads.wants(kTea, Range::For::excerpt));
  CHECK_FALSE(next(reads).has_value());
  CHECK_FALSE(reads.take(page(50, 99, true, kTea)).has_value());
  CHECK(next(reads)->room == kCake);
}

TEST_CASE("a page that a lost connection has taken along is asked for again") {
  Reads reads;
  reads.want(range(0, 100, 1000));
  next(reads);
  reads.interrupted();
  CHECK(reads.wants(kTea, Range::For::missed));
  CHECK(next(reads)->before == Sequence{100});
  CHECK(reads.refused()->room == kTea);
  CHECK_FALSE(next(reads).has_value());
}

TEST_CASE("of one purpose a room has one range") {
  Reads reads;
  reads.want(range(0, 100, 1000));
  reads.want(range(0, 50, 1000));
  CHECK(next(reads)->before == Sequence{50});
  reads.take(page(1, 49, false));
  CHECK_FALSE(next(reads).has_value());
  reads.want(range(5, 6, 1000));
  CHECK_FALSE(next(reads).has_value());
}
