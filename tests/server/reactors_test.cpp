// Several reactors serve one chat: whoever is served by whichever, all see the same.
#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <set>
#include <string>
#include <vector>

#include "tests/server/crowd.hpp"
#include "tests/support/measurable_memory.hpp"

using namespace chat;
using namespace chat::test;
using namespace chat::protocol;

namespace {

// Who is lost has left soon, so that a test need not wait long for it.
const std::vector<std::string> kNotLongLost{"--lost-seconds", "0.1", "--resume-seconds", "0.5"};

// Runs the rest of a test with few reactors and with many.
template <class Test>
void with_2_and_4_reactors(Test&& test) {
  for (const std::size_t reactors : {2, 4}) {
    CAPTURE(reactors);
    test(reactors);
  }
}

// Everybody says `count` texts, a few at a time, so that they mix. Nobody reads meanwhile.
void all_say(Crowd& crowd, RoomId room, std::size_t count, std::size_t text_bytes = 100) {
  constexpr std::size_t kAtOnce = 5;
  for (std::size_t said = 0; said < count; said += kAtOnce)
    for (Participant& person : crowd.people())
      for (std::size_t i = 0; i < kAtOnce; ++i)
        person.say(room, std::to_string(said + i) + " " + std::string(text_bytes, '.'));
}

// The connection breaks in the middle of a frame.
void break_off(Participant& person) {
  const Bytes frame =
      encode(Say{.request = {}, .room = person.lobby(), .id = {}, .text = "unfinished"});
  person.peer().send_bytes(ByteView(frame).first(frame.size() / 2));
  person.peer().reset();
}

// The server ends, which is no leaving.
void read_to_goodbye(Participant& person) {
  const auto messages = person.read_to_end();
  REQUIRE(!messages.empty());
  const auto* goodbye = std::get_if<Goodbye>(&messages.back());
  REQUIRE(goodbye != nullptr);
  CHECK(goodbye->reason == CloseReason::shutting_down);
  CHECK(only<Left>(messages).empty());
}

// Those of a room's messages that one has read are what the other one has read.
bool has_read_the_same(const Participant& one, const Participant& other, RoomId room) {
  const auto& all = other.view().history().at(room);
  return std::ranges::all_of(one.view().history().at(room), [&](const auto& message) {
    const auto place = all.find(message.first);
    return place != all.end() && place->second == message.second;
  });
}

}  // namespace

TEST_CASE("what people of all reactors say at once comes to everybody, once and in one order") {
  with_2_and_4_reactors([](std::size_t reactors) {
    Crowd crowd(reactors, 4);
    const std::size_t each = 50;
    all_say(crowd, crowd.lobby(), each);
    const std::size_t count = each * crowd.people().size();
    for (Participant& person : crowd.people())
      person.read_to(crowd.lobby(), Sequence{count});
    const auto& heard = crowd.people().front().view().history().at(crowd.lobby());
    std::set<std::string> different;
    for (const auto& [sequence, message] : heard)
      different.insert(message);
    CHECK(different.size() == count);
    for (const Participant& person : crowd.people()) {
      const bool is_same = person.view().history().at(crowd.lobby()) == heard;
      CHECK(is_same);
      // In the order of one's requests, too.
      CHECK(person.acknowledged().size() == each);
      CHECK(std::ranges::is_sorted(person.acknowledged(), {},
                                   [](const auto& a) { return a.second; }));
    }
  });
}

