#include <doctest/doctest.h>

#include "libchat/recent_messages.hpp"

namespace chat {
namespace {

constexpr RoomId kRoom{7};

MessageId id_of(std::size_t number) {
  return {static_cast<std::uint8_t>(number), static_cast<std::uint8_t>(number >> 8), 1};
}

TEST_CASE("a message is known from its acceptance on, with its number once it is published") {
  RecentMessages recent;
  CHECK(recent.find(id_of(1)) == nullptr);
  recent.accept(id_of(1), 99, kRoom);
  const auto* accepted = recent.find(id_of(1));
  REQUIRE(accepted != nullptr);
  CHECK(accepted->body == 99);
  CHECK(accepted->room == kRoom);
  CHECK(!accepted->is_published());
  recent.publish(id_of(1), kRoom, Sequence{5}, WallTime{6});
  const auto* published = recent.find(id_of(1));
  REQUIRE(published != nullptr);
  CHECK(published->sequence == Sequence{5});
  CHECK(published->time == WallTime{6});
}

TEST_CASE("of the published messages the last 256 are known") {
  RecentMessages recent;
  for (std::size_t i = 0; i < 300; ++i) {
    recent.accept(id_of(i), 0, kRoom);
    recent.publish(id_of(i), kRoom, Sequence{i + 1}, {});
  }
  CHECK(recent.find(id_of(43)) == nullptr);
  CHECK(recent.find(id_of(44)) != nullptr);
  CHECK(recent.find(id_of(299)) != nullptr);
}

TEST_CASE("a message that is not published yet is not forgotten, however many there are") {
  RecentMessages recent;
  for (std::size_t i = 0; i < 100; ++i) {
    recent.accept(id_of(i), 0, kRoom);
    recent.publish(id_of(i), kRoom, Sequence{i + 1}, {});
  }
  for (std::size_t i = 100; i < 1000; ++i)
    recent.accept(id_of(i), 0, kRoom);
  for (std::size_t i = 100; i < 1000; ++i) {
    CHECK(recent.find(id_of(i)) != nullptr);
    recent.publish(id_of(i), kRoom, Sequence{i + 1}, {});
  }
  for (std::size_t i = 1000; i < 3000; ++i) {
    recent.accept(id_of(i), 0, kRoom);
    recent.publish(id_of(i), kRoom, Sequence{i + 1}, {});
  }
  CHECK(recent.find(id_of(1999)) == nullptr);
  for (std::size_t i = 3000 - RecentMessages::kFewest; i < 3000; ++i)
    CHECK(recent.find(id_of(i)) != nullptr);
}

TEST_CASE("a forgotten message leaves the others known, wherever it stood") {
  for (std::size_t forgotten = 300; forgotten < 400; forgotten += 33) {
    RecentMessages recent;
    for (std::size_t i = 0; i < 300; ++i) {
      recent.accept(id_of(i), 0, kRoom);
      recent.publish(id_of(i), kRoom, Sequence{i + 1}, {});
    }
    for (std::size_t i = 300; i < 400; ++i)
      recent.accept(id_of(i), 0, kRoom);
    recent.forget(id_of(forgotten));
    for (std::size_t i = 400; i < 500; ++i)
      recent.accept(id_of(i), 0, kRoom);
    CHECK(recent.find(id_of(forgotten)) == nullptr);
    CHECK(recent.find(id_of(43)) == nullptr);
    CHECK(recent.find(id_of(44)) != nullptr);
    for (std::size_t i = 300; i < 500; ++i)
      CHECK((recent.find(id_of(i)) != nullptr) == (i != forgotten));
  }
}

TEST_CASE("those who repeat a message are handed over once, in order") {
  RecentMessages recent;
  recent.accept(id_of(1), 0, kRoom);
  recent.accept(id_of(2), 0, kRoom);
  recent.repeat({{}, {}, RequestId{11}, id_of(1)});
  recent.repeat({{}, {}, RequestId{12}, id_of(2)});
  recent.repeat({{}, {}, RequestId{13}, id_of(1)});
  const auto of_first = recent.take_repeats(id_of(1));
  REQUIRE(of_first.size() == 2);
  CHECK(of_first[0].request == RequestId{11});
  CHECK(of_first[1].request == RequestId{13});
  CHECK(recent.take_repeats(id_of(1)).empty());
  CHECK(recent.take_repeats(id_of(2)).size() == 1);
}

TEST_CASE("a message that could not be stored can be said again") {
  RecentMessages recent;
  recent.accept(id_of(1), 0, kRoom);
  recent.forget(id_of(1));
  CHECK(recent.find(id_of(1)) == nullptr);
  recent.accept(id_of(1), 0, kRoom);
}

}  // namespace
}  // namespace chat
