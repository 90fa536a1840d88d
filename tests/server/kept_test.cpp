// What a server keeps: across its own end, however it came, and for readers who are slow.
#include <doctest/doctest.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tests/support/peer.hpp"
#include "tests/support/server_process.hpp"
#include "tests/support/small_disk.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat;
using namespace chat::test;
using namespace chat::protocol;

namespace {

constexpr RequestId kRequest{77};

struct Kept {
  TemporaryFolder folder;

  ServerProcess start(std::vector<std::string> more = {}) const {
    more.insert(more.end(), {"--data", folder.path()});
    if (std::ranges::find(more, "--durability") == more.end())
      more.insert(more.end(), {"--durability", "power"});
    return ServerProcess(more);
  }
};

// Somebody with an identity, who knows what a client keeps.
struct Guest {
  std::string name;
  std::uint8_t number;
  Peer peer;
  Welcome welcome{};
  RoomId lobby{};

  Hello hello() const {
    return {.request = RequestId{1},
            .nickname = name,
            .identity = {.value = {number}},
            .secret = {.value = {number, 1}},
            .token = welcome.token,
            .epoch = welcome.epoch};
  }

  void say(const std::string& text, MessageId id, RoomId room = {}) {
    peer.send(
        Say{.request = kRequest, .room = room == RoomId{} ? lobby : room, .id = id, .text = text});
  }

  void come_back(const ServerProcess& server, std::vector<LastRead> read) {
    peer = Peer(server.port());
    Hello back = hello();
    back.read = std::move(read);
    peer.send(back);
    welcome = peer.expect<Welcome>();
  }

  History history(RoomId room, Sequence before = {}, std::uint16_t count = 100) {
    peer.send(ReadHistory{kRequest, room, before, count});
    return peer.expect<History>();
  }