TEST_CASE("who is there is the same to everybody, while people of all reactors come and go") {
  with_2_and_4_reactors([](std::size_t reactors) {
    Crowd crowd(reactors, 3, kNotLongLost);
    const std::size_t stay = crowd.people().size();
    std::vector<Participant> before;
    for (int i = 0; i < 20; ++i) {
      std::vector<Participant> now = crowd.newcomers(6);
      // Some leave before they know that they have come.
      for (std::size_t p = 0; p < 4; ++p)
        now[p].arrive();
      now[4].peer().reset();
      now[5].ask(Goodbye{{}, CloseReason::quit, ""});
      for (std::size_t p = 0; p < before.size() && p < 4; ++p)
        before[p].peer().reset();
      before = std::move(now);
      crowd.meet(crowd.lobby());
      for (const Participant& person : crowd.people())
        CHECK(person.room(crowd.lobby()).members == crowd.people()[0].room(crowd.lobby()).members);
    }
    before.clear();
    for (Participant& person : crowd.people())
      person.read_until([&] { return person.room(crowd.lobby()).members.size() == stay; });
  });
}

TEST_CASE("of people of all reactors who claim one nickname one gets it, and all see that once") {
  with_2_and_4_reactors([](std::size_t reactors) {
    Crowd crowd(reactors, 3);
    for (const char* name : {"Lisa", "Zoe", "Eve"}) {
      std::vector<RequestId> requests;
      for (Participant& person : crowd.people())
        requests.push_back(person.ask(Rename{{}, name}));
      for (std::size_t i = 0; i < requests.size(); ++i)
        crowd.people()[i].read_answer(requests[i]);
      const auto has_it = [&](const Participant& person) {
        return person.view().nickname() == name;
      };
      REQUIRE(std::ranges::count_if(crowd.people(), has_it) == 1);
      const UserId user = std::ranges::find_if(crowd.people(), has_it)->user();
      crowd.meet(crowd.lobby());
      for (const Participant& person : crowd.people())
        CHECK(person.room(crowd.lobby()).members.at(user) == name);
    }
  });
}

TEST_CASE("a whisper between reactors reaches its two ends, in one order, and nobody else") {
  with_2_and_4_reactors([](std::size_t reactors) {
    Crowd crowd(reactors, 2);
    Participant& lisa = crowd.with_reactor(0);
    Participant& tom = crowd.with_reactor(reactors - 1);
    const auto whisper = [](Participant& from, const Participant& to, const std::string& text) {
      from.ask(Whisper{.request = {},
                       .id = from.peer().message_id(),
                       .user = to.user(),
                       .nickname = to.view().nickname(),
                       .text = text});
    };
    const std::size_t each = 200;
    for (std::size_t i = 0; i < each; ++i) {
      whisper(lisa, tom, "to tom " + std::to_string(i));
      whisper(tom, lisa, "to lisa " + std::to_string(i));
    }
    lisa.read_until([&] { return lisa.view().rooms().size() == 2; });
    const RoomId pair = lisa.view().rooms().rbegin()->first;
    lisa.read_to(pair, Sequence{2 * each});
    tom.read_until([&] { return tom.view().rooms().contains(pair); });
    tom.read_to(pair, Sequence{2 * each});
    // Each has the other's messages; together they are numbered without a hole.
    auto all = lisa.view().history().at(pair);
    CHECK(all.size() == each);
    for (const auto& [sequence, text] : tom.view().history().at(pair))
      CHECK(all.emplace(sequence, text).second);
    CHECK(all.size() == 2 * each);
    CHECK(all.begin()->first == Sequence{1});
    CHECK(all.rbegin()->first == Sequence{2 * each});
    crowd.meet(crowd.lobby());
    for (const Participant& person : crowd.people())
      CHECK(person.view().rooms().size() == (&person == &lisa || &person == &tom ? 2 : 1));
  });
}

