// Rooms and the connection, in the model.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "client/model.hpp"
#include "tests/client/chatting.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

// --- rooms --------------------------------------------------------------------------------------

namespace {

constexpr RoomId kCpp{2};

Model model_in_two_rooms() {
  Model model = chatting_model();
  submit(model, "/join cpp");
  open_room(model, sent<protocol::Join>(model)->request, kCpp, "cpp", {});
  return model;
}

}  // namespace

TEST_CASE("a room that is entered comes to the front") {
  const Model model = model_in_two_rooms();
  CHECK(model.front()->name == "cpp");
  CHECK(model.front_index() == 1);
}

TEST_CASE("joining a room one is in shows it, without asking the server") {
  Model model = model_in_two_rooms();
  CHECK(submit(model, "/join LOBBY") == "taken");
  CHECK(model.take_outgoing().empty());
  CHECK(model.front()->name == "lobby");
}

TEST_CASE("a room one is in can be shown with /join while there is no connection") {
  Model model = model_in_two_rooms();
  model.connection_lost("", kNoon);
  CHECK(submit(model, "/join lobby") == "taken");
  CHECK(model.front()->name == "lobby");
  CHECK(submit(model, "/join garden") == "Not now: the connection is lost.");
}

TEST_CASE("messages in a room behind are counted until it is shown") {
  Model model = model_in_two_rooms();
  post(model, kLobby, kLisa, "Lisa", "one");
  post(model, kLobby, kLisa, "Lisa", "two");
  give(model, protocol::Joined{kLobby, kNoon, {{{12}, "Bert"}}});
  CHECK(model.rooms()[0].unread == 2);
  CHECK(model.rooms()[1].unread == 0);
  model.show_room(0);
  CHECK(model.rooms()[0].unread == 0);
  CHECK(last_line(model) == "→ Bert joined");
  model.show_room(7);
  CHECK(model.front()->name == "lobby");
}

TEST_CASE("leaving shows the neighbour, and after the last room nothing") {
  Model model = model_in_two_rooms();
  submit(model, "/leave");
  const auto leave = sent<protocol::Leave>(model);
  REQUIRE(leave.has_value());
  CHECK(leave->room == kCpp);
  give(model, protocol::RoomClosed{leave->request, kCpp});
  CHECK(model.front()->name == "lobby");
  CHECK(last_line(model) == "You left cpp.");
  submit(model, "/leave lobby");
  give(model, protocol::RoomClosed{sent<protocol::Leave>(model)->request, kLobby});
  CHECK(model.front() == nullptr);
  CHECK(submit(model, "hello") == "Not sent: you are in no room. /join ROOM enters one.");
  CHECK(submit(model, "/leave") == "You are in no room.");
  CHECK(submit(model, "/who") == "You are in no room.");
}

TEST_CASE("leaving a room behind keeps the one in front") {
  Model model = model_in_two_rooms();
  submit(model, "/leave lobby");
  give(model, protocol::RoomClosed{sent<protocol::Leave>(model)->request, kLobby});
  CHECK(model.front()->name == "cpp");
  CHECK(submit(model, "/leave lobby") == "You are not in this room.");
}

TEST_CASE("what has just come in a room is news, also when the room is closed by now") {
  using Told = std::vector<std::string>;
  Model model = model_in_two_rooms();
  const auto take = [&] {
    Told told;
    for (const Model::News& news : model.take_news())
      told.push_back(news.room + (news.in_front ? "*: " : ": ") + news.line.text);
    return told;
  };
  take();
  post(model, kCpp, kLisa, "Lisa", "bye");
  submit(model, "thanks");
  const auto say = sent<protocol::Say>(model);
  submit(model, "/leave");
  const auto leave = sent<protocol::Leave>(model);
  give(model, protocol::Acknowledged{say->request, say->id, kCpp, {2}, kNoon});
  give(model, protocol::RoomClosed{leave->request, kCpp});
  CHECK(take() == Told{"cpp: <Lisa> bye", "cpp: <Ann> thanks", "lobby*: You left cpp."});
  CHECK(take().empty());

  constexpr RoomId kPair{7};
  give(model,
       protocol::RoomOpened{
           .request = {}, .room = kPair, .kind = RoomKind::pair, .name = "Lisa", .next = {1}});
  show_conversation(model);
  post(model, kPair, kLisa, "Lisa", "psst");
  give(model, protocol::Left{kPair, kNoon, {{kLisa, "Lisa", LeaveReason::quit}}});
  submit(model, "/close");
  CHECK(take() == Told{"@Lisa: <Lisa> psst", "@Lisa: ← Lisa has left the chat"});
}

