#include "bench/load/oracle.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace chat;
using namespace chat::bench;

namespace {

constexpr std::size_t kTextBytes = 40;

// Two clients that both send, and a server that can be told to do it wrong.
struct Room {
  Oracle oracle{2, 2, kTextBytes};
  std::vector<std::string> texts;  // by place

  // Sent, and acknowledged to stand at the next place.
  void say(ClientIndex sender) {
    const std::uint32_t number = oracle.send(sender);
    texts.push_back(compose_text({sender, number, Instant(Duration(texts.size()))}, kTextBytes));
    oracle.acknowledge(sender, number, Sequence{texts.size()});
  }

  void deliver(ClientIndex client, std::uint64_t sequence) {
    oracle.deliver(client, Sequence{sequence}, texts[sequence - 1]);
  }

  void deliver_all(ClientIndex client) {
    for (std::uint64_t sequence = 1; sequence <= texts.size(); ++sequence)
      deliver(client, sequence);
  }
};

Room room_with_four_messages() {
  Room room;
  for (const ClientIndex sender : {0U, 1U, 0U, 1U})
    room.say(sender);
  return room;
}

}  // namespace

TEST_CASE("everything once and in order is clean") {
  Room room = room_with_four_messages();
  room.deliver_all(0);
  CHECK_FALSE(room.oracle.complete());
  room.deliver_all(1);
  CHECK(room.oracle.complete());
  const Verdict verdict = room.oracle.judge();
  CHECK(verdict.clean());
  CHECK(verdict.sent == 4);
  CHECK(verdict.expected == 8);
  CHECK(verdict.delivered == 8);
}

TEST_CASE("a delivery gives the time from which its latency counts") {
  Room room = room_with_four_messages();
  CHECK(room.oracle.deliver(1, Sequence{1}, room.texts[0]) == Instant(Duration(0)));
  CHECK(room.oracle.deliver(1, Sequence{3}, room.texts[2]) == Instant(Duration(2)));
}

TEST_CASE("everybody has a message when the last one gets it") {
  Room room = room_with_four_messages();
  room.deliver(0, 1);
  CHECK_FALSE(room.oracle.everybody_has_it());
  room.deliver(0, 1);
  CHECK_FALSE(room.oracle.everybody_has_it());
  room.deliver(1, 1);
  CHECK(room.oracle.everybody_has_it());
  room.deliver(1, 2);
  CHECK_FALSE(room.oracle.everybody_has_it());
}

TEST_CASE("a dropped message is one lost") {
  Room room = room_with_four_messages();
  room.deliver_all(0);
  for (const std::uint32_t sequence : {1U, 3U, 4U})
    room.deliver(1, sequence);
  const Verdict verdict = room.oracle.judge();
  CHECK(verdict.lost == 1);
  CHECK(verdict.duplicated == 0);
  CHECK(verdict.misordered == 0);
  CHECK(verdict.delivered == 7);
  CHECK_FALSE(verdict.clean());
}

TEST_CASE("a message dropped at the end is one lost") {
  Room room = room_with_four_messages();
  room.deliver_all(0);
  for (const std::uint32_t sequence : {1U, 2U, 3U})
    room.deliver(1, sequence);
  CHECK(room.oracle.judge().lost == 1);
  CHECK_FALSE(room.oracle.complete());
}

TEST_CASE("a doubled message is one duplicated") {
  Room room = room_with_four_messages();
  room.deliver_all(0);
  for (const std::uint32_t sequence : {1U, 2U, 2U, 3U, 4U})
    room.deliver(1, sequence);
  const Verdict verdict = room.oracle.judge();
  CHECK(verdict.duplicated == 1);
  CHECK(verdict.lost == 0);
  CHECK(verdict.misordered == 0);
  CHECK(verdict.delivered == 9);
  CHECK(room.oracle.complete());
}

TEST_CASE("neither duplicates nor what is foreign bring the rest nearer") {
  Room room = room_with_four_messages();
  CHECK(room.oracle.outstanding() == 8);
  room.deliver_all(0);
  CHECK(room.oracle.outstanding() == 4);
  room.deliver_all(0);
  for (const std::uint64_t sequence : {0U, 2U, 5U})
    room.oracle.deliver(0, Sequence{sequence}, "hello");
  room.oracle.deliver(1, Sequence{1}, "hello");
  CHECK(room.oracle.outstanding() == 4);
  CHECK(room.oracle.send(0) == 2);
  CHECK(room.oracle.outstanding() == 7);
  room.oracle.acknowledge(0, 2, Sequence{5});
  CHECK(room.oracle.outstanding() == 6);
}