TEST_CASE("nothing of a room comes behind its room_closed while people of all reactors flood it") {
  with_2_and_4_reactors([](std::size_t reactors) {
    Crowd crowd(reactors, 2);
    Participant& leaver = crowd.with_reactor(reactors - 1, 1);
    RoomId garden;
    for (Participant& person : crowd.people()) {
      person.read_answer(person.ask(Join{{}, "garden"}));
      garden = person.view().rooms().rbegin()->first;
    }
    for (int i = 0; i < 10; ++i) {
      all_say(crowd, garden, 10, 1000);
      // That nothing comes is what everything is held to that is read.
      leaver.read_answer(leaver.ask(Leave{{}, garden}));
      leaver.read_answer(leaver.ask(ListRooms{{}, {}}));
      leaver.read_answer(leaver.ask(Join{{}, "garden"}));
      for (Participant& person : crowd.people())
        person.read_answer(person.ask(ListRooms{{}, {}}));
    }
    crowd.meet(garden);
    for (const Participant& person : crowd.people())
      CHECK(has_read_the_same(person, crowd.people().front(), garden));
  });
}

TEST_CASE("who never reads harms nobody, with the same reactor or another") {
  with_2_and_4_reactors([](std::size_t reactors) {
    Crowd crowd(reactors, 1, {"--room-log-mib", "1"});
    Participant& talker = crowd.with_reactor(0);
    Participant& stuck = crowd.with_reactor(reactors - 1);
    const std::size_t memory = crowd.server().resident_bytes();
    const std::size_t count = 1500;
    for (std::size_t i = 1; i <= count; ++i) {
      talker.say(crowd.lobby(), std::string(4000, 'x'));
      for (Participant& person : crowd.people())
        if (&person != &stuck)
          person.read_to(crowd.lobby(), Sequence{i});
    }
    if (kMemoryIsMeasurable)
      CHECK(crowd.server().resident_bytes() < memory + 4 * 1024 * 1024);
    for (const Participant& person : crowd.people())
      CHECK(!person.room(crowd.lobby()).had_gap);
    // And is told what it has missed.
    crowd.meet(crowd.lobby());
    CHECK(stuck.room(crowd.lobby()).had_gap);
    CHECK(has_read_the_same(stuck, talker, crowd.lobby()));
  });
}

TEST_CASE("a reset in the middle of a frame is one who is lost, to people of all reactors") {
  with_2_and_4_reactors([](std::size_t reactors) {
    Crowd crowd(reactors, 2, kNotLongLost);
    const std::size_t stay = crowd.people().size();
    std::vector<Participant> lost = crowd.newcomers(4 * reactors);
    for (Participant& person : lost)
      person.arrive();
    // They have not read what they were sent, so that the server is in the middle of frames, too.
    all_say(crowd, crowd.lobby(), 100, 1000);
    for (Participant& person : lost)
      break_off(person);
    for (Participant& person : crowd.people()) {
      std::size_t seen = 0;
      while (seen < lost.size()) {
        const auto message = person.read();
        REQUIRE(message.has_value());
        if (const auto* left = std::get_if<Left>(&*message)) {
          seen += left->people.size();
          for (const Departure& departure : left->people)
            CHECK(departure.reason == LeaveReason::lost);
        }
      }
      CHECK(person.room(crowd.lobby()).members.size() == stay);
    }
    crowd.meet(crowd.lobby());
  });
}

TEST_CASE("hundreds who come to all reactors at once are all in, and hear a text once") {
  with_2_and_4_reactors([](std::size_t reactors) {
    Crowd crowd(reactors, 1, kNotLongLost);
    // The room becomes one that announces counts while they come.
    std::vector<Participant> many = crowd.newcomers(600);
    for (Participant& person : many)
      person.arrive();
    const Sequence last = crowd.meet(crowd.lobby());
    for (Participant& person : many)
      person.read_to(crowd.lobby(), last);
    // And a list again when they have gone at once.
    for (Participant& person : many)
      person.peer().reset();
    const std::size_t stay = crowd.people().size();
    for (Participant& person : crowd.people())
      person.read_until([&] {
        const auto& room = person.room(crowd.lobby());
        return room.has_whole_list && room.members.size() == stay;
      });
  });
}

