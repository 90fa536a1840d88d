#include "libchat/member_list.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "tests/libchat/people.hpp"
#include "tests/libchat/render.hpp"

namespace chat {
namespace {

using test::member;
using test::members;

std::string names(const protocol::MemberPage& page) {
  std::string text;
  for (const auto& [user, nickname] : page.people)
    text += std::to_string(user.value) + ":" + nickname + " ";
  return text;
}

std::string names(const MemberList& list) {
  std::string text;
  for (const auto& page : list.snapshot(RoomId{1}))
    text += names(page);
  return text;
}

TEST_CASE("members are listed by ascending user id, in whatever order they came") {
  MemberList list;
  list.add(std::vector{member(5, "e"), member(2, "b")});
  list.add(std::vector{member(9, "i"), member(1, "a")});
  CHECK(names(list) == "1:a 2:b 5:e 9:i ");
  CHECK(list.size() == 4);
}

TEST_CASE("who is in the list already is not added again") {
  MemberList list;
  list.add(std::vector{member(1, "a")});
  list.add(std::vector{member(1, "other"), member(2, "b"), member(2, "twice")});
  CHECK(names(list) == "1:a 2:b ");
}

TEST_CASE("removing passes over who is not there") {
  MemberList list;
  list.add(members(1, 5));
  list.remove({UserId{4}, UserId{77}, UserId{1}, UserId{1}});
  CHECK(names(list) == "2:u2 3:u3 5:u5 ");
}

TEST_CASE("a rename changes the one member, or nothing") {
  MemberList list;
  list.add(members(1, 2));
  list.rename(UserId{2}, test::nickname("new"));
  list.rename(UserId{3}, test::nickname("nobody"));
  CHECK(names(list) == "1:u1 2:new ");
}

TEST_CASE("an empty list is one page, the first and the last") {
  const auto pages = MemberList().snapshot(RoomId{3});
  REQUIRE(pages.size() == 1);
  CHECK(test::render(pages[0]) ==
        "{request=0 room=3 total=0 first=1 last=1 people=[] lost=[] away=[]}");
}

TEST_CASE("pages fit a frame, go on where the one before ended, and hold everybody once") {
  MemberList list;
  for (std::uint64_t user = 1; user <= 2000; ++user)
    list.add(std::vector{member(user, std::string(1 + user % 32, 'x'))});
  const auto pages = list.snapshot(RoomId{1});
  CHECK(pages.size() > 1);
  std::uint64_t expected = 1;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    CHECK(protocol::encode(pages[i]).size() <= kMaxFrameBytes);
    CHECK(pages[i].total == 2000);
    CHECK(pages[i].first == (i == 0));
    CHECK(pages[i].last == (i + 1 == pages.size()));
    for (const auto& person : pages[i].people)
      CHECK(person.user == UserId{expected++});
  }
  CHECK(expected == 2001);
}

TEST_CASE("a page of the longest names fits a frame and is well filled") {
  MemberList list;
  std::string longest;
  for (int i = 0; i < 32; ++i)
    longest += "\xF0\x90\x90\x80";  // U+10400, four bytes and one column
  for (std::uint64_t user = 1; user <= 200; ++user)
    list.add(std::vector{member(user, longest)});
  const auto page = list.page(RequestId{7}, RoomId{1}, UserId{});
  const std::size_t bytes = protocol::encode(page).size();
  CHECK(bytes <= kMaxFrameBytes);
  CHECK(bytes > kMaxFrameBytes - 300);
  CHECK(page.request == RequestId{7});
  CHECK_FALSE(page.last);
}

TEST_CASE("a page behind the last member is empty and the last") {
  MemberList list;
  list.add(members(1, 3));
  const auto page = list.page(RequestId{1}, RoomId{1}, UserId{3});
  CHECK(page.people.empty());
  CHECK(page.last);
  CHECK_FALSE(page.first);
}

TEST_CASE("a page goes on behind a member who has left meanwhile") {
  MemberList list;
  list.add(members(1, 5));
  list.remove({UserId{3}});
  CHECK(names(list.page(RequestId{1}, RoomId{1}, UserId{3})) == "4:u4 5:u5 ");
}

TEST_CASE("somebody can be lost and away at once, and only who is there") {
  MemberList list;
  list.add(members(1, 3));
  list.set_away(UserId{2}, true);
  list.set_state(UserId{2}, PresenceState::lost);
  list.set_away(UserId{9}, true);
  const auto page = [&] { return list.page({}, RoomId{1}, {}); };
  CHECK(page().away == std::vector{UserId{2}});
  CHECK(page().lost == std::vector{UserId{2}});
  list.set_state(UserId{2}, PresenceState::here);
  CHECK(page().away == std::vector{UserId{2}});
  CHECK(page().lost.empty());
  list.remove({UserId{2}});
  list.add(members(2, 2));
  CHECK(page().people.size() == 3);
  CHECK(page().away.empty());
}

}  // namespace
}  // namespace chat