TEST_CASE("two swapped messages are one misordered, whoever sees them first") {
  for (const bool right_order_first : {true, false}) {
    CAPTURE(right_order_first);
    Room room = room_with_four_messages();
    if (right_order_first)
      room.deliver_all(0);
    for (const std::uint32_t sequence : {1U, 3U, 2U, 4U})
      room.deliver(1, sequence);
    if (!right_order_first)
      room.deliver_all(0);
    const Verdict verdict = room.oracle.judge();
    CHECK(verdict.misordered == 1);
    CHECK(verdict.lost == 0);
    CHECK(verdict.duplicated == 0);
  }
}

TEST_CASE("another message under the same number is misordered") {
  Room room = room_with_four_messages();
  room.deliver_all(0);
  std::swap(room.texts[1], room.texts[2]);
  room.deliver_all(1);
  CHECK(room.oracle.judge().misordered == 2);
}

TEST_CASE("messages of a sender in another order than it sent them are misordered for everybody") {
  Room room;
  for (int i = 0; i < 3; ++i)
    room.oracle.send(0);
  for (const std::uint32_t number : {0U, 2U, 1U})
    room.texts.push_back(compose_text({0, number, {}}, kTextBytes));
  room.deliver_all(0);
  room.deliver_all(1);
  CHECK(room.oracle.judge().misordered == 1);
  CHECK(room.oracle.judge().lost == 0);
}

TEST_CASE("a message that does not stand where it was acknowledged is misordered") {
  Room room;
  for (const std::uint32_t place : {2U, 1U}) {
    const std::uint32_t number = room.oracle.send(0);
    room.texts.push_back(compose_text({0, number, {}}, kTextBytes));
    room.oracle.acknowledge(0, number, Sequence{place});
  }
  room.deliver_all(0);
  room.deliver_all(1);
  CHECK(room.oracle.judge().misordered == 2);
}

TEST_CASE("an acknowledgement of what was never sent, or a second one, is misordered") {
  Room room = room_with_four_messages();
  room.deliver_all(0);
  room.deliver_all(1);
  room.oracle.acknowledge(0, 0, Sequence{1});
  room.oracle.acknowledge(0, 99, Sequence{1});
  room.oracle.acknowledge(7, 0, Sequence{1});
  CHECK(room.oracle.judge().misordered == 3);
}

TEST_CASE("an acknowledgement with a number that no message can have is misordered") {
  Room room;
  const std::uint32_t number = room.oracle.send(0);
  room.texts.push_back(compose_text({0, number, {}}, kTextBytes));
  room.oracle.acknowledge(0, number, Sequence{0});
  room.deliver_all(0);
  room.deliver_all(1);
  CHECK(room.oracle.judge().misordered == 1);
  CHECK(room.oracle.judge().unacknowledged == 0);
}

TEST_CASE("a second acknowledgement is misordered, also when the first one had the number 0") {
  Room room;
  const std::uint32_t number = room.oracle.send(0);
  room.oracle.acknowledge(0, number, Sequence{0});
  room.oracle.acknowledge(0, number, Sequence{1});
  CHECK(room.oracle.judge().misordered == 1);
  CHECK(room.oracle.judge().unacknowledged == 0);
}

TEST_CASE("what was acknowledged and came to nobody is lost to everybody") {
  Room room = room_with_four_messages();
  for (const ClientIndex client : {0U, 1U})
    for (const std::uint32_t sequence : {1U, 2U, 4U})
      room.deliver(client, sequence);
  CHECK(room.oracle.judge().lost == 2);
}

TEST_CASE("a message without acknowledgement is reported") {
  Room room = room_with_four_messages();
  room.oracle.send(0);
  room.texts.push_back(compose_text({0, 2, {}}, kTextBytes));
  room.deliver_all(0);
  room.deliver_all(1);
  CHECK_FALSE(room.oracle.complete());
  CHECK(room.oracle.judge().unacknowledged == 1);
  CHECK(room.oracle.judge().lost == 0);
}

TEST_CASE("messages that nobody here sent are foreign, whatever number they have") {
  Room room = room_with_four_messages();
  room.deliver_all(0);
  room.deliver_all(1);
  const std::string text(kTextBytes, 'x');
  room.oracle.deliver(0, Sequence{0}, text);
  room.oracle.deliver(0, Sequence{5}, text);
  room.oracle.deliver(0, Sequence{0xFFFFFFFFFFFFFFFF}, text);
  CHECK(room.oracle.judge().foreign == 3);
  CHECK(room.oracle.judge().lost == 0);
}

