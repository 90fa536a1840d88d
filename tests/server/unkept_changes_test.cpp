// Changes of state that wait for a disk with space.
#include <doctest/doctest.h>

#include <string>
#include <variant>
#include <vector>

#include "server/unkept_changes.hpp"
#include "tests/support/kept_store.hpp"

using namespace chat;
using namespace chat::server;

namespace {

constexpr UserId kLisa{7};
constexpr RoomId kTea{3};
const IdentityId kIdentity{.value = {1}};

KnownUser user(IdentityId identity = {}) {
  return {.user = kLisa, .identity = identity};
}
KnownSession session(const std::string& nickname, bool is_new = false) {
  return {.user = kLisa, .session = {0, 1}, .nickname = nickname, .is_new = is_new};
}

// What a store holds that has heard of everything at once, or of the latest of each only.
DurableState state_after(const std::vector<StateChange>& before,
                         const std::vector<StateChange>& changes, bool all) {
  chat::test::KeptStore store;
  for (const StateChange& change : before)
    store.apply(change);
  UnkeptChanges unkept;
  for (const StateChange& change : changes)
    unkept.add(change);
  for (const StateChange& change : all ? changes : unkept.all())
    store.apply(change);
  return store.state();
}

std::string in_words(const DurableState& state) {
  std::string words;
  for (const auto& known : state.sessions)
    words += "session " + known.nickname + " ";
  for (const auto& known : state.memberships)
    words += "in " + std::to_string(known.room.value) + (known.may_speak ? " " : " silent ");
  for (const auto& room : state.rooms)
    words += "room " + room.known.name + " ";
  for (const auto& read : state.reads)
    words += "read #" + std::to_string(read.sequence.value) + " ";
  return words;
}

}  // namespace

TEST_CASE("the latest changes lead to the same state as all of them") {
  const KnownRoom tea{.room = kTea, .kind = RoomKind::open, .name = "tea"};
  const KnownMembership in{.user = kLisa, .room = kTea, .may_speak = true, .since = {1}};
  const KnownMembership silent{.user = kLisa, .room = kTea, .may_speak = false, .since = {1}};
  const std::vector<StateChange> here{user(), session("lisa"), tea, in};
  std::vector<StateChange> before;
  std::vector<StateChange> changes;
  SUBCASE("who came") {
    changes = here;
  }
  SUBCASE("who came and was renamed") {
    changes = here;
    changes.emplace_back(session("liz"));
  }
  SUBCASE("who left a room") {
    before = here;
    changes = {EndedMembership{kLisa, kTea}, ForgottenRoom{kTea}};
  }
  SUBCASE("who has left") {
    before = here;
    changes = {user(), EndedSession{kLisa}};
  }
  SUBCASE("who has left and come again") {
    before = here;
    changes = {user(kIdentity), EndedSession{kLisa}, user(kIdentity), session("eve")};
  }
  SUBCASE("who has read on") {
    before = here;
    changes = {ReadPosition{kLisa, kTea, {1}}, ReadPosition{kLisa, kTea, {3}}};
  }
  SUBCASE("who is alone in a pair") {
    before = here;
    changes = {silent};
  }
  CHECK(in_words(state_after(before, changes, true)) ==
        in_words(state_after(before, changes, false)));
}

TEST_CASE("of who came and went meanwhile, and left nothing, nothing is left") {
  UnkeptChanges unkept;
  const KnownRoom tea{.room = kTea, .kind = RoomKind::open, .name = "tea", .is_new = true};
  const KnownMembership in{.user = kLisa, .room = kTea, .may_speak = true, .since = {1}};
  SUBCASE("who is new") {
    for (const StateChange& change :
         std::vector<StateChange>{user(), session("lisa", true), tea, in, EndedSession{kLisa},
                                  ForgottenUser{kLisa}, ForgottenRoom{kTea}})
      unkept.add(change);
    CHECK(unkept.empty());
  }
  SUBCASE("but what was committed has to be ended") {
    for (const StateChange& change :
         std::vector<StateChange>{EndedSession{kLisa}, ForgottenUser{kLisa}, ForgottenRoom{kTea}})
      unkept.add(change);
    CHECK(unkept.all().size() == 3);
  }
  SUBCASE("and who may come again is known") {
    for (const StateChange& change : std::vector<StateChange>{
             user(kIdentity), session("lisa", true), EndedSession{kLisa}, user(kIdentity)})
      unkept.add(change);
    REQUIRE(unkept.all().size() == 1);
    CHECK(std::holds_alternative<KnownUser>(unkept.all().front()));
  }
}