  SearchResults search(const std::string& text) {
    peer.send(Search{.request = kRequest, .text = text, .count = 100});
    return peer.expect<SearchResults>();
  }
};

Guest arrive(const ServerProcess& server, const std::string& name, std::uint8_t number) {
  Guest guest{.name = name, .number = number, .peer = Peer(server.port())};
  guest.peer.send(guest.hello());
  guest.welcome = guest.peer.expect<Welcome>();
  guest.lobby = guest.peer.expect<RoomOpened>().room;
  return guest;
}

MessageId id_of(std::uint8_t number) {
  return MessageId{number};
}

std::vector<std::string> texts(const History& history) {
  std::vector<std::string> all;
  for (const HistoryMessage& message : history.messages)
    all.push_back(message.text);
  return all;
}

std::vector<std::string> texts(const SearchResults& results) {
  std::vector<std::string> all;
  for (const SearchHit& hit : results.hits)
    all.push_back(hit.text);
  return all;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("everybody resumes into the next process and has missed nothing") {
  const Kept kept;
  std::optional<ServerProcess> server(
      std::in_place,
      std::vector<std::string>{"--data", kept.folder.path().string(), "--durability", "power"});
  Guest lisa = arrive(*server, "Lisa", 1);
  Guest tom = arrive(*server, "Tom", 2);
  lisa.peer.send(Join{kRequest, "tea"});
  const RoomId tea = lisa.peer.expect<RoomOpened>().room;
  tom.say("one", id_of(1));
  CHECK(tom.peer.expect<Acknowledged>().sequence == Sequence{1});
  CHECK(lisa.peer.expect_text() == "one");
  SUBCASE("after SIGTERM, of which it tells") {
    tom.say("two", id_of(2));
    CHECK(tom.peer.expect<Acknowledged>().sequence == Sequence{2});
    server->process().signal(SIGTERM);
    CHECK(lisa.peer.expect<Goodbye>().reason == CloseReason::restarting);
  }
  SUBCASE("after it was killed") {
    tom.say("two", id_of(2));
    CHECK(tom.peer.expect<Acknowledged>().sequence == Sequence{2});
    server->process().signal(SIGKILL);
  }
  server.reset();
  server.emplace(
      std::vector<std::string>{"--data", kept.folder.path().string(), "--durability", "power"});
  const Epoch epoch = lisa.welcome.epoch;
  lisa.come_back(*server, {{lisa.lobby, Sequence{1}}, {tea, Sequence{}}});
  CHECK(lisa.welcome.resumed);
  CHECK(lisa.welcome.nickname == "Lisa");
  CHECK(lisa.welcome.epoch == epoch);
  CHECK(lisa.peer.expect_text() == "two");
  tom.come_back(*server, {{tom.lobby, Sequence{2}}});
  CHECK(tom.welcome.resumed);
  // He does not know, after all, and says it again.
  tom.say("two", id_of(2));
  CHECK(tom.peer.expect<Acknowledged>().sequence == Sequence{2});
  tom.say("three", id_of(3));
  CHECK(lisa.peer.expect_text() == "three");
}

TEST_CASE("the next process knows up to where people have read, when the one before ended well") {
  const Kept kept;
  const std::vector<std::string> options{"--data", kept.folder.path(), "--durability", "process"};
  std::optional<ServerProcess> server(std::in_place, options);
  Guest lisa = arrive(*server, "Lisa", 1);
  lisa.say("one", id_of(1));
  lisa.peer.expect<Acknowledged>();
  lisa.peer.send(MarkRead{kRequest, lisa.lobby, Sequence{1}});
  lisa.peer.settle();
  server->process().signal(SIGTERM);
  REQUIRE(server->process().wait_for_exit() == 0);
  server.emplace(options);
  lisa.come_back(*server, {{lisa.lobby, Sequence{1}}});
  CHECK(lisa.peer.expect<RoomOpened>().read == Sequence{1});
}

TEST_CASE("what was said can be read page by page, and found") {
  const Kept kept;
  const ServerProcess server = kept.start();
  Guest lisa = arrive(server, "Lisa", 1);
  for (std::uint8_t i = 1; i <= 10; ++i) {
    lisa.say("message " + std::to_string(i), id_of(i));
    lisa.peer.expect<Acknowledged>();
  }
  Guest tom = arrive(server, "Tom", 2);
  CHECK(tom.welcome.history == 100);
  const History last = tom.history(tom.lobby, {}, 3);
  CHECK(texts(last) == Texts{"message 8", "message 9", "message 10"});
  CHECK(last.more);
  const History first = tom.history(tom.lobby, Sequence{8}, 100);
  CHECK(first.messages.size() == 7);
  CHECK(first.messages.front().sequence == Sequence{1});
  CHECK(first.messages.front().nickname == "Lisa");
  CHECK(!first.more);
  CHECK(texts(tom.search("MESSAGE 7")) == Texts{"message 7"});
  CHECK(texts(tom.search("7 or \"8 *")).empty());
}

TEST_CASE("history reaches back to what an earlier process has kept") {
  const Kept kept;
  {
    const ServerProcess server = kept.start();
    Guest lisa = arrive(server, "Lisa", 1);
    lisa.say("long ago", id_of(1));
    lisa.peer.expect<Acknowledged>();
  }
  const ServerProcess server = kept.start();
  Guest tom = arrive(server, "Tom", 2);
  tom.say("today", id_of(1));
  tom.peer.expect<Acknowledged>();
  CHECK(texts(tom.history(tom.lobby)) == Texts{"long ago", "today"});
}

TEST_CASE("whispers are for their two people, also later") {
  const Kept kept;
  const ServerProcess server = kept.start();
  Guest lisa = arrive(server, "Lisa", 1);
  Guest tom = arrive(server, "Tom", 2);
  Guest eve = arrive(server, "Eve", 3);
  lisa.peer.send(Whisper{.request = kRequest, .id = id_of(1), .nickname = "Tom", .text = "secret"});
  const RoomId pair = lisa.peer.expect<Acknowledged>().room;
  CHECK(tom.peer.expect_text() == "secret");
  eve.peer.send(ReadHistory{kRequest, pair, {}, 10});
  CHECK(eve.peer.expect<Error>().code == ErrorCode::no_such_room);
  CHECK(texts(eve.search("secret")).empty());
  lisa.peer.send(Goodbye{});
  CHECK(tom.peer.expect<RoomClosed>().room == pair);
  SUBCASE("when the other one has gone") {
    CHECK(texts(tom.history(pair)) == Texts{"secret"});
    CHECK(texts(tom.search("secret")) == Texts{"secret"});
  }
  SUBCASE("and not for whoever has the name by then") {
    Guest other = arrive(server, "Lisa", 4);
    other.peer.send(ReadHistory{kRequest, pair, {}, 10});
    CHECK(other.peer.expect<Error>().code == ErrorCode::no_such_room);
    CHECK(texts(other.search("secret")).empty());
  }
  SUBCASE("and go on where they were") {
    Guest again = arrive(server, "Lisa", 1);
    tom.peer.send(
        Whisper{.request = kRequest, .id = id_of(1), .nickname = "Lisa", .text = "back?"});
    CHECK(tom.peer.expect<Acknowledged>().room == pair);
    CHECK(again.peer.expect_text() == "back?");
    CHECK(texts(again.history(pair)) == Texts{"secret", "back?"});
  }
}

TEST_CASE("who falls behind what is in memory is fed from the store, with nothing left out") {
  const Kept kept;
  const ServerProcess server = kept.start({"--room-log-mib", "1", "--all-logs-mib", "1"});
  Guest slow = arrive(server, "Slow", 1);
  Guest tom = arrive(server, "Tom", 2);
  slow.peer.expect<Joined>();
  // More than its memory, and what the kernel takes for a connection that is not read.
  constexpr std::uint32_t kMessages = 4'000;
  const std::string filler(1'500, 'x');
  for (std::uint32_t i = 1; i <= kMessages; ++i) {
    MessageId id{};
    id[0] = static_cast<std::uint8_t>(i);
    id[1] = static_cast<std::uint8_t>(i >> 8);
    tom.say(filler + std::to_string(i), id);
    if (i % 50 == 0)
      while (tom.peer.expect<Acknowledged>().sequence < Sequence{i})
        continue;
  }
  Guest eve = arrive(server, "Eve", 3);
  eve.peer.expect<Joined>();  // what one enters is open before it is said that one has joined
  for (std::uint64_t next = 1; next <= kMessages;) {
    const auto message = slow.peer.receive();
    REQUIRE(message);
    // Of presence alone.
    if (const auto* gap = std::get_if<Gap>(&*message))
      CHECK(gap->to < gap->from);
    if (const auto* posted = std::get_if<Posted>(&*message)) {
      REQUIRE(posted->sequence == Sequence{next});
      REQUIRE(posted->text == filler + std::to_string(next));
      ++next;
    }
  }
  // And knows who is there.
  slow.peer.send(ListMembers{kRequest, slow.lobby, {}});
  MemberPage page;
  do
    page = slow.peer.expect<MemberPage>();
  while (page.request != kRequest);
  CHECK(page.people.size() == 3);
}

TEST_CASE("a store is one server's") {
  const Kept kept;
  const ServerProcess server = kept.start();
  Process second({CHAT_SERVER, "--listen", "127.0.0.1:0", "--data", kept.folder.path()});
  CHECK(second.wait_for_exit() == 2);
  const std::string error = second.standard_error();
  CHECK(error.find("in use") != std::string::npos);
}

TEST_CASE("a running server's store is checked and copied by another process") {
  const Kept kept;
  const TemporaryFolder other;
  const ServerProcess server = kept.start();
  Guest lisa = arrive(server, "Lisa", 1);
  lisa.say("kept", id_of(1));
  lisa.peer.expect<Acknowledged>();
  Process check({CHAT_SERVER, "--check", "--data", kept.folder.path()});
  CHECK(check.wait_for_exit() == 0);
  Process backup(
      {CHAT_SERVER, "--backup", other.path() / "edgechat.db", "--data", kept.folder.path()});
  CHECK(backup.wait_for_exit() == 0);
  const ServerProcess restored({"--data", other.path(), "--durability", "power"});
  Guest again = arrive(restored, "Tom", 2);
  CHECK(again.welcome.epoch != lisa.welcome.epoch);
  CHECK(texts(again.history(again.lobby)) == Texts{"kept"});
  // Who knew numbers of the other store is told that they are void.
  lisa.come_back(restored, {{lisa.lobby, Sequence{1}}});
  CHECK(lisa.welcome.resumed);
  CHECK(lisa.peer.expect<RoomOpened>().reset);
}

TEST_CASE("in memory alone there is the history that the log has, and nothing is found") {
  const ServerProcess server;
  Guest lisa = arrive(server, "Lisa", 1);
  lisa.say("in memory", id_of(1));
  lisa.peer.expect<Acknowledged>();
  Guest tom = arrive(server, "Tom", 2);
  CHECK(texts(tom.history(tom.lobby)) == Texts{"in memory"});
  tom.peer.send(Search{.request = kRequest, .text = "memory", .count = 10});
  CHECK(tom.peer.expect<Error>().code == ErrorCode::not_kept);
}

TEST_CASE("no more than four answers from the store are on their way to one connection") {
  const Kept kept;
  const ServerProcess server = kept.start();
  Guest lisa = arrive(server, "Lisa", 1);
  constexpr std::size_t kSearches = 50;
  for (std::size_t i = 0; i < kSearches; ++i)
    lisa.peer.send(Search{.request = kRequest, .text = "anything", .count = 10});
  const auto answers = lisa.peer.settle();
  std::size_t found = only<SearchResults>(answers).size();
  const auto refused = only<Error>(answers);
  for (const Error& error : refused)
    CHECK(error.code == ErrorCode::too_many_reads);
  while (found + refused.size() < kSearches) {
    lisa.peer.expect<SearchResults>();
    ++found;
  }
}

TEST_CASE("on a full disk nothing is taken, everybody is told, and with space again it goes on") {
  SmallDisk disk("size=6m");
  if (!disk.is_there()) {
    MESSAGE("skipped: mounting a small disk needs root (", std::strerror(errno), ")");
    return;
  }
  const ServerProcess server({"--data", disk.path(), "--durability", "power"});
  Guest lisa = arrive(server, "Lisa", 1);
  Guest tom = arrive(server, "Tom", 2);
  lisa.say("before", id_of(1));
  lisa.peer.expect<Acknowledged>();
  disk.fill();
  // What fits into the last file that has room is still taken.
  const std::string much(4'000, 'x');
  std::uint8_t said = 1;
  std::optional<Error> refused;
  while (!refused) {
    REQUIRE(said < 200);
    lisa.say(much, id_of(++said));
    for (bool answered = false; !answered;) {
      const auto message = lisa.peer.receive();
      REQUIRE(message);
      if (const auto* error = std::get_if<Error>(&*message))
        refused = *error;
      answered = refused || std::holds_alternative<Acknowledged>(*message);
    }
  }
  CHECK(refused->code == ErrorCode::not_stored);
  CHECK(refused->sentence.find("full") != std::string::npos);
  CHECK(tom.peer.expect<Notice>().code == NoticeCode::disk_full);
  // Who comes and goes is seen all the same.
  Guest eve = arrive(server, "Eve", 3);
  CHECK(tom.peer.expect<Joined>().people.front().nickname == "Eve");
  disk.make_room();
  CHECK(tom.peer.expect<Notice>().code == NoticeCode::disk_recovered);
  // The message that was refused may be said again under its id.
  lisa.say("after", id_of(said));
  CHECK(lisa.peer.expect<Acknowledged>().sequence == Sequence{said});
  CHECK(texts(eve.history(eve.lobby, {}, 1)) == Texts{"after"});
}

TEST_CASE("who says something and goes at once hears what became of it") {
  const Kept kept;
  const ServerProcess server = kept.start();
  Guest lisa = arrive(server, "Lisa", 1);
  lisa.say("bye", id_of(1));
  SUBCASE("with a goodbye") {
    lisa.peer.send(Goodbye{});
  }
  SUBCASE("by closing one side") {
    lisa.peer.finish_sending();
  }
  CHECK(only<Acknowledged>(lisa.peer.receive_all()).size() == 1);
}

TEST_CASE("who comes while the disk is full is known to the next process when there was space") {
  SmallDisk disk("size=6m");
  if (!disk.is_there()) {
    MESSAGE("skipped: mounting a small disk needs root (", std::strerror(errno), ")");
    return;
  }
  const std::vector<std::string> arguments{"--data", disk.path(), "--durability", "power"};
  std::optional<ServerProcess> server(std::in_place, arguments);
  Guest lisa = arrive(*server, "Lisa", 1);
  disk.fill();
  for (std::uint8_t i = 1; i < 200; ++i) {
    lisa.say(std::string(4'000, 'x'), id_of(i));
    const auto answer = lisa.peer.receive();
    REQUIRE(answer);
    if (std::holds_alternative<Error>(*answer) || std::holds_alternative<Notice>(*answer))
      break;
  }
  Guest eve = arrive(*server, "Eve", 2);
  disk.make_room();
  while (eve.peer.expect<Notice>().code != NoticeCode::disk_recovered)
    continue;
  server.reset();
  server.emplace(arguments);
  eve.come_back(*server, {});
  CHECK(eve.welcome.resumed);
}
