// Sessions that outlive their connections, over real ones. With several reactors a connection that
// comes next is mostly served by another one.
#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "tests/support/peer.hpp"
#include "tests/support/server_process.hpp"

using namespace chat;
using namespace chat::test;
using namespace chat::protocol;

namespace {

// Somebody with a session that can be taken up again.
struct Guest {
  Peer peer;
  Welcome welcome;
  RoomId lobby;
};

Guest arrive(const ServerProcess& server, const std::string& name) {
  Peer peer(server.port());
  peer.send(Hello{.request = RequestId{1}, .nickname = name});
  Welcome welcome = peer.expect<Welcome>();
  const RoomId lobby = peer.expect<RoomOpened>().room;
  return {std::move(peer), std::move(welcome), lobby};
}

// Reads up to the newcomer's arrival.
void see_arriving(Guest& guest, const Guest& newcomer) {
  const auto is_newcomer = [&](const Person& person) {
    return person.user == newcomer.welcome.user;
  };
  while (std::ranges::none_of(guest.peer.expect<Joined>().people, is_newcomer))
    continue;
}

void say(Guest& guest, const std::string& text) {
  guest.peer.send(Say{
      .request = RequestId{3}, .room = guest.lobby, .id = guest.peer.message_id(), .text = text});
}

Hello coming_back(const Guest& guest, Sequence last) {
  return {.request = RequestId{1},
          .nickname = guest.welcome.nickname,
          .token = guest.welcome.token,
          .epoch = guest.welcome.epoch,
          .read = {{guest.lobby, last}}};
}

Peer come_back(const ServerProcess& server, const Guest& guest, Sequence last) {
  Peer peer(server.port());
  peer.send(coming_back(guest, last));
  return peer;
}

std::string texts_up_to(Peer& peer, const std::string& last) {
  std::string all;
  for (std::string text; text != last;) {
    text = peer.expect_text();
    all += text + " ";
  }
  return all;
}

}  // namespace

TEST_CASE("who comes back has the nickname, the rooms and every message that was missed") {
  const ServerProcess server;
  Guest tom = arrive(server, "Tom");
  Guest lisa = arrive(server, "Lisa");
  lisa.peer.send(Join{RequestId{2}, "tea"});
  const RoomId tea = lisa.peer.expect<RoomOpened>().room;
  say(tom, "one");
  CHECK(lisa.peer.expect_text() == "one");
  lisa.peer.reset();
  say(tom, "two");
  tom.peer.send(Whisper{.request = RequestId{7}, .nickname = "lisa", .text = "psst"});
  tom.peer.settle();

  Peer back = come_back(server, lisa, Sequence{1});
  const auto welcome = back.expect<Welcome>();
  CHECK(welcome.resumed);
  CHECK(welcome.nickname == "Lisa");
  CHECK(welcome.user == lisa.welcome.user);
  say(tom, "three");
  std::vector<RoomOpened> rooms;
  std::vector<std::string> texts;
  while (texts.size() < 3) {
    auto message = back.receive();
    REQUIRE(message.has_value());
    if (const auto* room = std::get_if<RoomOpened>(&*message))
      rooms.push_back(*room);
    else if (const auto* posted = std::get_if<Posted>(&*message))
      texts.push_back(posted->text);
  }
  REQUIRE(rooms.size() == 3);
  CHECK(rooms[1].room == tea);
  CHECK(rooms[2].kind == RoomKind::pair);
  CHECK(rooms[2].name == "Tom");
  std::ranges::sort(texts);
  CHECK(texts == std::vector<std::string>{"psst", "three", "two"});
}

