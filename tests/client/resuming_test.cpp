// Lost connections, and how the chat goes on.
#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "client/model.hpp"
#include "tests/client/reconnecting.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

using Lines = std::vector<std::string>;

namespace {

constexpr RoomId kTea{2};
constexpr RoomId kPair{8};

WallTime after_noon(std::int64_t milliseconds) {
  return {kNoon.milliseconds + milliseconds};
}

void enter_tea(Model& model) {
  submit(model, "/join tea");
  open_room(model, sent<protocol::Join>(model)->request, kTea, "tea", {{kMe, "Ann"}});
}

void open_pair(Model& model, RequestId request, std::uint64_t next) {
  give(model, protocol::RoomOpened{.request = request,
                                   .room = kPair,
                                   .kind = RoomKind::pair,
                                   .name = "Lisa",
                                   .next = {next}});
}

void lisa_whispers(Model& model, std::uint64_t number, std::string text) {
  give(model, protocol::Posted{.room = kPair,
                               .sequence = {number},
                               .time = kNoon,
                               .user = kLisa,
                               .nickname = "Lisa",
                               .text = std::move(text)});
}

}  // namespace

// --- losing it ----------------------------------------------------------------------------------

TEST_CASE("a lost connection is no end: the session is asked for, from where it was read") {
  Model model = resumable_model();
  enter_tea(model);
  open_pair(model, {}, 4);
  post_numbered(model, 1, kLisa, "Lisa", "one");
  model.connection_lost("Connection reset by peer.", kNoon);
  CHECK(model.phase() == Phase::reconnecting);
  CHECK(model.wants_connection());
  CHECK(last_line(model) == "The connection is lost: Connection reset by peer.");
  const auto hello = reconnect(model);
  CHECK(hello.nickname == "Ann");
  CHECK(hello.token == Bytes{kToken});
  CHECK(hello.epoch == kEpoch);
  REQUIRE(hello.read.size() == 3);
  CHECK(hello.read[0].room == kLobby);
  CHECK(hello.read[0].sequence == Sequence{1});
  CHECK(hello.read[1].room == kTea);
  CHECK(hello.read[1].sequence == Sequence{0});
  CHECK(hello.read[2].room == kPair);
  CHECK(hello.read[2].sequence == Sequence{3});
}

TEST_CASE("without a connection texts wait, and other requests are refused in words") {
  Model model = resumable_model();
  model.connection_lost("", kNoon);
  CHECK(submit(model, "meanwhile") == "taken");
  CHECK(submit(model, "@Lisa psst") == "taken");
  CHECK(submit(model, "/join tea") == "Not now: the connection is lost.");
  CHECK(model.take_outgoing().empty());
  CHECK(model.unsent() == 2);
}

TEST_CASE("a try that fails is no news") {
  Model model = resumable_model();
  model.connection_lost("Connection reset by peer.", kNoon);
  const Lines before = lines(model);
  model.connection_lost("connecting to 127.0.0.1:1338: Connection refused.", kNoon);
  CHECK(lines(model) == before);
  CHECK(model.wants_connection());
}

TEST_CASE(
    "connections that are dropped before the welcome are told of once, unless in other words") {
  Model model = resumable_model();
  model.connection_lost("", kNoon);
  const Lines before = lines(model);
  reconnect(model);
  model.connection_lost("", kNoon);
  CHECK(lines(model) == before);
  reconnect(model);
  give(model, protocol::Goodbye{{}, CloseReason::server_full, "The server is full."});
  CHECK(last_line(model) == "The connection is lost: The server is full.");
}

