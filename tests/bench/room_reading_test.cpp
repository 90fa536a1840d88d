#include "bench/protocols/room_reading.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace chat;
using namespace chat::bench;

namespace {

using Opened = RoomReading::Opened;
using Numbers = std::vector<std::uint64_t>;

// All that can be read now.
Numbers read(RoomReading& reading) {
  Numbers numbers;
  while (const auto heard = reading.next())
    numbers.push_back(heard->sequence.value);
  return numbers;
}

protocol::History page(std::uint64_t from, std::uint64_t to, bool more) {
  protocol::History history{{}, {}, more, {}};
  for (std::uint64_t number = from; number <= to; ++number)
    history.messages.push_back({Sequence{number}, {}, {}, MessageKind::text, "Lisa", "hello"});
  return history;
}

RoomReading read_up_to(RoomKind kind, std::uint64_t last) {
  RoomReading reading(kind);
  reading.opened(Sequence{1}, Opened::entered);
  CHECK(read(reading) == Numbers{});
  for (std::uint64_t number = 1; number <= last; ++number)
    reading.read(Sequence{number});
  reading.lose();
  return reading;
}

}  // namespace

TEST_CASE("a room that goes on where it was known needs no history") {
  RoomReading reading = read_up_to(RoomKind::open, 5);
  CHECK(reading.last() == Sequence{5});
  CHECK(reading.may_go_on_with(Sequence{6}));
  CHECK_FALSE(reading.may_go_on_with(Sequence{5}));
  CHECK_FALSE(reading.may_go_on_with(Sequence{7}));
  reading.opened(Sequence{6}, Opened::named);
  CHECK(read(reading) == Numbers{});
  CHECK_FALSE(reading.wanted().has_value());
  CHECK(reading.reads_on());
}

TEST_CASE("what was missed is filled in, page by page, before what comes meanwhile") {
  RoomReading reading = read_up_to(RoomKind::open, 5);
  reading.opened(Sequence{10}, Opened::entered);
  CHECK(read(reading) == Numbers{});
  CHECK_FALSE(reading.reads_on());
  CHECK(reading.wanted() == Sequence{10});
  reading.keep({Sequence{10}, {}, "later"});
  CHECK(read(reading) == Numbers{});
  reading.fill(page(8, 9, true));
  CHECK(reading.wanted() == Sequence{8});
  CHECK(read(reading) == Numbers{});
  reading.fill(page(4, 7, true));
  CHECK_FALSE(reading.wanted().has_value());
  CHECK(read(reading) == Numbers{6, 7, 8, 9, 10});
  CHECK(reading.reads_on());
  CHECK(reading.last() == Sequence{10});
}

TEST_CASE("who knows nothing of a room fills it in from the first message on") {
  RoomReading reading(RoomKind::open);
  reading.opened(Sequence{3}, Opened::named);
  CHECK(reading.wanted() == Sequence{3});
  reading.fill(page(1, 2, false));
  CHECK(read(reading) == Numbers{1, 2});
}

TEST_CASE("what the history does not have stays missing") {
  RoomReading reading(RoomKind::open);
  reading.opened(Sequence{5}, Opened::entered);
  reading.fill(page(3, 4, false));
  CHECK(read(reading) == Numbers{3, 4});
  CHECK(reading.reads_on());
  reading.lose();
  reading.opened(Sequence{7}, Opened::entered);
  reading.fill(page(1, 0, false));
  CHECK(read(reading) == Numbers{});
  CHECK(reading.reads_on());
}

TEST_CASE("a lost connection takes along what was to be filled in") {
  RoomReading reading = read_up_to(RoomKind::open, 5);
  reading.opened(Sequence{10}, Opened::entered);
  reading.keep({Sequence{10}, {}, "later"});
  reading.fill(page(8, 9, true));
  reading.lose();
  CHECK(reading.last() == Sequence{5});
  // The session's room begins with its tenth message, whatever hello says.
  CHECK(reading.may_go_on_with(Sequence{10}));
  CHECK_FALSE(reading.may_go_on_with(Sequence{6}));
  reading.opened(Sequence{10}, Opened::named);
  CHECK(reading.wanted() == Sequence{10});
}

TEST_CASE("a room that hello did not name may go on before where it was opened") {
  RoomReading reading(RoomKind::open);
  reading.opened(Sequence{101}, Opened::unnamed);
  reading.lose();
  CHECK(reading.may_go_on_with(Sequence{2}));
  reading.opened(Sequence{2}, Opened::named);
  CHECK_FALSE(reading.may_go_on_with(Sequence{3}));
}

TEST_CASE("a room that another session entered unseen goes on from there") {
  RoomReading reading = read_up_to(RoomKind::open, 5);
  reading.closed();
  CHECK(reading.may_go_on_with(Sequence{9}));
  CHECK_FALSE(reading.may_go_on_with(Sequence{5}));
}

TEST_CASE("one's own messages of a pair are known when they are acknowledged") {
  RoomReading reading(RoomKind::pair);
  reading.opened(Sequence{1}, Opened::entered);
  CHECK(read(reading) == Numbers{});
  reading.read(Sequence{2});
  reading.read(Sequence{4});
  CHECK(reading.last() == Sequence{});
  reading.acknowledged(Sequence{1});
  CHECK(reading.last() == Sequence{2});
  reading.lose();
  CHECK_FALSE(reading.is_news(Sequence{4}));
  CHECK(reading.is_news(Sequence{4}));
  CHECK(reading.is_news(Sequence{5}));
}

TEST_CASE("what is known of a pair is not told again when it is filled in") {
  RoomReading reading(RoomKind::pair);
  reading.opened(Sequence{1}, Opened::entered);
  CHECK(read(reading) == Numbers{});
  reading.read(Sequence{2});
  reading.opened(Sequence{4}, Opened::entered);
  CHECK(reading.wanted() == Sequence{4});
  reading.fill(page(1, 3, false));
  CHECK(read(reading) == Numbers{1, 3});
  CHECK(reading.last() == Sequence{3});
}

TEST_CASE("a gap is passed over") {
  RoomReading reading = read_up_to(RoomKind::open, 5);
  reading.missed(Sequence{8});
  CHECK(reading.last() == Sequence{8});
}
