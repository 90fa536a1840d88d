#include "bench/load/sender_oracle.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

using namespace chat;
using namespace chat::bench;

namespace {

constexpr std::size_t kTextBytes = 40;
constexpr std::uint32_t kFirstSender = 7;

// A room of three of whom two send, and a server that can be told to do it wrong.
struct Room {
  std::array<SentCount, 2> counts{};
  SenderOracle oracle;
  std::array<std::vector<std::string>, 2> texts;  // by sender and number

  explicit Room(bool echoes = true)
      : oracle({.members = 3, .first_sender = kFirstSender, .sent = counts}, kTextBytes, echoes) {}

  void say(std::uint32_t sender) {
    const std::uint32_t number = oracle.send(sender);
    texts[sender].push_back(compose_text(
        {kFirstSender + sender, number, Instant(Duration(10 * sender + number))}, kTextBytes));
  }

  std::optional<Instant> deliver(ClientIndex client, std::uint32_t sender, std::size_t number) {
    return deliver(client, texts[sender][number]);
  }
  std::optional<Instant> deliver(ClientIndex client, const std::string& text) {
    return oracle.deliver(client, {}, text);
  }

  void deliver_all(ClientIndex client) {
    for (std::uint32_t sender = 0; sender < texts.size(); ++sender)
      for (const std::string& text : texts[sender])
        deliver(client, text);
  }
};

// Two messages of each sender.
void say_four(Room& room) {
  for (const std::uint32_t sender : {0U, 1U, 0U, 1U})
    room.say(sender);
}

// Everybody but client 2, whom a test is about, has everything.
void say_four_to_the_others(Room& room) {
  say_four(room);
  room.deliver_all(0);
  room.deliver_all(1);
}

}  // namespace

TEST_CASE("each sender's messages once and in its order are clean, in any order of the senders") {
  Room room;
  say_four(room);
  room.deliver_all(0);
  for (const auto& [sender, number] : {std::pair{1U, 0U}, {0U, 0U}, {0U, 1U}, {1U, 1U}})
    room.deliver(1, sender, number);
  CHECK(room.oracle.outstanding() == 4);
  room.deliver_all(2);
  CHECK(room.oracle.outstanding() == 0);
  const Verdict verdict = room.oracle.judge();
  CHECK(verdict.clean());
  CHECK(verdict.sent == 4);
  CHECK(verdict.expected == 12);
  CHECK(verdict.delivered == 12);
}

TEST_CASE("without numbers, too, a delivery gives the time from which its latency counts") {
  Room room;
  say_four(room);
  CHECK(room.deliver(0, 1, 0) == Instant(Duration(10)));
  CHECK(room.deliver(1, 1, 0) == Instant(Duration(10)));
  CHECK(room.deliver(1, 1, 1) == Instant(Duration(11)));
}

TEST_CASE("without numbers, too, everybody has a message when the last one gets it") {
  Room room;
  say_four(room);
  for (const ClientIndex client : {0U, 1U}) {
    room.deliver(client, 0, 0);
    CHECK_FALSE(room.oracle.everybody_has_it());
  }
  room.deliver(2, 0, 0);
  CHECK(room.oracle.everybody_has_it());
  room.deliver(2, 0, 1);
  CHECK_FALSE(room.oracle.everybody_has_it());
}

TEST_CASE("without numbers, a dropped message is one lost, wherever it is") {
  for (const std::size_t dropped : {0U, 1U}) {
    Room room;
    say_four_to_the_others(room);
    room.deliver(2, 0, 1 - dropped);
    room.deliver(2, 1, 0);
    room.deliver(2, 1, 1);
    const Verdict verdict = room.oracle.judge();
    CHECK(verdict.lost == 1);
    CHECK(verdict.duplicated == 0);
    CHECK(verdict.misordered == 0);
    CHECK(verdict.delivered == 11);
    CHECK(room.oracle.outstanding() == 1);
  }
}

TEST_CASE("without numbers, a doubled message is one duplicated") {
  Room room;
  say_four_to_the_others(room);
  room.deliver_all(2);
  room.deliver(2, 1, 0);
  const Verdict verdict = room.oracle.judge();
  CHECK(verdict.duplicated == 1);
  CHECK(verdict.lost == 0);
  CHECK(verdict.misordered == 0);
  CHECK(room.oracle.outstanding() == 0);
}

TEST_CASE("two swapped messages of a sender are one misordered, whoever sees them first") {
  for (const bool right_order_first : {true, false}) {
    CAPTURE(right_order_first);
    Room room;
    say_four(room);
    if (right_order_first)
      room.deliver_all(0);
    room.deliver(2, 0, 1);
    room.deliver(2, 0, 0);
    room.deliver(2, 1, 0);
    room.deliver(2, 1, 1);
    if (!right_order_first)
      room.deliver_all(0);
    room.deliver_all(1);
    const Verdict verdict = room.oracle.judge();
    CHECK(verdict.misordered == 1);
    CHECK(verdict.lost == 0);
    CHECK(verdict.duplicated == 0);
  }
}