TEST_CASE("/who asks page after page") {
  Model model = chatting_model();
  submit(model, "/who");
  const auto first = sent<protocol::ListMembers>(model);
  REQUIRE(first.has_value());
  CHECK(first->after == UserId{});
  give(model, protocol::MemberPage{first->request, kLobby, 2, true, false, {{kMe, "Ann"}}});
  CHECK(last_line(model) == "2 people in lobby: Ann");
  const auto second = sent<protocol::ListMembers>(model);
  REQUIRE(second.has_value());
  CHECK(second->after == kMe);
  give(model, protocol::MemberPage{second->request, kLobby, 2, false, true, {{kLisa, "Lisa"}}});
  CHECK(last_line(model) == "… Lisa");
  CHECK(model.take_outgoing().empty());
}

TEST_CASE("/rooms asks page after page") {
  Model model = chatting_model();
  submit(model, "/rooms");
  const auto first = sent<protocol::ListRooms>(model);
  REQUIRE(first.has_value());
  give(model, protocol::RoomPage{first->request, false, {{kLobby, "lobby", 2}}});
  const auto second = sent<protocol::ListRooms>(model);
  REQUIRE(second.has_value());
  CHECK(second->after == kLobby);
  give(model, protocol::RoomPage{second->request, true, {{kCpp, "cpp", 1}}});
  CHECK(last_line(model) == "Rooms: cpp (1)");
}

// --- what a server could do to our memory -------------------------------------------------------

TEST_CASE("rooms beyond those that the server promised are not entered") {
  Model model = chatting_model();
  for (std::uint32_t i = 1; i < 10; ++i)
    open_room(model, {}, {i}, "room" + std::to_string(i), {});
  CHECK(model.rooms().size() == kMaxRooms);
  post(model, {9}, kLisa, "Lisa", "x");
  CHECK(model.rooms().back().id == RoomId{kMaxRooms});
}

TEST_CASE("what is entered behind a /join goes to that room, or nowhere") {
  Model model = chatting_model();
  submit(model, "/join cpp");
  CHECK(model.submit("a secret", kNoon).has_value());
  const auto join = sent<protocol::Join>(model);
  REQUIRE(join);
  CHECK_FALSE(sent<protocol::Say>(model));
  SUBCASE("when it is open") {
    open_room(model, join->request, {7}, "cpp", {{kMe, "Ann"}});
    const auto say = sent<protocol::Say>(model);
    REQUIRE(say);
    CHECK(say->room == RoomId{7});
    CHECK(say->text == "a secret");
  }
  SUBCASE("not when it is refused") {
    give(model, protocol::Error{join->request, ErrorCode::too_many_rooms, {}});
    CHECK_FALSE(sent<protocol::Say>(model));
    CHECK(model.take_given_up() == std::vector<std::string>{"a secret"});
  }
  SUBCASE("not when the connection is lost") {
    model.connection_lost("", kNoon);
    CHECK(model.take_given_up() == std::vector<std::string>{"a secret"});
    CHECK(model.unsent() == 0);
  }
}

TEST_CASE("pairs are bounded, and the known ones go on") {
  Model model = chatting_model();
  for (std::uint32_t i = 0; i <= Model::kMaxPairs; ++i)
    give(model, protocol::RoomOpened{.request = {},
                                     .room = {100 + i},
                                     .kind = RoomKind::pair,
                                     .name = "n" + std::to_string(i),
                                     .next = {1}});
  CHECK(model.rooms().size() == 1 + Model::kMaxPairs);
  post(model, {100 + Model::kMaxPairs}, kLisa, "Lisa", "beyond");
  post(model, {100}, {50}, "n0", "within");
  CHECK(lines(conversation(model, "n0").scrollback) == std::vector<std::string>{"<n0> within"});
  CHECK(submit(model, "/query Tom") == "There are too many conversations. /close ends one.");
}

TEST_CASE("the list of a room's members is bounded") {
  Members members;
  members.begin_list(1);
  for (std::uint64_t i = 0; i < Members::kMaxNames + 5; ++i)
    members.add({i}, "n" + std::to_string(i));
  members.end_list();
  CHECK(members.size() == Members::kMaxNames);
  members.add({3}, "renamed");
  CHECK(members.size() == Members::kMaxNames);
  CHECK(members.sorted_names().back() == "renamed");
}

TEST_CASE("pages that do not go on are not asked for") {
  Model model = chatting_model();
  submit(model, "/who");
  const auto first = sent<protocol::ListMembers>(model);
  give(model, protocol::MemberPage{first->request, kLobby, 9, true, false, {{kLisa, "Lisa"}}});
  const auto second = sent<protocol::ListMembers>(model);
  REQUIRE(second.has_value());
  give(model, protocol::MemberPage{second->request, kLobby, 9, false, false, {{kLisa, "Lisa"}}});
  CHECK(model.take_outgoing().empty());

  submit(model, "/rooms");
  const auto rooms = sent<protocol::ListRooms>(model);
  give(model, protocol::RoomPage{rooms->request, false, {{kCpp, "cpp", 2}}});
  const auto more = sent<protocol::ListRooms>(model);
  REQUIRE(more.has_value());
  give(model, protocol::RoomPage{more->request, false, {{kLobby, "lobby", 2}}});
  CHECK(model.take_outgoing().empty());
}

