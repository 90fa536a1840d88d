#include "bench/scenarios/member_view.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

using namespace chat;
using namespace chat::bench;

namespace {

constexpr RoomId kRoom{2};

struct Watcher {
  MemberView view;

  Watcher() {
    view.open({RequestId{1}, kRoom, RoomKind::open, "room", Sequence{1}, 0, true}, Instant{});
  }
  template <class Message>
  void take(const Message& message, double seconds = 0) {
    const Bytes bytes = protocol::encode(message);
    ByteView rest(bytes);
    const auto frame = take_frame(rest);
    REQUIRE((frame && *frame));
    CHECK(view.take(**frame, Instant(from_seconds(seconds))));
  }
};

std::vector<protocol::Person> people(std::initializer_list<std::uint64_t> users) {
  std::vector<protocol::Person> list;
  for (const std::uint64_t user : users)
    list.push_back({UserId{user}, "somebody"});
  return list;
}

using Users = std::unordered_set<UserId>;

}  // namespace

TEST_CASE("who joined and has not left is there, and other rooms are none of it") {
  Watcher watcher;
  watcher.take(protocol::MemberPage{{}, kRoom, 2, true, false, people({1})});
  watcher.take(protocol::MemberPage{{}, kRoom, 2, false, true, people({2})});
  watcher.take(protocol::Joined{kRoom, {}, people({3, 4})});
  watcher.take(protocol::Joined{RoomId{9}, {}, people({5})});
  watcher.take(protocol::Left{kRoom, {}, {{UserId{2}, "somebody", LeaveReason::lost}}});
  CHECK(watcher.view.people() == Users{UserId{1}, UserId{3}, UserId{4}});
  CHECK(watcher.view.count() == 3);
}

TEST_CASE("a count takes the place of the list, and pages that of the count") {
  Watcher watcher;
  watcher.take(protocol::Joined{kRoom, {}, people({3})});
  watcher.take(protocol::MemberCount{kRoom, 501});
  CHECK_FALSE(watcher.view.is_listed());
  CHECK(watcher.view.count() == 501);
  watcher.take(protocol::MemberPage{{}, kRoom, 1, true, true, people({7})});
  CHECK(watcher.view.is_listed());
  CHECK(watcher.view.people() == Users{UserId{7}});
}

TEST_CASE("counts may come four times a second, and once more") {
  Watcher watcher;
  CHECK_FALSE(watcher.view.counts_came_too_often());
  for (int i = 0; i < 5; ++i)
    watcher.take(protocol::MemberCount{kRoom, 600}, i * 0.25);
  CHECK_FALSE(watcher.view.counts_came_too_often());
  watcher.take(protocol::MemberCount{kRoom, 600}, 1.1);
  CHECK(watcher.view.counts_came_too_often());
}