TEST_CASE("without numbers, a text that was cut, lengthened or garbled is not the message") {
  for (const bool wrong_first : {false, true})
    for (const auto& spoil : std::vector<void (*)(std::string&)>{
             [](std::string& text) { text.pop_back(); },
             [](std::string& text) { text.push_back('.'); },
             [](std::string& text) { text.back() = 'x'; }, [](std::string& text) { text[0] = 'x'; },
             [](std::string& text) { text[kMarkBytes] = 0; }}) {
      Room room;
      say_four(room);
      std::string wrong = room.texts[0][0];
      spoil(wrong);
      CAPTURE(wrong);
      if (wrong_first)
        CHECK_FALSE(room.deliver(2, wrong).has_value());
      room.deliver_all(0);
      room.deliver_all(1);
      if (!wrong_first)
        CHECK_FALSE(room.deliver(2, wrong).has_value());
      room.deliver(2, 0, 1);
      room.deliver(2, 1, 0);
      room.deliver(2, 1, 1);
      const Verdict verdict = room.oracle.judge();
      CHECK(verdict.foreign == 1);
      CHECK(verdict.lost == 1);
      CHECK(verdict.misordered == 0);
    }
}

TEST_CASE("another time in a text that is known already makes it another text") {
  Room room;
  say_four_to_the_others(room);
  std::string wrong = room.texts[0][0];
  wrong[kMarkBytes - 1] = 'f';
  CHECK_FALSE(room.deliver(2, wrong).has_value());
  CHECK(room.oracle.judge().foreign == 1);
}

TEST_CASE("what nobody of the room sent is foreign") {
  Room room;
  say_four_to_the_others(room);
  room.deliver_all(2);
  const auto foreign = [&](const MessageMark& mark) {
    return !room.deliver(2, compose_text(mark, kTextBytes)).has_value();
  };
  CHECK(foreign({kFirstSender, 2, {}}));
  CHECK(foreign({kFirstSender - 1, 0, {}}));
  CHECK(foreign({kFirstSender + 2, 0, {}}));
  CHECK(foreign({kMaxSenders - 1, 0xFFFFFFFF, {}}));
  CHECK_FALSE(room.deliver(2, std::string()).has_value());
  CHECK_FALSE(room.deliver(2, std::string(kTextBytes, 'x')).has_value());
  const Verdict verdict = room.oracle.judge();
  CHECK(verdict.foreign == 6);
  CHECK(verdict.lost == 0);
  CHECK(room.oracle.outstanding() == 0);
}

TEST_CASE("where there is no echo, a sender must not get its own messages") {
  constexpr bool kEchoes = false;
  Room room(kEchoes);
  say_four(room);
  CHECK(room.oracle.outstanding() == 8);
  for (const std::size_t number : {0U, 1U}) {
    room.deliver(0, 1, number);
    room.deliver(1, 0, number);
    CHECK_FALSE(room.oracle.everybody_has_it());
    room.deliver(2, 0, number);
    CHECK(room.oracle.everybody_has_it());
    room.deliver(2, 1, number);
  }
  CHECK(room.oracle.outstanding() == 0);
  CHECK(room.oracle.judge().expected == 8);
  CHECK(room.oracle.judge().clean());
  room.deliver(0, 0, 0);
  CHECK(room.oracle.judge().duplicated == 1);
  CHECK(room.oracle.judge().lost == 0);
  CHECK(room.oracle.outstanding() == 0);
}

TEST_CASE("without an echo, too, a client has seen everything in the end") {
  constexpr bool kEchoes = false;
  Room room(kEchoes);
  say_four(room);
  CHECK(room.oracle.seen(0) == 2);
  CHECK(room.oracle.seen(2) == 0);
  room.deliver(0, 1, 0);
  room.deliver(0, 1, 1);
  CHECK(room.oracle.seen(0) == 4);
  room.deliver(2, 1, 1);
  CHECK(room.oracle.seen(2) == 2);
}

TEST_CASE("what another process has sent is judged as what was sent here") {
  std::array<SentCount, 2> counts{};
  const auto share = [&](std::uint32_t process) {
    return RoomShare{.members = 3, .sent = counts, .process = process, .processes = 2};
  };
  SenderOracle here(share(0), kTextBytes, true);
  SenderOracle there(share(1), kTextBytes, true);
  const std::string text = compose_text({1, there.send(1), {}}, kTextBytes);
  for (const ClientIndex client : {0U, 1U})
    CHECK(here.deliver(client, {}, text).has_value());
  CHECK(here.outstanding() == 0);
  CHECK(here.everybody_has_it());
  CHECK(there.outstanding() == 1);
  CHECK(here.judge().clean());
  CHECK(here.judge().sent == 0);
  CHECK(here.judge().expected == 2);
  CHECK(there.judge().sent == 1);
  CHECK(there.judge().lost == 1);
}
