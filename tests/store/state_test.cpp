#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "server/store/check.hpp"
#include "server/store/sqlite.hpp"
#include "tests/store/chatting.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat;
using namespace chat::store;
using namespace chat::store::test;
using chat::test::TemporaryFolder;

namespace {

// What the next run is told, after these changes in one commit each.
DurableState state_after(const std::vector<std::vector<StateChange>>& commits) {
  const TemporaryFolder folder;
  {
    Writer writer = opened(folder.path());
    for (const auto& changes : commits)
      must_commit(writer, {}, changes);
  }
  Writer writer = opened(folder.path());
  return writer.take_opened().state;
}

KnownSession session(UserId user, std::string nickname) {
  return {user, {3, 0xFFFF'FFFF}, std::move(nickname)};
}

}  // namespace

TEST_CASE("everything that is known comes back as it was") {
  KnownUser lisa = user(kLisa, {-5});
  lisa.secret.fill(0xAB);
  const DurableState state =
      state_after({{lisa, user(kTom), open_room({4}, "Gärten"),
                    KnownRoom{{5}, RoomKind::pair, "Tom", kLisa, kTom}, session(kLisa, "Lisa"),
                    KnownMembership{kLisa, {5}, false, {1}}}});
  REQUIRE(state.users.size() == 2);
  CHECK(state.users[0].user == kLisa);
  CHECK(state.users[0].identity == lisa.identity);
  CHECK(state.users[0].secret == lisa.secret);
  CHECK(state.users[0].seen == WallTime{-5});
  REQUIRE(state.rooms.size() == 2);
  CHECK(state.rooms[0].known.name == "Gärten");
  CHECK(state.rooms[0].known.kind == RoomKind::open);
  CHECK(state.rooms[0].next == Sequence{1});
  CHECK(state.rooms[1].known.room == RoomId{5});
  CHECK(state.rooms[1].known.kind == RoomKind::pair);
  CHECK(state.rooms[1].known.name == "Tom");
  CHECK(state.rooms[1].known.first == kLisa);
  CHECK(state.rooms[1].known.second == kTom);
  REQUIRE(state.sessions.size() == 1);
  CHECK(state.sessions[0].user == kLisa);
  CHECK(state.sessions[0].session == SessionId{3, 0xFFFF'FFFF});
  CHECK(state.sessions[0].nickname == "Lisa");
  REQUIRE(state.memberships.size() == 1);
  CHECK(state.memberships[0].user == kLisa);
  CHECK(state.memberships[0].room == RoomId{5});
  CHECK_FALSE(state.memberships[0].may_speak);
  CHECK(state.memberships[0].since == Sequence{1});
}

TEST_CASE("what is known anew takes the place of what was known") {
  const DurableState state =
      state_after({{user(kLisa), open_room(kLobby, "lobby"), session(kLisa, "Lisa"),
                    KnownMembership{kLisa, kLobby, true, {1}}},
                   {user(kLisa, {9}), open_room(kLobby, "hall"), session(kLisa, "Liz"),
                    KnownMembership{kLisa, kLobby, false, {1}}}});
  REQUIRE(state.users.size() == 1);
  CHECK(state.users[0].seen == WallTime{9});
  REQUIRE(state.rooms.size() == 1);
  CHECK(state.rooms[0].known.name == "hall");
  REQUIRE(state.sessions.size() == 1);
  CHECK(state.sessions[0].nickname == "Liz");
  REQUIRE(state.memberships.size() == 1);
  CHECK_FALSE(state.memberships[0].may_speak);
}

TEST_CASE("a session ends with all its memberships, a membership alone") {
  const std::vector<StateChange> both{user(kLisa),
                                      user(kTom),
                                      open_room(kLobby, "lobby"),
                                      session(kLisa, "Lisa"),
                                      session(kTom, "Tom"),
                                      KnownMembership{kLisa, kLobby},
                                      KnownMembership{kTom, kLobby}};
  SUBCASE("session") {
    const DurableState state = state_after({both, {EndedSession{kLisa}, EndedSession{kEve}}});
    REQUIRE(state.sessions.size() == 1);
    CHECK(state.sessions[0].user == kTom);
    REQUIRE(state.memberships.size() == 1);
    CHECK(state.memberships[0].user == kTom);
  }
  SUBCASE("membership") {
    const DurableState state = state_after({both, {EndedMembership{kTom, kLobby}}});
    CHECK(state.sessions.size() == 2);
    REQUIRE(state.memberships.size() == 1);
    CHECK(state.memberships[0].user == kLisa);
  }
}

TEST_CASE("a user is forgotten with session and pairs, a room with memberships") {
  const std::vector<StateChange> known{
      user(kLisa),
      user(kTom),
      user(kEve),
      open_room(kLobby, "lobby"),
      pair_of({5}, kLisa, kTom),
      pair_of({6}, kEve, kLisa),
      pair_of({7}, kTom, kEve),
      session(kLisa, "Lisa"),
      session(kTom, "Tom"),
      KnownMembership{kTom, kLobby},
      KnownMembership{kTom, {5}},
  };
  SUBCASE("user") {
    const DurableState state = state_after({known, {ForgottenUser{kLisa}}});
    CHECK(state.users.size() == 2);
    REQUIRE(state.rooms.size() == 2);
    CHECK(state.rooms[1].known.room == RoomId{7});
    CHECK(state.sessions.size() == 1);
    REQUIRE(state.memberships.size() == 1);
    CHECK(state.memberships[0].room == kLobby);
  }
  SUBCASE("room") {
    const DurableState state = state_after({known, {ForgottenRoom{kLobby}}});
    CHECK(state.rooms.size() == 3);
    REQUIRE(state.memberships.size() == 1);
    CHECK(state.memberships[0].room == RoomId{5});
  }
}

TEST_CASE("up to where somebody has read stays, as long as they and the room are known") {
  const std::vector<StateChange> known{user(kLisa),
                                       user(kTom),
                                       open_room(kLobby, "lobby"),
                                       open_room({4}, "tea"),
                                       ReadPosition{kLisa, kLobby, {1}},
                                       ReadPosition{kTom, kLobby, {1}},
                                       ReadPosition{kTom, {4}, {9}}};
  const auto reads_after = [&](const std::vector<StateChange>& changes) {
    const TemporaryFolder folder;
    {
      Writer writer = opened(folder.path());
      must_commit(writer, {}, known);
      must_commit(writer, {said(kLobby, kTom, 1, "a"), said(kLobby, kTom, 2, "b")}, changes);
    }
    Writer writer = opened(folder.path());
    std::string words;
    for (const ReadPosition& read : writer.take_opened().state.reads)
      words += fmt::format("{}/{}#{} ", read.user.value, read.room.value, read.sequence.value);
    return words;
  };
  const auto words = [](UserId user, RoomId room, int sequence) {
    return fmt::format("{}/{}#{} ", user.value, room.value, sequence);
  };
  // No message of the other room was ever said.
  CHECK(reads_after({ReadPosition{kLisa, kLobby, {2}}}) ==
        words(kLisa, kLobby, 2) + words(kTom, kLobby, 1) + words(kTom, {4}, 0));
  CHECK(reads_after({ReadPosition{kTom, kLobby, {}}}) ==
        words(kLisa, kLobby, 1) + words(kTom, {4}, 0));
  CHECK(reads_after({ForgottenUser{kTom}}) == words(kLisa, kLobby, 1));
  CHECK(reads_after({ForgottenRoom{{4}}}) == words(kLisa, kLobby, 1) + words(kTom, kLobby, 1));
}

TEST_CASE("changes are applied in their order, before the messages") {
  const DurableState state =
      state_after({{user(kLisa), session(kLisa, "Lisa"), EndedSession{kLisa}, session(kLisa, "Liz"),
                    open_room({3}, "hall"), ForgottenRoom{{3}}}});
  REQUIRE(state.sessions.size() == 1);
  CHECK(state.sessions[0].nickname == "Liz");
  CHECK(state.rooms.empty());
}

TEST_CASE("numbers go on behind the last message of a room") {
  const TemporaryFolder folder;
  {
    Writer writer = opened(folder.path());
    must_commit(writer, {said(kLobby, kLisa, 1, "a"), said(kLobby, kLisa, 2, "b")}, beginning());
  }
  Writer writer = opened(folder.path());
  CHECK(writer.take_opened().state.rooms[0].next == Sequence{3});
}

TEST_CASE("a session or membership that makes no sense is left out, a room is damage") {
  const TemporaryFolder folder;
  {
    Writer writer = opened(folder.path());
    must_commit(writer, {}, beginning());
    must_commit(writer, {}, {session(kLisa, "Lisa"), KnownMembership{kLisa, kLobby}});
  }
  const auto damage = [&](const std::string& sql) {
    sqlite::Database(folder.path() / "edgechat.db", sqlite::Access::write).run(sql);
  };
  SUBCASE("nickname") {
    damage("UPDATE sessions SET nickname = '@'");
    Writer writer = opened(folder.path());
    const DurableState state = writer.take_opened().state;
    CHECK(state.sessions.empty());
    CHECK(state.memberships.empty());
  }
  SUBCASE("membership of nobody") {
    damage("INSERT INTO memberships VALUES(99, 1, 1, 1), (4294967297, 77, 1, 1)");
    Writer writer = opened(folder.path());
    CHECK(writer.take_opened().state.memberships.size() == 1);
  }
  SUBCASE("room") {
    damage("UPDATE rooms SET name = ''");
    const auto writer = Writer::open({folder.path()}, kNow);
    REQUIRE_FALSE(writer.has_value());
    CHECK(writer.error() ==
          fmt::format("The store in {} is damaged: what it says about room 1 makes no sense.",
                      folder.path().string()));
  }
}

namespace {

// A lobby with three messages, of which Lisa is a member, a garden with one, and a pair.
class Damaged {
 public:
  explicit Damaged(const std::string& sql) {
    {
      Writer before = opened(folder_.path());
      must_commit(
          before,
          {said(kLobby, kLisa, 1, "a"), said(kLobby, kLisa, 2, "b"), said(kLobby, kLisa, 3, "c"),
           said({2}, kLisa, 4, "d")},
          beginning_with({open_room({2}, "garden"), pair_of({5}, kLisa, kTom),
                          session(kLisa, "Lisa"), KnownMembership{kLisa, kLobby, true, {2}}}));
    }
    sqlite::Database(folder_.path() / "edgechat.db", sqlite::Access::write)
        .run("PRAGMA ignore_check_constraints = ON; " + sql);
    lines = check(folder_.path()).lines;
    writer = opened(folder_.path());
    state = writer->take_opened().state;
  }

  bool found(const std::string& line) const { return std::ranges::count(lines, line) == 1; }

  std::vector<std::string> lines;
  DurableState state;
  std::optional<Writer> writer;

 private:
  static std::vector<StateChange> beginning_with(std::vector<StateChange> more) {
    std::vector<StateChange> changes = beginning();
    std::ranges::move(more, std::back_inserter(changes));
    return changes;
  }

  const TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("a membership begins within its room, whatever was damaged") {
  std::string since;
  Sequence expected;
  SUBCASE("at nothing") {
    since = "0";
    expected = {1};
  }
  SUBCASE("below nothing") {
    since = "-7";
    expected = {4};
  }
  SUBCASE("beyond the end") {
    since = "1000";
    expected = {4};
  }
  const Damaged store("UPDATE memberships SET since = " + since);
  REQUIRE(store.state.memberships.size() == 1);
  CHECK(store.state.memberships[0].since == expected);
  CHECK(store.found(
      fmt::format("the state: since when user {} is in room 1 makes no sense", kLisa.value)));
}

TEST_CASE("a room's numbers go on behind its messages, even if its last number is too low") {
  Damaged store("UPDATE rooms SET last = 1 WHERE room = 1");
  CHECK(store.state.rooms[0].next == Sequence{4});
  CHECK(store.found("room 1 (lobby): messages 2 to 3 are numbered beyond the room's last"));
  Batch batch{said(kLobby, kLisa, 9, "more")};
  REQUIRE(commit(*store.writer, batch).has_value());
  CHECK(message_of(batch[0]).sequence == Sequence{4});
}

TEST_CASE("a room whose last number cannot be is left out, and the rest is there") {
  std::string last;
  SUBCASE("too high") {
    last = "4611686018427387905";
  }
  SUBCASE("negative") {
    last = "-1";
  }
  const Damaged store(fmt::format("UPDATE rooms SET last = {} WHERE room = 1", last));
  REQUIRE(store.state.rooms.size() == 2);
  CHECK(store.state.rooms[0].known.room == RoomId{2});
  CHECK(store.state.memberships.empty());
  CHECK(store.found("the state: the last number of room 1 makes no sense"));
}

TEST_CASE("two people have one room at most") {
  const Damaged store(
      fmt::format("INSERT INTO rooms VALUES(9, 2, '', {}, {}, 3)", kTom.value, kLisa.value));
  REQUIRE(store.state.rooms.size() == 3);
  CHECK(store.state.rooms[2].known.room == RoomId{5});
  CHECK(store.found("the state: room 9 belongs to the same two as another one"));
}
