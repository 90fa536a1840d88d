#include "libchat/room.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <vector>

#include "tests/libchat/people.hpp"
#include "tests/libchat/render.hpp"

namespace chat {
namespace {

using namespace std::chrono_literals;
using test::member;
using test::members;

class RoomTest {
 public:
  void join(const std::vector<Member>& who) { publish(AcceptedJoins{who}); }

  void leave(const std::vector<Member>& who) {
    AcceptedLeaves leaves;
    for (const Member& m : who)
      leaves.leavers.push_back({m, LeaveReason::quit});
    publish(leaves);
  }

  void rename(const Member& before, const std::string& after) {
    publish(AcceptedRename{before.user, before.nickname, test::nickname(after)});
  }

  void post(const Member& from, const std::string& text) {
    publish(AcceptedMessage{.from = from, .text = text, .sequence = room.log().next()});
  }

  void publish(Accepted what) { room.publish({RoomId{1}, WallTime{5}, std::move(what)}, now); }

  // The frames that came since the last call.
  std::vector<protocol::ServerMessage> frames() {
    std::vector<protocol::ServerMessage> all;
    const auto segments = room.log().segments_holding(read_);
    for (std::size_t i = 0; i < segments.size(); ++i) {
      const Position end = i + 1 < segments.size() ? segments[i + 1]->begin() : room.log().head();
      ByteView bytes = segments[i]->range(std::max(read_, segments[i]->begin()), end);
      while (!bytes.empty())
        all.push_back(*protocol::decode_server_message(**take_frame(bytes)));
    }
    read_ = room.log().head();
    return all;
  }

  // Their types and lists' lengths: "joined 3; posted; "
  std::string summary() {
    std::string text;
    for (const auto& message : frames())
      text += std::visit([](const auto& m) { return words(m); }, message) + "; ";
    return text;
  }

  LogBudget budget{std::size_t{1} << 30};
  Room room{RoomId{1}, RoomKind::open, budget, std::size_t{1} << 30};
  MonotonicTime now{1h};

 private:
  static std::string words(const protocol::Posted& m) { return m.nickname + ": " + m.text; }
  static std::string words(const protocol::Joined& m) {
    return "joined " + std::to_string(m.people.size());
  }
  static std::string words(const protocol::Left& m) {
    return "left " + std::to_string(m.people.size());
  }
  static std::string words(const protocol::Renamed& m) { return m.before + " is " + m.after; }
  static std::string words(const protocol::MemberCount& m) {
    return "count " + std::to_string(m.members);
  }
  static std::string words(const protocol::MemberPage& m) {
    return "page " + std::to_string(m.people.size()) + (m.first ? " first" : "") +
           (m.last ? " last" : "");
  }
  static std::string words(const auto&) { return "unexpected"; }

  Position read_;
};

TEST_CASE("messages and presence become frames of the log in the order of publication") {
  RoomTest test;
  const Member lisa = member(1, "lisa");
  test.join({lisa});
  test.post(lisa, "hi");
  test.rename(lisa, "liz");
  test.leave({member(1, "liz")});
  CHECK(test.summary() == "joined 1; lisa: hi; lisa is liz; left 1; ");
  CHECK(test.room.announced().size() == 0);
}

TEST_CASE("a posted frame carries room, number, time, user, name, kind and text") {
  RoomTest test;
  test.post(member(7, "lisa"), "hi");
  const auto frames = test.frames();
  REQUIRE(frames.size() == 1);
  CHECK(test::render(frames[0]) ==
        "c1{room=1 sequence=1 time=5 user=7 kind=1 nickname='lisa' text='hi'}");
}

TEST_CASE("messages are numbered densely whatever presence stands between them") {
  RoomTest test;
  for (int i = 0; i < 10; ++i) {
    test.post(member(1, "lisa"), "m");
    test.join({member(static_cast<std::uint64_t>(i) + 2, "x")});
  }
  CHECK(test.room.log().next() == Sequence{11});
}

TEST_CASE("who is there from the beginning is not announced in the log") {
  RoomTest test;
  test.room.begin_with(members(1, 2));
  CHECK(test.room.announced().size() == 2);
  CHECK(test.summary().empty());
}

TEST_CASE("many who come or go at once are split into frames that fit") {
  RoomTest test;
  test.join(members(1, 300));
  test.leave(members(1, 300));
  CHECK(test.summary() == "joined 117; joined 117; joined 66; left 117; left 117; left 66; ");
}

TEST_CASE("just as many as fit one frame make one frame") {
  RoomTest test;
  test.join(members(1, 117));
  CHECK(test.summary() == "joined 117; ");
}

TEST_CASE("up to 500 members are announced by name, more by count") {
  RoomTest test;
  test.join(members(1, 100));
  test.frames();
  test.join(members(101, 200));
  CHECK(test.room.is_listed());
  test.join(members(201, 500));
  CHECK(test.room.is_listed());
  test.frames();
  test.join(members(501, 501));
  CHECK_FALSE(test.room.is_listed());
  CHECK(test.summary() == "count 501; ");
}

TEST_CASE("a counted room announces no names until it is below 400") {
  RoomTest test;
  test.join(members(1, 501));
  test.frames();
  test.rename(member(3, "u3"), "new");
  test.leave(members(1, 1));
  test.leave(members(402, 501));
  CHECK(test.room.announced().size() == 400);
  CHECK_FALSE(test.room.is_listed());
  CHECK(test.summary().empty());
}

TEST_CASE("a room that is below 400 again brings the list back with a snapshot") {
  RoomTest test;
  test.join(members(1, 501));
  test.frames();
  test.rename(member(3, "u3"), "new");
  test.leave(members(400, 501));
  CHECK(test.room.is_listed());
  const auto frames = test.frames();
  REQUIRE(frames.size() == 1);
  const auto& page = std::get<protocol::MemberPage>(frames[0]);
  CHECK(page.request == RequestId{});
  CHECK(page.first);
  CHECK(page.last);
  CHECK(page.people.size() == 399);
  CHECK(page.people[2].nickname == "new");
  CHECK_FALSE(test.room.count_due());
  test.join(members(600, 600));
  CHECK(test.summary() == "joined 1; ");
}

TEST_CASE("counts are announced at most four times a second, the last one always") {
  RoomTest test;
  test.join(members(1, 501));
  CHECK(test.summary() == "count 501; ");
  int counts = 0;
  for (std::uint64_t user = 502; user < 1502; ++user) {
    test.join(members(user, user));
    test.now += 1ms;
    test.room.announce_due_count(test.now);
    counts += static_cast<int>(test.frames().size());
  }
  CHECK(counts == 4);
  REQUIRE(!test.room.count_due());
  test.join(members(2000, 2001));
  REQUIRE(test.room.count_due());
  test.now = *test.room.count_due() - 1ns;
  test.room.announce_due_count(test.now);
  CHECK(test.summary().empty());
  test.now += 1ns;
  test.room.announce_due_count(test.now);
  CHECK(test.summary() == "count 1503; ");
  CHECK_FALSE(test.room.count_due());
}

TEST_CASE("messages go through a counted room as through any other") {
  RoomTest test;
  test.join(members(1, 501));
  test.post(member(1, "u1"), "hi");
  CHECK(test.summary() == "count 501; u1: hi; ");
}

}  // namespace
}  // namespace chat