// --- the connection -----------------------------------------------------------------------------

TEST_CASE("a ping is answered") {
  Model model = chatting_model();
  give(model, protocol::Ping{{9}});
  CHECK(sent<protocol::Pong>(model)->request == RequestId{9});
}

TEST_CASE("a lost connection is told in every room, with the server's last words") {
  Model model = model_in_two_rooms();
  submit(model, "unanswered");
  give(model, protocol::Goodbye{{}, CloseReason::shutting_down, ""});
  CHECK(model.phase() == Phase::reconnecting);
  const auto all = lines(model);
  CHECK(all[all.size() - 2] == "The connection is lost: The server is shutting down.");
  CHECK(all.back() == "<Ann> unanswered (pending)");
  model.show_room(0);
  CHECK(last_line(model) == "The connection is lost: The server is shutting down.");
  CHECK(model.take_outgoing().empty());
  CHECK(submit(model, "/quit") == "taken");
  CHECK_FALSE(model.was_disconnected());
}

TEST_CASE("the end of the chat is told in every room, with the server's last words") {
  Model model = model_in_two_rooms();
  give(model, protocol::Goodbye{{}, CloseReason::malformed, "What was that?"});
  CHECK(model.phase() == Phase::disconnected);
  CHECK(last_line(model) == "Disconnected from chat server: What was that?");
  model.show_room(0);
  CHECK(last_line(model) == "Disconnected from chat server: What was that?");
  CHECK(submit(model, "hello") == "Not sent: you are disconnected. /quit ends.");
  CHECK(model.take_outgoing().empty());
  CHECK(submit(model, "/quit") == "taken");
  CHECK(model.was_disconnected());
}

TEST_CASE("what closes behind a goodbye is no second end") {
  for (const auto reason : {CloseReason::shutting_down, CloseReason::malformed}) {
    Model model = chatting_model();
    give(model, protocol::Goodbye{{}, reason, "Closed for today."});
    const auto before = lines(model);
    CHECK(before.back().ends_with("Closed for today."));
    model.connection_lost("Connection reset by peer.", kNoon);
    CHECK(lines(model) == before);
  }
}

TEST_CASE("after the end nothing that was received on the way changes anything") {
  for (const bool quit : {true, false}) {
    CAPTURE(quit);
    Model model = new_model();
    model.start("Ann", kNoon);
    const auto hello = sent<protocol::Hello>(model);
    if (quit)
      model.quit();
    else
      model.connection_lost("", kNoon);
    const Phase phase = model.phase();
    const auto before = lines(model);
    model.take_outgoing();
    welcome(model, hello->request, "Ann");
    open_room(model, hello->request, kLobby, "lobby", {{kLisa, "Lisa"}});
    give(model, protocol::Error{hello->request, ErrorCode::nickname_taken, ""});
    give(model, protocol::Ping{{1}});
    CHECK(model.phase() == phase);
    CHECK(model.rooms().empty());
    CHECK(lines(model) == before);
    CHECK(model.take_outgoing().empty());
    CHECK_FALSE(model.take_refused_nickname().has_value());
  }
}

TEST_CASE("what a lost connection was owed is not sent on another one") {
  Model model = new_model();
  model.start("two words", kNoon);
  give(model, protocol::Ping{{1}});
  model.connection_lost("", kNoon);
  CHECK(model.phase() == Phase::naming);
  CHECK(model.take_outgoing().empty());
}

TEST_CASE("quitting says goodbye, once") {
  Model model = chatting_model();
  submit(model, "/quit");
  CHECK(model.phase() == Phase::quitting);
  CHECK(sent<protocol::Goodbye>(model)->reason == CloseReason::quit);
  model.quit();
  CHECK(model.take_outgoing().empty());
  CHECK_FALSE(model.was_disconnected());
}

TEST_CASE("frames of rooms that one is not in, and answers to nothing, do no harm") {
  Model model = chatting_model();
  const auto before = lines(model);
  constexpr RoomId kNowhere{99};
  post(model, kNowhere, kLisa, "Lisa", "x");
  give(model, protocol::Joined{kNowhere, kNoon, {{{12}, "Bert"}}});
  give(model, protocol::Left{kNowhere, kNoon, {{{12}, "Bert", LeaveReason::left}}});
  give(model, protocol::Renamed{kNowhere, kNoon, {12}, "a", "b"});
  give(model, protocol::MemberCount{kNowhere, 5});
  give(model, protocol::MemberPage{{77}, kLobby, 5, true, true, {}});
  give(model, protocol::RoomPage{{77}, true, {}});
  give(model, protocol::RoomClosed{{77}, kNowhere});
  give(model, protocol::Gap{kNowhere, {1}, {2}});
  CHECK(lines(model) == before);
}
