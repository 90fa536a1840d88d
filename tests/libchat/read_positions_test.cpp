// Up to where users have seen their rooms, and whose position goes when there are too many.
#include "libchat/read_positions.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

namespace chat {
namespace {

constexpr UserId kAnn{1};
constexpr UserId kBob{2};
constexpr UserId kEve{3};
constexpr Sequence kOne{1};

using Places = std::vector<ReadPositions::Place>;

Places advance(ReadPositions& positions, UserId user, RoomId room, Sequence sequence = kOne) {
  const auto changed = positions.advance(user, room, sequence);
  return {changed.begin(), changed.end()};
}

TEST_CASE("a position only goes up") {
  ReadPositions positions;
  CHECK(positions.of(kAnn, {1}) == Sequence{});
  CHECK(advance(positions, kAnn, {1}, {}).empty());
  CHECK(advance(positions, kAnn, {1}, {5}) == Places{{kAnn, {1}}});
  CHECK(advance(positions, kAnn, {1}, {5}).empty());
  CHECK(advance(positions, kAnn, {1}, {4}).empty());
  CHECK(positions.of(kAnn, {1}) == Sequence{5});
  CHECK(positions.of(kAnn, {2}) == Sequence{});
  CHECK(positions.of(kBob, {1}) == Sequence{});
}

TEST_CASE("whoever has as many as they may loses the one that has not moved for longest") {
  ReadPositions positions({.of_user = 3, .in_all = 100});
  advance(positions, kBob, {9});
  for (const RoomId room : {RoomId{1}, RoomId{2}, RoomId{3}})
    advance(positions, kAnn, room);
  advance(positions, kAnn, {1}, {2});
  CHECK(advance(positions, kAnn, {4}) == Places{{kAnn, {4}}, {kAnn, {2}}});
  CHECK(positions.of(kAnn, {2}) == Sequence{});
  CHECK(positions.of(kAnn, {1}) == Sequence{2});
  CHECK(positions.of(kAnn, {4}) == kOne);
  CHECK(positions.of(kBob, {9}) == kOne);
}

TEST_CASE("when all are too many, whoever has most loses the one that has not moved for longest") {
  ReadPositions positions({.of_user = 3, .in_all = 4});
  advance(positions, kAnn, {1});
  for (const RoomId room : {RoomId{2}, RoomId{3}, RoomId{4}})
    advance(positions, kEve, room);
  CHECK(advance(positions, kBob, {1}) == Places{{kBob, {1}}, {kEve, {2}}});
  CHECK(positions.of(kAnn, {1}) == kOne);
  // Nobody needs room for what they have.
  CHECK(advance(positions, kAnn, {1}, {2}) == Places{{kAnn, {1}}});
  SUBCASE("also when that is whoever goes on") {
    CHECK(advance(positions, kEve, {5}) == Places{{kEve, {5}}, {kEve, {3}}});
  }
  SUBCASE("and nobody where there is room again") {
    SUBCASE("of a place") {
      positions.forget(kEve, {3});
    }
    SUBCASE("of a user") {
      positions.forget(kEve);
    }
    CHECK(advance(positions, kBob, {5}) == Places{{kBob, {5}}});
  }
}

TEST_CASE("what is forgotten is not known, and may come again") {
  ReadPositions positions({.of_user = 2, .in_all = 2});
  advance(positions, kAnn, {1}, {5});
  advance(positions, kAnn, {2}, {5});
  SUBCASE("of a place") {
    positions.forget(kAnn, {1});
    CHECK(positions.of(kAnn, {2}) == Sequence{5});
  }
  SUBCASE("of a user") {
    positions.forget(kAnn);
    CHECK(positions.of(kAnn, {2}) == Sequence{});
  }
  positions.forget(kAnn, {7});
  positions.forget(kBob);
  CHECK(positions.of(kAnn, {1}) == Sequence{});
  CHECK(advance(positions, kAnn, {1}, {3}) == Places{{kAnn, {1}}});
}

TEST_CASE("whoever has no more than their share of all loses nothing to those who want more") {
  ReadPositions positions({.of_user = 10, .in_all = 1'000});
  for (std::uint32_t room = 1; room <= 9; ++room)
    advance(positions, kAnn, {room});
  for (std::uint64_t user = 100; user < 205; ++user)
    for (std::uint32_t room = 1; room <= 20; ++room)
      advance(positions, {user}, {room});
  for (std::uint32_t room = 1; room <= 9; ++room)
    CHECK(positions.of(kAnn, {room}) == kOne);
  CHECK(advance(positions, kBob, {1}).size() == 2);
  CHECK(positions.of(kBob, {1}) == kOne);
}

}  // namespace
}  // namespace chat