TEST_CASE("nobody notices who is back soon") {
  const ServerProcess server;
  Guest tom = arrive(server, "Tom");
  Guest lisa = arrive(server, "Lisa");
  see_arriving(tom, lisa);
  for (int i = 0; i < 50; ++i) {
    lisa.peer.reset();
    lisa.peer = come_back(server, lisa, Sequence{});
    CHECK(lisa.peer.expect<Welcome>().resumed);
  }
  const auto noticed = tom.peer.settle();
  CHECK(only<Left>(noticed).empty());
  CHECK(only<Presence>(noticed).empty());
  CHECK(only<Joined>(noticed).empty());
}

TEST_CASE("a lost connection is told after a while, and so is its end or that it is back") {
  const ServerProcess server({"--lost-seconds", "0.1", "--resume-seconds", "0.6"});
  Guest tom = arrive(server, "Tom");
  Guest lisa = arrive(server, "Lisa");
  lisa.peer.reset();
  const auto lost = tom.peer.expect<Presence>();
  CHECK(lost.people.at(0).user == lisa.welcome.user);
  CHECK(lost.people.at(0).state == PresenceState::lost);
  SUBCASE("back") {
    lisa.peer = come_back(server, lisa, Sequence{});
    CHECK(lisa.peer.expect<Welcome>().resumed);
    CHECK(tom.peer.expect<Presence>().people.at(0).state == PresenceState::here);
  }
  SUBCASE("gone") {
    const auto left = tom.peer.expect<Left>();
    CHECK(left.people.at(0).user == lisa.welcome.user);
    CHECK(left.people.at(0).reason == LeaveReason::lost);
    // What is too late is a new beginning, and no error.
    Peer back = come_back(server, lisa, Sequence{});
    CHECK(!back.expect<Welcome>().resumed);
  }
}

TEST_CASE("a goodbye ends the session at once") {
  const ServerProcess server;
  Guest tom = arrive(server, "Tom");
  Guest lisa = arrive(server, "Lisa");
  lisa.peer.send(Goodbye{RequestId{2}, CloseReason::quit, ""});
  CHECK(tom.peer.expect<Left>().people.at(0).reason == LeaveReason::quit);
  Peer back = come_back(server, lisa, Sequence{});
  CHECK(!back.expect<Welcome>().resumed);
}

TEST_CASE("a goodbye counts, also when the connection is reset before all before it is stored") {
  const ServerProcess server({"--durability", "power"});
  Guest tom = arrive(server, "Tom");
  for (int i = 0; i < 10; ++i) {
    Guest lisa = arrive(server, "Lisa");
    // In one piece, which the kernel has passed on before it resets.
    Bytes all = encode(Say{
        .request = RequestId{3}, .room = lisa.lobby, .id = lisa.peer.message_id(), .text = "bye"});
    append(all, encode(Goodbye{RequestId{2}, CloseReason::quit, ""}));
    lisa.peer.send_bytes(all);
    lisa.peer.reset();
    CHECK(tom.peer.expect<Left>().people.at(0).reason == LeaveReason::quit);
  }
}

TEST_CASE("without a time to come back in, a lost connection is the end of its session") {
  const ServerProcess server({"--resume-seconds", "0"});
  Guest tom = arrive(server, "Tom");
  Guest lisa = arrive(server, "Lisa");
  CHECK(lisa.welcome.resume_seconds == 0);
  lisa.peer.reset();
  CHECK(tom.peer.expect<Left>().people.at(0).reason == LeaveReason::lost);
}

TEST_CASE("a token takes the session over from a connection that is open, which is told why") {
  const ServerProcess server;
  Guest tom = arrive(server, "Tom");
  Guest lisa = arrive(server, "Lisa");
  Peer other = come_back(server, lisa, Sequence{});
  CHECK(other.expect<Welcome>().resumed);
  CHECK(lisa.peer.expect<Goodbye>().reason == CloseReason::taken_over);
  CHECK(!lisa.peer.receive().has_value());
  say(tom, "who is it?");
  CHECK(other.expect_text() == "who is it?");
  CHECK(only<Left>(tom.peer.settle()).empty());
}

