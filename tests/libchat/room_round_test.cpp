#include "libchat/room_round.hpp"

#include <doctest/doctest.h>

#include <string>
#include <variant>

#include "tests/libchat/people.hpp"

namespace chat {
namespace {

using test::member;

AcceptedMessage message(const Member& from, const std::string& text) {
  return {.from = from, .text = text};
}

AcceptedRename rename(std::uint64_t user, const std::string& before, const std::string& after) {
  return {UserId{user}, test::nickname(before), test::nickname(after)};
}

std::string words(const AcceptedMessage& m) {
  return std::string(m.from.nickname.shown()) + ": " + m.text;
}
std::string words(const AcceptedJoins& joins) {
  std::string text = "joined";
  for (const Member& m : joins.members)
    text += " " + std::string(m.nickname.shown());
  return text;
}
std::string words(const AcceptedLeaves& leaves) {
  std::string text = "left";
  for (const auto& leaver : leaves.leavers)
    text += " " + std::string(leaver.member.nickname.shown()) + "/" +
            std::string(name_of(leaver.reason));
  return text;
}
std::string words(const AcceptedRename& r) {
  return std::string(r.before.shown()) + " is " + std::string(r.after.shown());
}
std::string words(const AcceptedTyping& typing) {
  return std::string(typing.member.nickname.shown()) + " types";
}
std::string words(const AcceptedAway& away) {
  return std::string(away.member.nickname.shown()) + (away.is_away ? " away" : " back");
}
std::string words(const AcceptedStates& states) {
  std::string text = "states";
  for (const auto& change : states.changes)
    text += " " + std::string(change.member.nickname.shown()) + "/" +
            (change.state == PresenceState::lost ? "/lost" : "/here");
  return text;
}

// What the round publishes, in order.
std::string published(RoomRound& round) {
  Batch batch;
  round.move_to(batch, RoomId{4}, WallTime{1000});
  std::string text;
  for (const Entry& entry : batch) {
    CHECK(entry.room == RoomId{4});
    CHECK(entry.time == WallTime{1000});
    text += std::visit([](const auto& what) { return words(what); }, entry.what) + "; ";
  }
  CHECK(round.empty());
  return text;
}

const Member kLisa = member(1, "lisa");
const Member kBob = member(2, "bob");
const Member kZoe = member(3, "zoe");

TEST_CASE("joins come before the messages and leaves behind them, each in one entry") {
  RoomRound round;
  round.leave(kLisa, LeaveReason::quit);
  round.add(message(kBob, "one"));
  round.join(kZoe);
  round.add(message(kBob, "two"));
  round.join(member(4, "dan"));
  round.leave(kBob, LeaveReason::lost);
  CHECK(published(round) == "joined zoe dan; bob: one; bob: two; left lisa/quit bob/lost; ");
}

TEST_CASE("renames stand where they happened") {
  RoomRound round;
  round.add(message(kLisa, "one"));
  round.add(rename(1, "lisa", "liz"));
  round.add(message(member(1, "liz"), "two"));
  CHECK(published(round) == "lisa: one; lisa is liz; liz: two; ");
}

TEST_CASE("who joins and leaves again unheard leaves no trace") {
  RoomRound round;
  round.join(kLisa);
  round.leave(kLisa, LeaveReason::lost);
  CHECK(round.empty());
  CHECK(published(round).empty());
}

TEST_CASE("who joins, speaks and leaves is seen to come and go") {
  RoomRound round;
  round.join(kLisa);
  round.add(message(kLisa, "hi"));
  round.leave(kLisa, LeaveReason::quit);
  CHECK(published(round) == "joined lisa; lisa: hi; left lisa/quit; ");
}

TEST_CASE("who joins, takes another name and leaves is seen to come and go") {
  RoomRound round;
  round.join(kLisa);
  round.add(rename(1, "lisa", "liz"));
  round.leave(member(1, "liz"), LeaveReason::left);
  CHECK(published(round) == "joined lisa; lisa is liz; left liz/left; ");
}

TEST_CASE("a message of somebody else does not make a join heard") {
  RoomRound round;
  round.join(kLisa);
  round.add(message(kBob, "hi"));
  round.leave(kLisa, LeaveReason::quit);
  CHECK(published(round) == "bob: hi; ");
}

TEST_CASE("who leaves and comes back has not been away") {
  RoomRound round;
  round.leave(kLisa, LeaveReason::left);
  round.join(kLisa);
  CHECK(published(round).empty());
}

TEST_CASE("who leaves and comes back under another name is renamed") {
  RoomRound round;
  round.leave(kLisa, LeaveReason::left);
  round.join(member(1, "liz"));
  round.add(message(member(1, "liz"), "back"));
  CHECK(published(round) == "lisa is liz; liz: back; ");
}

TEST_CASE("coming and going many times ends as it ends") {
  RoomRound round;
  for (int i = 0; i < 3; ++i) {
    round.join(kLisa);
    round.leave(kLisa, LeaveReason::left);
  }
  round.join(kLisa);
  CHECK(published(round) == "joined lisa; ");
  for (int i = 0; i < 3; ++i) {
    round.leave(kBob, LeaveReason::left);
    round.join(kBob);
  }
  round.leave(kBob, LeaveReason::quit);
  CHECK(published(round) == "left bob/quit; ");
}

TEST_CASE("cancelling out touches nobody else") {
  RoomRound round;
  round.join(kLisa);
  round.join(kBob);
  round.join(kZoe);
  round.leave(kBob, LeaveReason::lost);
  CHECK(published(round) == "joined lisa zoe; ");
}

TEST_CASE("who was heard typing, or was away, has been there") {
  RoomRound round;
  round.join(kLisa);
  SUBCASE("typing") {
    round.add(AcceptedTyping{kLisa});
    round.leave(kLisa, LeaveReason::left);
    CHECK(published(round) == "joined lisa; lisa types; left lisa/left; ");
  }
  SUBCASE("away") {
    round.add(AcceptedAway{kLisa, true, "lunch"});
    round.add(AcceptedAway{kLisa, false, {}});
    round.leave(kLisa, LeaveReason::left);
    CHECK(published(round) == "joined lisa; lisa away; lisa back; left lisa/left; ");
  }
}

}  // namespace
}  // namespace chat