TEST_CASE("a server that takes one in and drops one at once, again and again, is told of once") {
  Model model = resumable_model();
  const auto drop_after = [&](std::int64_t milliseconds) {
    model.connection_lost("It makes no sense.", after_noon(milliseconds));
    const auto hello = reconnect(model);
    welcome_as(model, hello.request, {.resumed = true});
  };
  constexpr auto kLoss = "The connection is lost: It makes no sense.";
  drop_after(60'000);
  CHECK(times_shown(model, kLoss) == 1);
  CHECK(times_shown(model, "Connected again.") == 1);
  for (int i = 0; i < 5; ++i)
    drop_after(2'000);
  CHECK(times_shown(model, kLoss) == 1);
  CHECK(times_shown(model, "Connected again.") == 1);
  SUBCASE("a connection that has lasted is something else") {
    drop_after(30'000);
    CHECK(times_shown(model, kLoss) == 2);
    CHECK(times_shown(model, "Connected again.") == 2);
  }
  SUBCASE("so is another reason") {
    model.connection_lost("The server is gone.", after_noon(2'000));
    CHECK(last_line(model) == "The connection is lost: The server is gone.");
    welcome_as(model, reconnect(model).request, {.resumed = true});
    CHECK(last_line(model) == "Connected again.");
  }
}

TEST_CASE("requests that had no answer when the connection was lost are named") {
  Model model = resumable_model();
  submit(model, "/nick Anna");
  model.connection_lost("", kNoon);
  CHECK(times_shown(model, "There was no answer yet to: /nick Anna") == 1);
}

TEST_CASE("a hello without an answer is taken back, but for a session that it takes up") {
  SUBCASE("the session would keep the nickname from the next hello") {
    Model model = new_model();
    model.start("Ann", kNoon);
    model.take_outgoing();
    model.take_hello_back();
    CHECK(sent<protocol::Goodbye>(model).has_value());
  }
  SUBCASE("the session has what was said") {
    Model model = resumable_model();
    model.connection_lost("", kNoon);
    reconnect(model);
    model.take_hello_back();
    CHECK(!sent<protocol::Goodbye>(model).has_value());
  }
}

TEST_CASE("a server that shuts down is waited for") {
  Model model = resumable_model();
  give(model, protocol::Goodbye{{}, CloseReason::shutting_down, "Closed for today."});
  CHECK(model.phase() == Phase::reconnecting);
  CHECK(last_line(model) == "The connection is lost: Closed for today.");
}

TEST_CASE("a session that was taken over by another client is not taken back") {
  Model model = resumable_model();
  give(model, protocol::Goodbye{{}, CloseReason::taken_over, ""});
  CHECK(model.phase() == Phase::disconnected);
  CHECK_FALSE(model.wants_connection());
  CHECK(model.was_disconnected());
  CHECK(last_line(model) ==
        "Disconnected from chat server: Your session goes on in another connection.");
  CHECK(submit(model, "hi") == "Not sent: you are disconnected. /quit ends.");
}

// --- the same session ---------------------------------------------------------------------------

TEST_CASE("what was missed is shown once, whatever the server sends again") {
  Model model = resumable_model();
  post_numbered(model, 1, kLisa, "Lisa", "one");
  give(model, protocol::Joined{.room = kLobby, .time = kNoon, .people = {{UserId{20}, "Bob"}}});
  lose_and_resume(model);
  CHECK(times_shown(model, "Connected again.") == 1);
  give(model, protocol::Joined{.room = kLobby, .time = kNoon, .people = {{UserId{20}, "Bob"}}});
  post_numbered(model, 1, kLisa, "Lisa", "one");
  post_numbered(model, 2, kLisa, "Lisa", "two");
  give(model, protocol::Left{kLobby, after_noon(1), {{UserId{20}, "Bob", LeaveReason::quit}}});
  CHECK(times_shown(model, "<Lisa> one") == 1);
  CHECK(times_shown(model, "<Lisa> two") == 1);
  CHECK(times_shown(model, "→ Bob joined") == 1);
  CHECK(last_line(model) == "← Bob left the chat");
}

TEST_CASE("what the log no longer holds is a gap with its number of messages") {
  Model model = resumable_model();
  post_numbered(model, 1, kLisa, "Lisa", "one");
  model.connection_lost("", kNoon);
  const auto hello = reconnect(model);
  welcome_as(model, hello.request, {.resumed = true});
  // Also when the room goes on behind the gap.
  open_again(model, hello.request, kLobby, "lobby", 41);
  give(model, protocol::Gap{kLobby, {2}, {40}});
  post_numbered(model, 41, kLisa, "Lisa", "later");
  CHECK(times_shown(model, "39 messages were missed.") == 1);
  CHECK(last_line(model) == "<Lisa> later");
}

TEST_CASE("a room that one left while the answer was lost is gone") {
  Model model = resumable_model();
  enter_tea(model);
  submit(model, "/leave");
  model.connection_lost("", kNoon);
  submit(model, "for tea");
  const auto hello = reconnect(model);
  welcome_as(model, hello.request, {.resumed = true});
  open_again(model, hello.request, kLobby, "lobby", 1);
  give(model, protocol::RoomClosed{hello.request, kTea});
  CHECK(model.rooms().size() == 1);
  CHECK(times_shown(model, "You are no longer in tea.") == 1);
  CHECK(last_line(model) == "[tea] <Ann> for tea (not sent)");
  CHECK(model.take_given_up() == Lines{"for tea"});
}

TEST_CASE("a pair goes on where it was, under the name that the other one has now") {
  Model model = resumable_model();
  open_pair(model, {}, 1);
  lisa_whispers(model, 1, "one");
  model.connection_lost("", kNoon);
  const auto hello = reconnect(model);
  welcome_as(model, hello.request, {.resumed = true});
  give(model, protocol::RoomOpened{.request = hello.request,
                                   .room = kPair,
                                   .kind = RoomKind::pair,
                                   .name = "Liz",
                                   .next = {2}});
  lisa_whispers(model, 1, "one");
  lisa_whispers(model, 2, "two");
  show_conversation(model, "Liz");
  CHECK(times_shown(model, "<Lisa> one") == 1);
  CHECK(last_line(model) == "<Lisa> two");
  submit(model, "three");
  const auto whisper = sent<protocol::Whisper>(model);
  give(model, protocol::Acknowledged{whisper->request, whisper->id, kPair, {3}, kNoon});
  CHECK(last_line(model) == "<Ann> three");
}

TEST_CASE("a hello has room for a thousand positions: open rooms first, then pairs") {
  Model model = resumable_model();
  for (std::uint32_t i = 0; i < 900; ++i)
    open_room(model, {}, RoomId{100 + i}, "room" + std::to_string(i), {});
  for (std::uint32_t i = 0; i < 2000; ++i)
    give(model, protocol::RoomOpened{.request = {},
                                     .room = {2000 + i},
                                     .kind = RoomKind::pair,
                                     .name = "n" + std::to_string(i),
                                     .next = {1}});
  model.connection_lost("", kNoon);
  auto hello = reconnect(model);
  REQUIRE(hello.read.size() == 1000);
  CHECK(hello.read[0].room == kLobby);
  CHECK(hello.read[900].room == RoomId{999});
  CHECK(hello.read[901].room == RoomId{2000});
  // With the longest of all that it may carry beside them.
  hello.nickname = std::string(kMaxNameBytes, 'x');
  hello.token = Bytes(protocol::kMaxTokenBytes, 1);
  CHECK(protocol::encode(hello).size() <= kMaxFrameBytes);
}

TEST_CASE("a room that the hello had no room for is read again, and nothing is shown twice") {
  Model model = resumable_model();
  post_numbered(model, 1, kLisa, "Lisa", "one");
  model.connection_lost("", kNoon);
  const auto hello = reconnect(model);
  welcome_as(model, hello.request, {.resumed = true});
  open_again(model, hello.request, kLobby, "lobby", 1);
  post_numbered(model, 1, kLisa, "Lisa", "one");
  post_numbered(model, 2, kLisa, "Lisa", "two");
  CHECK(times_shown(model, "<Lisa> one") == 1);
  CHECK(times_shown(model, "<Lisa> two") == 1);
}

// --- another session ----------------------------------------------------------------------------

TEST_CASE("in another session the rooms are entered again, by name") {
  Model model = resumable_model();
  enter_tea(model);
  model.connection_lost("", kNoon);
  submit(model, "for tea");
  const auto hello = reconnect(model);
  welcome_as(model, hello.request, {.user = UserId{30}});
  CHECK(last_line(model) == "<Ann> for tea (pending)");
  CHECK(times_shown(model, "Connected again. What was said meanwhile is not known here.") == 1);
  const auto joins = all_sent<protocol::Join>(model);
  REQUIRE(joins.size() == 1);
  CHECK(joins[0].name == "tea");

  SUBCASE("and go on there") {
    // Whose number was that of another room before.
    open_again(model, hello.request, kTea, "lobby", 1);
    open_again(model, joins[0].request, kLobby, "tea", 1);
    CHECK(model.rooms().size() == 2);
    const auto say = sent<protocol::Say>(model);
    REQUIRE(say.has_value());
    CHECK(say->room == kLobby);
  }
  SUBCASE("even when they are written differently by now") {
    open_again(model, joins[0].request, RoomId{9}, "TEA", 1);
    CHECK(model.rooms().size() == 2);
    CHECK(model.rooms()[1].name == "TEA");
    CHECK(sent<protocol::Say>(model)->room == RoomId{9});
  }
  SUBCASE("or not, and then nothing is sent there") {
    give(model, protocol::Error{joins[0].request, ErrorCode::too_many_rooms, "Too many rooms."});
    CHECK(model.rooms().size() == 1);
    CHECK(times_shown(model, "Too many rooms. You are no longer in tea.") == 1);
    CHECK(last_line(model) == "[tea] <Ann> for tea (not sent: Too many rooms.)");
    CHECK(model.take_given_up() == Lines{"for tea"});
  }
  SUBCASE("also when that connection is lost before the answer") {
    model.connection_lost("", kNoon);
    const auto again = reconnect(model);
    welcome_as(model, again.request, {.resumed = true, .user = UserId{30}});
    CHECK(all_sent<protocol::Join>(model).size() == 2);
  }
}

TEST_CASE("messages and presence of another session are news, whatever their numbers and times") {
  Model model = resumable_model();
  post_numbered(model, 5, kLisa, "Lisa", "before");
  model.connection_lost("", kNoon);
  const auto hello = reconnect(model);
  welcome_as(model, hello.request, {.user = UserId{30}, .epoch = {2}});
  open_again(model, hello.request, kLobby, "lobby", 1);
  post_numbered(model, 1, kLisa, "Lisa", "after");
  give(model, protocol::Joined{kLobby, WallTime{1}, {{UserId{20}, "Bob"}}});
  CHECK(times_shown(model, "<Lisa> after") == 1);
  CHECK(last_line(model) == "→ Bob joined");
}

TEST_CASE("a server that knows no sessions is greeted anew, and the rooms are entered again") {
  Model model = chatting_model();
  submit(model, "/join tea");
  open_room(model, sent<protocol::Join>(model)->request, kTea, "tea", {});
  model.connection_lost("", kNoon);
  submit(model, "for tea");
  const auto hello = reconnect(model);
  CHECK(hello.token.empty());
  welcome(model, hello.request, "Ann");
  const auto join = sent<protocol::Join>(model);
  REQUIRE(join.has_value());
  open_again(model, hello.request, kLobby, "lobby", 1);
  open_again(model, join->request, kTea, "tea", 1);
  CHECK(sent<protocol::Say>(model)->text == "for tea");
}

// --- others -------------------------------------------------------------------------------------

TEST_CASE("members whose connection is lost are marked until they are back") {
  Model model = resumable_model();
  const auto lisa_is_lost = [&] { return model.front()->members.sorted()[1].lost; };
  give(model, protocol::Presence{kLobby, after_noon(1), {{kLisa, "Lisa", PresenceState::lost}}});
  CHECK(last_line(model) == "Lisa: connection lost");
  CHECK(lisa_is_lost());
  give(model, protocol::Presence{kLobby, after_noon(2), {{kLisa, "Lisa", PresenceState::here}}});
  CHECK(last_line(model) == "Lisa is back");
  CHECK_FALSE(lisa_is_lost());
}

TEST_CASE("a list of members says whose connection is lost") {
  Model model = resumable_model();
  give(model, protocol::MemberPage{.request = {},
                                   .room = kLobby,
                                   .total = 2,
                                   .people = {{kMe, "Ann"}, {kLisa, "Lisa"}},
                                   .lost = {kLisa}});
  CHECK_FALSE(model.front()->members.sorted()[0].lost);
  CHECK(model.front()->members.sorted()[1].lost);
}

TEST_CASE("that oneself was away is no news") {
  Model model = resumable_model();
  lose_and_resume(model);
  const Lines before = lines(model);
  give(model, protocol::Presence{kLobby, after_noon(1), {{kMe, "Ann", PresenceState::lost}}});
  give(model, protocol::Presence{kLobby, after_noon(2), {{kMe, "Ann", PresenceState::here}}});
  CHECK(lines(model) == before);
}