TEST_CASE("who comes back into many large rooms hears who is in each, also who reads late") {
  constexpr int kRooms = 30;
  constexpr int kPeople = 60;
  const ServerProcess server;
  const auto enter_rooms = [](Peer& peer) {
    for (int room = 0; room < kRooms; ++room)
      peer.send(Join{RequestId{9}, "room" + std::to_string(room)});
    for (int room = 0; room < kRooms; ++room)
      peer.expect<RoomOpened>();
  };
  // As long as a name may be: marks take no columns.
  std::string marks;
  for (int i = 0; i < 55; ++i)
    marks += "\u0323";
  std::vector<Guest> people;
  for (int i = 0; i < kPeople; ++i) {
    people.push_back(arrive(server, "p" + std::to_string(i) + marks));
    enter_rooms(people.back().peer);
  }
  Guest& lisa = people.front();
  lisa.peer.reset();
  Peer back = come_back(server, lisa, Sequence{});
  // Others are served while nothing is read here.
  people.back().peer.settle();
  std::map<RoomId, std::size_t> listed;
  while (listed.size() < kRooms + 1) {
    const MemberPage page = back.expect<MemberPage>();
    if (page.last)
      listed[page.room] = page.total;
  }
  for (const auto& [room, total] : listed)
    CHECK(total == kPeople);
}

TEST_CASE("a flood of takeovers ends with one owner, and disturbs nobody") {
  const ServerProcess server;
  Guest tom = arrive(server, "Tom");
  Guest lisa = arrive(server, "Lisa");
  see_arriving(tom, lisa);
  std::vector<Peer> claimants;
  for (int i = 0; i < 300; ++i)
    claimants.push_back(come_back(server, lisa, Sequence{}));
  std::vector<Peer*> welcomed;
  for (Peer& claimant : claimants) {
    auto first = claimant.receive();
    REQUIRE(first.has_value());
    // Who was heard only after one who came later is refused.
    if (const auto* error = std::get_if<Error>(&*first)) {
      CHECK(error->code == ErrorCode::identity_in_use);
      continue;
    }
    CHECK(std::get<Welcome>(*first).resumed);
    welcomed.push_back(&claimant);
  }
  // By now all were heard.
  const auto owners = std::ranges::count_if(welcomed, [](Peer* claimant) {
    claimant->send(ListRooms{RequestId{2}, {}});
    while (auto message = claimant->receive()) {
      if (std::holds_alternative<RoomPage>(*message))
        return true;
      if (const auto* goodbye = std::get_if<Goodbye>(&*message))
        CHECK(goodbye->reason == CloseReason::taken_over);
    }
    return false;
  });
  CHECK(owners == 1);
  const auto noticed = tom.peer.settle();
  CHECK(only<Left>(noticed).empty());
  CHECK(only<Joined>(noticed).empty());
}

TEST_CASE("what does not prove a session gets a fresh one") {
  const ServerProcess server;
  const Guest lisa = arrive(server, "Lisa");
  const auto welcome_for = [&](Bytes claimed) {
    Hello hello = coming_back(lisa, Sequence{});
    hello.nickname = "thief";
    hello.token = std::move(claimed);
    Peer peer(server.port());
    peer.send(hello);
    const Welcome welcome = peer.expect<Welcome>();
    peer.send(Goodbye{RequestId{2}, CloseReason::quit, ""});
    peer.receive_all();
    return welcome;
  };
  const Bytes& token = lisa.welcome.token;
  REQUIRE(token.size() == 32);
  Bytes flipped = token;
  flipped[31] ^= 1;
  const Bytes shorter(token.begin(), token.begin() + 31);
  Bytes longer = token;
  longer.resize(33);
  const auto check_fresh = [&](const Bytes& claimed) {
    const Welcome welcome = welcome_for(claimed);
    CHECK(!welcome.resumed);
    CHECK(welcome.user != lisa.welcome.user);
  };
  check_fresh({});
  check_fresh(flipped);
  check_fresh(shorter);
  check_fresh(longer);
  check_fresh(Bytes(64, 0xFF));
}