TEST_CASE("the load tool misses nothing with several reactors that send as fast as they can") {
  with_2_and_4_reactors([](std::size_t reactors) {
    const ServerProcess server({"--reactors", std::to_string(reactors)});
    Process bench({CHAT_BENCH, "fanout", "--server", server.address(), "--clients", "200",
                   "--senders", "20", "--text-bytes", "64", "--window", "64", "--seconds", "1"});
    CHECK_MESSAGE(bench.wait_for_exit() == 0, bench.standard_output(), bench.standard_error());
  });
}

TEST_CASE(
    "at the end people of all reactors get a goodbye, and who does not read holds up nobody") {
  with_2_and_4_reactors([](std::size_t reactors) {
    Crowd crowd(reactors, 1);
    const Participant& stuck = crowd.with_reactor(reactors - 1);
    all_say(crowd, crowd.lobby(), 20);
    crowd.server().process().signal(SIGTERM);
    for (Participant& person : crowd.people()) {
      if (&person == &stuck)
        continue;
      read_to_goodbye(person);
      person.peer().close();
    }
    CHECK(crowd.server().process().wait_for_exit() == 0);
  });
}

TEST_CASE("at the end people of all reactors get what was acknowledged to any of them") {
  with_2_and_4_reactors([](std::size_t reactors) {
    for (int i = 0; i < 5; ++i) {
      Crowd crowd(reactors, 2);
      all_say(crowd, crowd.lobby(), 20);
      crowd.server().process().signal(SIGTERM);
      std::uint64_t last_acknowledged = 0;
      for (Participant& person : crowd.people()) {
        read_to_goodbye(person);
        for (const auto& [request, sequence] : person.acknowledged())
          last_acknowledged = std::max(last_acknowledged, sequence.value);
      }
      for (const Participant& person : crowd.people())
        CHECK(person.room(crowd.lobby()).next.value - 1 >= last_acknowledged);
      crowd.people().clear();
    }
  });
}

TEST_CASE("each of two reactors serves a fair share of the connections") {
  ServerProcess server({"--reactors", "2"});
  const std::size_t count = 200;
  std::vector<Peer> peers;
  SUBCASE("that come one by one") {
    for (std::size_t i = 0; i < count; ++i)
      peers.push_back(Peer::named(server.port(), "p" + std::to_string(i)));
  }
  SUBCASE("that come at once") {
    for (std::size_t i = 0; i < count; ++i)
      peers.emplace_back(server.port());
    for (std::size_t i = 0; i < count; ++i)
      peers[i].send(Hello{RequestId{1}, 1, "p" + std::to_string(i)});
    for (Peer& peer : peers)
      peer.expect<Welcome>();
  }
  const auto served = connections_by_reactor(server.process().standard_error(), 2);
  CHECK(served[0] + served[1] == count);
  CHECK(served[0] >= count / 4);
  CHECK(served[1] >= count / 4);
}

TEST_CASE("a nickname is free on every reactor when the goodbye of its holder comes") {
  with_2_and_4_reactors([](std::size_t reactors) {
    // With enough readers on each for the room to be sent in walks.
    Crowd crowd(reactors, 70);
    const std::uint16_t port = crowd.server().port();
    Peer holder = Peer::named(port, "Gast");
    for (std::uint8_t i = 0; i < 30; ++i) {
      // Connected before, so that nothing is between the goodbye and the claim.
      Peer next(port);
      Bytes last_words = encode(Say{{}, crowd.lobby(), MessageId{i}, MessageKind::text, "so long"});
      append(last_words, encode(Goodbye{{}, CloseReason::quit, ""}));
      holder.send_bytes(last_words);
      holder.expect<Goodbye>();
      next.send(Hello{RequestId{1}, kProtocolVersion, "Gast"});
      const auto answer = next.receive();
      REQUIRE(answer.has_value());
      REQUIRE(std::holds_alternative<Welcome>(*answer));
      holder = std::move(next);
    }
  });
}