TEST_CASE("what is foreign under a number that one has already replaces nothing") {
  Room room = room_with_four_messages();
  room.deliver_all(0);
  room.deliver_all(1);
  room.oracle.deliver(0, Sequence{2}, std::string(kTextBytes, 'x'));
  const Verdict verdict = room.oracle.judge();
  CHECK(verdict.foreign == 1);
  CHECK(verdict.lost == 0);
  CHECK(verdict.duplicated == 0);
  CHECK(room.oracle.complete());
}

TEST_CASE("a text that was cut, lengthened or garbled is not the message, whoever sees it first") {
  for (const bool wrong_first : {false, true})
    for (const auto& spoil :
         std::vector<void (*)(std::string&)>{[](std::string& text) { text.pop_back(); },
                                             [](std::string& text) { text.push_back('.'); },
                                             [](std::string& text) { text.back() = 'x'; },
                                             [](std::string& text) { text[kMarkBytes] = 0; }}) {
      CAPTURE(wrong_first);
      Room room = room_with_four_messages();
      std::string wrong = room.texts[1];
      spoil(wrong);
      CAPTURE(wrong);
      if (!wrong_first)
        room.deliver_all(0);
      std::swap(room.texts[1], wrong);
      room.deliver_all(1);
      std::swap(room.texts[1], wrong);
      if (wrong_first)
        room.deliver_all(0);
      const Verdict verdict = room.oracle.judge();
      CHECK(verdict.lost == 1);
      CHECK(verdict.foreign == 1);
      CHECK(verdict.misordered == 0);
      CHECK_FALSE(room.oracle.complete());
    }
}

TEST_CASE("what a client was told is missing is not lost, when it is just what comes next") {
  Oracle oracle(1, 1, 64);
  for (int i = 0; i < 4; ++i)
    oracle.send(0);
  oracle.miss(0, Sequence{1}, Sequence{2});
  CHECK(oracle.seen(0) == 2);
  CHECK(oracle.judge().lost == 2);
  CHECK(oracle.judge().misordered == 0);
  oracle.miss(0, Sequence{4}, Sequence{4});
  oracle.miss(0, Sequence{3}, Sequence{5});
  CHECK(oracle.judge().lost == 2);
  CHECK(oracle.judge().misordered == 2);
}

TEST_CASE("a message that is published twice is duplicated for all") {
  Room room;
  for (const ClientIndex sender : {0U, 1U, 1U})
    room.say(sender);
  room.texts.insert(room.texts.begin() + 1, room.texts[0]);
  for (std::uint64_t sequence = 1; sequence <= 4; ++sequence) {
    room.deliver(0, sequence);
    room.deliver(1, sequence);
  }
  const Verdict verdict = room.oracle.judge();
  CHECK_FALSE(verdict.clean());
  CHECK(verdict.duplicated == 2);
  CHECK(verdict.lost == 0);
}

TEST_CASE("what a client does not get behind a gap is lost, and what is in the gap is not") {
  Room room = room_with_four_messages();
  room.deliver_all(0);
  room.deliver(1, 1);
  room.oracle.miss(1, Sequence{2}, Sequence{3});
  CHECK(room.oracle.judge().lost == 1);
  room.deliver(1, 4);
  CHECK(room.oracle.judge().clean());
}

TEST_CASE("who begins anew is to get everything once more, and nothing of it is doubled") {
  Room room = room_with_four_messages();
  room.deliver_all(0);
  room.deliver_all(1);
  room.oracle.begin_anew(1);
  CHECK(room.oracle.outstanding() == 4);
  CHECK(room.oracle.judge().lost == 4);
  room.deliver_all(1);
  CHECK(room.oracle.complete());
  CHECK(room.oracle.judge().clean());
  CHECK(room.oracle.judge().delivered == 8);
  room.deliver(1, 2);
  CHECK(room.oracle.judge().duplicated == 1);
}

TEST_CASE("what is missing when a client begins anew is lost, even if it comes then") {
  Room room = room_with_four_messages();
  room.deliver_all(0);
  for (const std::uint64_t sequence : {1U, 2U, 4U})
    room.deliver(1, sequence);
  room.oracle.begin_anew(1);
  room.deliver_all(1);
  CHECK(room.oracle.complete());
  CHECK(room.oracle.judge().lost == 1);
}

TEST_CASE("another message in a place that was read before is misordered") {
  Room room = room_with_four_messages();
  room.deliver_all(0);
  room.deliver_all(1);
  room.oracle.begin_anew(1);
  std::swap(room.texts[1], room.texts[2]);
  room.deliver_all(1);
  CHECK(room.oracle.judge().misordered == 2);
}