TEST_CASE("numbers that cannot be right are refused in words, and nobody else feels it") {
  const ServerProcess server;
  Guest tom = arrive(server, "Tom");
  Guest lisa = arrive(server, "Lisa");
  say(tom, "one");
  CHECK(lisa.peer.expect_text() == "one");
  lisa.peer.reset();
  Peer back(server.port());
  const auto error_for = [&](const Hello& hello) {
    back.send(hello);
    return back.expect<Error>().code;
  };
  CHECK(error_for(coming_back(lisa, Sequence{2})) == ErrorCode::bad_position);
  CHECK(error_for(coming_back(lisa, Sequence{~std::uint64_t{0}})) == ErrorCode::bad_position);
  // From version 3 on that is no error: see kept_test.cpp.
  Hello other_epoch = coming_back(lisa, Sequence{1});
  other_epoch.version = 2;
  other_epoch.epoch.value += 1;
  CHECK(error_for(other_epoch) == ErrorCode::unknown_epoch);
  // A room that one is not in is closed, whether it exists or not.
  Hello strange_room = coming_back(lisa, Sequence{1});
  strange_room.read.push_back({RoomId{4711}, Sequence{3}});
  back.send(strange_room);
  CHECK(back.expect<Welcome>().resumed);
  CHECK(back.expect<RoomClosed>().room == RoomId{4711});
  say(tom, "two");
  CHECK(texts_up_to(back, "two") == "two ");
}

TEST_CASE("a message is said once, however often it is repeated, over any connection") {
  const ServerProcess server;
  Guest tom = arrive(server, "Tom");
  Guest lisa = arrive(server, "Lisa");
  const Say once{
      .request = RequestId{5}, .room = lisa.lobby, .id = lisa.peer.message_id(), .text = "once"};
  lisa.peer.send(once);
  lisa.peer.send(once);
  const auto first = lisa.peer.expect<Acknowledged>();
  CHECK(lisa.peer.expect<Acknowledged>().sequence == first.sequence);
  lisa.peer.reset();
  Peer back = come_back(server, lisa, first.sequence);
  back.expect<Welcome>();
  back.send(once);
  CHECK(back.expect<Acknowledged>().sequence == first.sequence);
  Say other = once;
  other.text = "twice";
  back.send(other);
  CHECK(back.expect<Error>().code == ErrorCode::id_reused);
  say(tom, "end");
  CHECK(texts_up_to(tom.peer, "end") == "once end ");
}

TEST_CASE("whoever connects and drops the connection cannot hold on to more than 1,024 names") {
  const ServerProcess server({"--log-level", "warn"});
  constexpr int kTooMany = 1'050;
  for (int i = 0; i < kTooMany; ++i)
    Peer::named(server.port(), "squatter" + std::to_string(i)).reset();
  const auto is_free = [&](int i) {
    Peer peer(server.port());
    peer.send(Hello{.request = RequestId{1}, .nickname = "squatter" + std::to_string(i)});
    const auto answer = peer.receive();
    REQUIRE(answer.has_value());
    peer.send(Goodbye{RequestId{2}, CloseReason::quit, ""});
    peer.receive_all();
    return std::holds_alternative<Welcome>(*answer);
  };
  CHECK(is_free(0));
  CHECK(!is_free(kTooMany - 1));
}

TEST_CASE("sessions without a connection do not keep the server from ending") {
  ServerProcess server;
  Guest lisa = arrive(server, "Lisa");
  Guest tom = arrive(server, "Tom");
  lisa.peer.reset();
  server.process().signal(SIGTERM);
  CHECK(tom.peer.expect<Goodbye>().reason == CloseReason::shutting_down);
  tom.peer.close();
  CHECK(server.process().wait_for_exit() == 0);
}
