// The hub over a store: what a later process takes up.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

#include "tests/libchat/durable_hub.hpp"

namespace chat::test {
namespace {

using namespace std::chrono_literals;

TEST_CASE("everybody resumes into the next process, with name, rooms and numbers") {
  Durable d;
  const Bytes lisa = d.arrive("lisa", 1);
  const Bytes bob = d.arrive("bob", 2);
  d.s.join("lisa", "garden");
  d.s.say("bob", kLobby, "one");
  d.s.forget();
  d.s.restart();
  d.come_back("lisa", 1, lisa, {{kLobby, Sequence{1}}, {RoomId{2}, Sequence{}}});
  CHECK(d.s.heard("lisa") == Words{"welcome 1 user 4294967297 lisa resumed",
                                   "opened 1 room 1 open lobby next #2 members 2",
                                   "members 0 room 1 total 2 first last: lisa bob",
                                   "opened 1 room 2 open garden next #1 members 1",
                                   "members 0 room 2 total 1 first last: lisa"});
  d.come_back("bob", 2, bob, {{kLobby, Sequence{1}}});
  d.s.send("bob", protocol::Say{.room = kLobby, .id = MessageId{42}, .text = "two"});
  CHECK(holds(d.s.heard("lisa"), "posted room 1 #2 bob: two"));
}

TEST_CASE("whoever does not come back after a restart is lost, and then has left") {
  Durable d;
  const Bytes lisa = d.arrive("lisa", 1);
  d.arrive("bob", 2);
  d.s.restart();
  d.come_back("lisa", 1, lisa, {});
  d.s.forget();
  d.s.advance(10s);
  CHECK(d.s.heard("lisa") == Words{"presence room 1: bob/lost"});
  d.s.advance(110s);
  CHECK(d.s.heard("lisa") == Words{"left room 1: bob/lost"});
  CHECK(d.s.hub().sessions() == 1);
}

TEST_CASE("what a room was told before is not lost with those who were in it") {
  Durable d;
  d.arrive("lisa", 1);
  d.s.join("lisa", "garden");
  d.s.say("lisa", RoomId{2}, "roses");
  d.s.forget();
  d.s.leave("lisa", RoomId{2});
  d.s.forget();
  CHECK(d.s.hub().log(RoomId{2}) == nullptr);
  SUBCASE("in the same process") {}
  SUBCASE("in another one") {
    d.s.restart();
    d.arrive("bob", 2);
  }
  const std::string who = d.s.hub().sessions() == 1 ? "lisa" : "bob";
  d.s.join(who, "Garden");
  const Words heard = d.s.heard(who);
  REQUIRE(!heard.empty());
  CHECK(heard.front().starts_with("opened "));
  CHECK(heard.front().ends_with(" room 2 open garden next #2 members 0"));
}

TEST_CASE("a room in which nothing was said is forgotten with its last member") {
  Durable d;
  d.arrive("lisa", 1);
  d.s.join("lisa", "garden");
  d.s.forget();
  CHECK(d.store.rooms().size() == 2);
  d.s.leave("lisa", RoomId{2});
  d.s.forget();
  d.s.run();
  CHECK(d.store.rooms().size() == 1);
}

TEST_CASE("a message that was said to an earlier process is acknowledged, and not said again") {
  Durable d;
  const Bytes lisa = d.arrive("lisa", 1);
  d.s.say("lisa", kLobby, "once");
  CHECK(holds(d.s.heard("lisa"), "acknowledged 2 room 1 #1"));
  d.s.restart();
  d.come_back("lisa", 1, lisa, {{kLobby, Sequence{1}}});
  d.s.forget();
  d.s.say("lisa", kLobby, "once");
  CHECK(d.s.heard("lisa") == Words{"acknowledged 2 room 1 #1"});
  CHECK(d.store.messages().at(kLobby).size() == 1);
  SUBCASE("nor under the same id with another text") {
    d.s.send("lisa", protocol::Say{.room = kLobby, .id = MessageId{2}, .text = "other"});
    CHECK(d.s.heard("lisa") == Words{"error 3 id_reused"});
  }
}

TEST_CASE("a new session of the same identity is the same user, to whom its ids are known") {
  Durable d;
  d.arrive("lisa", 1);
  d.s.say("lisa", kLobby, "once");
  d.s.forget();
  d.s.depart("lisa", LeaveReason::quit);
  d.s.run();
  d.arrive("lisa", 1);
  d.s.say("lisa", kLobby, "once");
  CHECK(d.s.heard("lisa") == Words{"acknowledged 2 room 1 #1"});
  CHECK(d.store.users().size() == 1);
}

TEST_CASE("an identity is refused to others also when it has no session") {
  Durable d;
  d.arrive("lisa", 1);
  d.s.say("lisa", kLobby, "me");
  d.s.forget();
  d.s.depart("lisa", LeaveReason::quit);
  d.s.run();
  d.s.restart();
  d.s.connect("eve");
  d.s.send("eve", protocol::Hello{.nickname = "eve", .identity = identity(1), .secret = secret(9)});
  CHECK(d.s.heard("eve") == Words{"error 1 identity_refused"});
}

TEST_CASE("what was not committed when the process was killed may be said again") {
  Durable d;
  const Bytes lisa = d.arrive("lisa", 1);
  d.s.ledger().hold();
  d.s.say("lisa", kLobby, "lost");
  d.s.run();
  d.s.restart();
  d.come_back("lisa", 1, lisa, {{kLobby, Sequence{}}});
  d.s.forget();
  d.s.say("lisa", kLobby, "lost");
  CHECK(d.s.heard("lisa") == Words{"acknowledged 2 room 1 #1", "posted room 1 #1 lisa: lost"});
}

TEST_CASE("state that could not be committed is committed with what can") {
  Durable d;
  d.s.ledger().fail_next();
  const Bytes lisa = d.arrive("lisa", 1);
  CHECK(d.store.users().empty());
  d.s.say("lisa", kLobby, "there is space again");
  d.s.forget();
  CHECK(d.store.users().size() == 1);
  d.s.restart();
  d.come_back("lisa", 1, lisa, {{kLobby, Sequence{1}}});
  CHECK(holds(d.s.heard("lisa"), "welcome 1 user 4294967297 lisa resumed"));
}

TEST_CASE("a message that cannot be stored is refused in the ledger's words") {
  Durable d;
  d.arrive("lisa", 1);
  d.s.ledger().fail_next("The disk is full.");
  d.s.say("lisa", kLobby, "too much");
  const auto frames = d.s.frames("lisa");
  REQUIRE(frames.size() == 1);
  const auto* const error = std::get_if<protocol::Error>(&frames.front());
  REQUIRE(error != nullptr);
  CHECK(error->code == ErrorCode::not_stored);
  CHECK(error->sentence == "The disk is full.");
}

TEST_CASE("who comes while the disk is full is told so, until there is space again") {
  Durable d;
  const Bytes lisa = d.arrive("lisa", 1);
  d.s.ledger().tell(NoticeCode::disk_full);
  CHECK(d.s.heard("lisa") == Words{"notice disk_full"});
  d.s.connect("bob");
  d.s.send("bob", protocol::Hello{.nickname = "bob"});
  Words heard = d.s.heard("bob");
  REQUIRE(heard.size() > 1);
  CHECK(heard[0].starts_with("welcome"));
  CHECK(heard[1] == "notice disk_full");
  d.come_back("lisa", 1, lisa, {{kLobby, Sequence{}}});
  CHECK(holds(d.s.heard("lisa"), "notice disk_full"));
  d.s.ledger().tell(NoticeCode::disk_recovered);
  CHECK(holds(d.s.heard("bob"), "notice disk_recovered"));
  d.arrive("zoe", 3);
  d.come_back("lisa", 1, lisa, {{kLobby, Sequence{}}});
  heard = d.s.heard("lisa");
  CHECK(heard.front().ends_with("resumed"));
  CHECK_FALSE(holds(heard, "notice disk_full"));
}

TEST_CASE("of an identity that has said and read nothing, and was in no pair, nothing is kept") {
  Durable d;
  d.arrive("lisa", 1);
  CHECK(d.store.users().size() == 1);
  d.s.depart("lisa", LeaveReason::quit);
  d.s.run();
  CHECK(d.store.users().empty());
}

TEST_CASE("a room that goes on in the same process takes no place in its log again") {
  Durable d;
  d.arrive("lisa", 1);
  d.s.join("lisa", "garden");
  d.s.say("lisa", RoomId{2}, "roses");
  d.s.run();
  const Position before = d.s.hub().log(RoomId{2})->head();
  d.s.leave("lisa", RoomId{2});
  d.s.run();
  REQUIRE(d.s.hub().log(RoomId{2}) == nullptr);
  d.s.join("lisa", "garden");
  d.s.run();
  CHECK(d.s.hub().log(RoomId{2})->tail() > before);
}

TEST_CASE("somebody who was lost and comes with a new session is here again") {
  Durable d;
  d.arrive("bob", 2);
  d.arrive("lisa", 1);
  d.s.say("lisa", kLobby, "me");
  d.s.forget();
  d.s.depart("lisa");
  d.s.run();
  d.s.advance(10s);
  CHECK(holds(d.s.heard("bob"), "presence room 1: lisa/lost"));
  SUBCASE("before her time is over") {}
  SUBCASE("when it is") {
    d.s.advance(120s);
  }
  d.arrive("lisa", 1);
  CHECK(d.s.heard("bob") == Words{"presence room 1: lisa/here"});
}

TEST_CASE("nobody is told of the loss of somebody who is here in a new session when it is due") {
  Durable d;
  d.arrive("bob", 2);
  d.arrive("lisa", 1);
  d.s.say("lisa", kLobby, "me");
  d.s.depart("lisa");
  d.s.forget();
  d.s.advance(120s);
  d.arrive("lisa", 1);
  CHECK(d.s.heard("bob") == Words{});
}

TEST_CASE("a crowd that was restored announces counts") {
  KeptStore store;
  store.apply(KnownRoom{.room = kLobby, .kind = RoomKind::open, .name = "lobby"});
  std::vector<KnownSession> sessions;
  for (std::uint32_t i = 1; i <= 600; ++i) {
    const UserId user{i};
    store.apply(KnownUser{.user = user, .identity = {}, .secret = {}, .seen = {}});
    store.apply(KnownSession{user, SessionId{i, 1}, "user" + std::to_string(i)});
    store.apply(KnownMembership{user, kLobby, true, Sequence{1}});
  }
  HubScript s(store, {.epoch = Epoch{7}}, kResumable);
  CHECK(s.hub().sessions() == 600);
  s.hello("zoe");
  const Words heard = s.heard("zoe");
  REQUIRE(heard.size() >= 2);
  CHECK(heard[1].starts_with("opened 1 room 1 open lobby next #1 members 600"));
  for (const std::string& words : heard)
    CHECK(!words.starts_with("members "));
}

TEST_CASE("what makes no sense in a store is left out, and harms nobody") {
  KeptStore store;
  store.apply(KnownRoom{.room = kLobby, .kind = RoomKind::open, .name = "lobby"});
  store.apply(KnownRoom{.room = RoomId{2}, .kind = RoomKind::open, .name = "Lobby"});
  store.apply(KnownRoom{.room = RoomId{3}, .kind = RoomKind::open, .name = "not a name"});
  store.apply(KnownRoom{.room = RoomId{4},
                        .kind = RoomKind::pair,
                        .name = {},
                        .first = UserId{1},
                        .second = UserId{2}});
  store.apply(KnownRoom{.room = RoomId{5},
                        .kind = RoomKind::pair,
                        .name = {},
                        .first = UserId{2},
                        .second = UserId{1}});
  store.apply(KnownRoom{.room = RoomId{6},
                        .kind = RoomKind::pair,
                        .name = {},
                        .first = UserId{1},
                        .second = UserId{1}});
  for (std::uint8_t i = 1; i <= 3; ++i) {
    const UserId user{i};
    store.apply(KnownUser{user, identity(i), hash_of(secret(i)), {}});
    store.apply(KnownSession{user, SessionId{i, 1}, i == 3 ? "user1" : "user" + std::to_string(i)});
    for (std::uint32_t room = 1; room <= 7; ++room)
      store.apply(KnownMembership{user, RoomId{room}, i != 2, Sequence{room % 2 == 0 ? 0U : 99U}});
  }
  store.apply(KnownSession{UserId{9}, SessionId{9, 1}, "nobody"});
  store.apply(KnownMembership{UserId{9}, kLobby, true, Sequence{1}});
  HubScript s(store, {.epoch = Epoch{7}}, kResumable);
  CHECK(s.hub().sessions() == 2);
  const TokenMint mint{TokenMint::Key{}};
  for (std::uint8_t i = 1; i <= 2; ++i) {
    const std::string name = "user" + std::to_string(i);
    s.connect(name);
    s.send(name, protocol::Hello{.nickname = name,
                                 .identity = identity(i),
                                 .secret = secret(i),
                                 .token = mint.token_of(SessionId{i, 1}, UserId{i})});
    CHECK(holds(s.heard(name), "opened 1 room 1 open lobby next #1 members 2"));
  }
  s.whisper("user1", "user2", "hi");
  CHECK(holds(s.heard("user2"), "posted room 4 #1 user1: hi"));
  s.depart("user1", LeaveReason::quit);
  s.depart("user2", LeaveReason::quit);
  s.run();
}

TEST_CASE("a late hello does not get a session that began on a later connection") {
  Durable d;
  d.arrive("lisa", 1);
  d.s.say("lisa", kLobby, "one");
  d.s.depart("lisa", LeaveReason::lost);
  d.s.run();
  // A new session, of which the store does not know when the process is killed.
  d.s.ledger().hold();
  const Bytes token = d.arrive("lisa", 1);
  d.s.restart();
  const auto hello = [&](const std::string& connection) {
    d.s.send(connection,
             protocol::Hello{
                 .nickname = "lisa", .identity = identity(1), .secret = secret(1), .token = token});
  };
  d.s.connect("given up");
  d.s.connect("lisa");
  hello("lisa");
  hello("given up");
  CHECK(d.s.heard("given up") == Words{"error 1 identity_in_use"});
  CHECK_FALSE(d.s.closing("lisa").has_value());
}

TEST_CASE("numbers of another epoch are void, and the session is taken up all the same") {
  Durable d;
  const Bytes lisa = d.arrive("lisa", 1);
  d.s.say("lisa", kLobby, "one");
  d.s.forget();
  d.s.options().epoch = Epoch{8};
  d.s.restart();
  SUBCASE("of a client that knows what that means") {
    d.come_back("lisa", 1, lisa, {{kLobby, Sequence{9}}}, Epoch{7}, 3);
    const auto frames = d.s.frames("lisa");
    REQUIRE(frames.size() > 1);
    CHECK(std::get<protocol::Welcome>(frames[0]).resumed);
    CHECK(std::get<protocol::Welcome>(frames[0]).epoch == Epoch{8});
  }
  SUBCASE("of an older one, which asks again without") {
    d.come_back("lisa", 1, lisa, {{kLobby, Sequence{9}}}, Epoch{7}, 2);
    CHECK(d.s.heard("lisa") == Words{"error 1 unknown_epoch"});
  }
}

TEST_CASE("what is searched for is as long as a message at most") {
  Durable d;
  d.arrive("ann", 1);
  d.s.forget();
  d.s.send("ann", protocol::Search{.text = std::string(kMaxTextBytes, 'a')});
  CHECK(d.s.heard("ann").empty());
  d.s.send("ann", protocol::Search{.text = std::string(kMaxTextBytes + 1, 'a')});
  CHECK(d.s.heard("ann") == Words{"error 3 text_too_long"});
}

TEST_CASE("senders are held back while too much waits to be committed") {
  HubScript s({.most_uncommitted_bytes = 10'000});
  s.hello("lisa");
  s.forget();
  s.ledger().hold();
  s.say("lisa", kLobby, std::string(4'000, 'a'));
  s.say("lisa", kLobby, std::string(4'000, 'b'));
  s.run();
  CHECK(!s.reactor(ReactorId{}).holds_back());
  s.say("lisa", kLobby, std::string(4'000, 'c'));
  s.run();
  CHECK(s.reactor(ReactorId{}).holds_back());
  s.ledger().release();
  s.run();
  CHECK(!s.reactor(ReactorId{}).holds_back());
}

TEST_CASE("what is told of people counts like what they say") {
  HubScript s({.most_uncommitted_bytes = 10'000});
  s.hello("lisa");
  s.hello("tom");
  s.forget();
  s.ledger().hold();
  const auto many_times = [&](const auto& tell) {
    for (int i = 0; i < 1'000; ++i) {
      tell(i);
      s.run();
    }
  };
  SUBCASE("that they are away") {
    many_times([&](int i) {
      s.send("lisa", protocol::SetAway{.is_away = true, .sentence = std::to_string(i)});
    });
  }
  SUBCASE("their new nicknames") {
    many_times([&](int i) { s.rename("lisa", fmt::format("lisa{}", i)); });
  }
  SUBCASE("that they come and go") {
    many_times([&](int i) { i % 2 == 0 ? s.leave("lisa", kLobby) : s.join("lisa", "lobby"); });
  }
  CHECK(s.reactor(ReactorId{}).holds_back());
  s.ledger().release();
  s.run();
  CHECK(!s.reactor(ReactorId{}).holds_back());
}

TEST_CASE("what is kept of people whom nobody sees counts like what they say") {
  Durable d({.epoch = Epoch{7}, .most_uncommitted_bytes = 10'000});
  d.arrive("lisa", 1);
  d.s.leave("lisa", kLobby);
  d.s.forget();
  d.s.ledger().hold();
  for (int i = 0; i < 1'000; ++i) {
    d.s.rename("lisa", fmt::format("lisa{}", i));
    d.s.run();
  }
  CHECK(d.s.reactor(ReactorId{}).holds_back());
  d.s.ledger().release();
  d.s.run();
  CHECK(!d.s.reactor(ReactorId{}).holds_back());
}

TEST_CASE("repeats of a message that waits count like what is said") {
  HubScript s({.most_uncommitted_bytes = 10'000});
  s.hello("lisa");
  s.forget();
  s.ledger().hold();
  for (int i = 0; i < 1'000; ++i)
    s.send("lisa", protocol::Say{.room = kLobby, .id = MessageId{1}, .text = "again"});
  s.run();
  CHECK(s.reactor(ReactorId{}).holds_back());
  SUBCASE("until they are answered") {
    s.ledger().release();
  }
  SUBCASE("until nobody is there to be answered") {
    s.depart("lisa", LeaveReason::quit);
  }
  s.run();
  CHECK(!s.reactor(ReactorId{}).holds_back());
}

}  // namespace
}  // namespace chat::test
