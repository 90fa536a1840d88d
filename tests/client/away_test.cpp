// Who is away, as it is told and shown.

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "client/controller.hpp"
#include "client/view.hpp"
#include "tests/client/reconnecting.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

using Lines = std::vector<std::string>;

namespace {

constexpr RoomId kPair{8};

void says_away(Model& model, RoomId room, std::string why, UserId user = kLisa) {
  give(model,
       protocol::Away{room, kNoon, user, user == kMe ? "Ann" : "Lisa", true, std::move(why)});
}

void says_back(Model& model, RoomId room) {
  give(model, protocol::Away{room, kNoon, kLisa, "Lisa", false, {}});
}

void open_pair(Model& model) {
  give(model, protocol::RoomOpened{.request = {},
                                   .room = kPair,
                                   .kind = RoomKind::pair,
                                   .name = "Lisa",
                                   .next = {1},
                                   .members = 2});
  give(model,
       protocol::MemberPage{
           .request = {}, .room = kPair, .total = 2, .people = {{kMe, "Ann"}, {kLisa, "Lisa"}}});
}

std::string screen(Model& model, int width = 60) {
  const Controller controller(model);
  return text_of(compose(model, controller, {Columns{width}, Rows{8}}));
}

bool shows(Model& model, std::string_view part) {
  return screen(model).find(part) != std::string::npos;
}

}  // namespace

// --- oneself ------------------------------------------------------------------------------------

TEST_CASE("/away tells the server why, and the status line says it until /back") {
  Model model = resumable_model();
  CHECK(submit(model, "/away lunch, until one") == "taken");
  const auto told = sent<protocol::SetAway>(model);
  REQUIRE(told.has_value());
  CHECK(told->is_away);
  CHECK(told->sentence == "lunch, until one");
  CHECK(last_line(model) == "You are away: lunch, until one · /back ends that.");
  CHECK(shows(model, " Ann (away) · /back says that you are here again"));
  CHECK(submit(model, "/back") == "taken");
  const auto back = sent<protocol::SetAway>(model);
  REQUIRE(back.has_value());
  CHECK_FALSE(back->is_away);
  CHECK(shows(model, " Ann · /help"));
  CHECK(submit(model, "/back") == "You are not away.");
}

TEST_CASE("a text is not needed, and must not be too long") {
  Model model = resumable_model();
  CHECK(submit(model, "/away " + std::string(513, 'x')) ==
        "The text has 513 bytes, and 512 is the most.");
  CHECK_FALSE(model.is_away());
  CHECK(submit(model, "/away") == "taken");
  CHECK(last_line(model) == "You are away. /back ends that.");
  CHECK(sent<protocol::SetAway>(model)->sentence.empty());
}

TEST_CASE("who is away says so again to each session, also what was entered without a connection") {
  Model model = resumable_model();
  model.connection_lost("", kNoon);
  CHECK(submit(model, "/away lunch") == "taken");
  CHECK_FALSE(sent<protocol::SetAway>(model).has_value());
  for (const bool resumed : {true, false}) {
    const auto hello = reconnect(model);
    welcome_as(model, hello.request, {.resumed = resumed});
    const auto told = sent<protocol::SetAway>(model);
    REQUIRE(told.has_value());
    CHECK(told->sentence == "lunch");
    model.connection_lost("", kNoon);
  }
  submit(model, "/back");
  welcome_as(model, reconnect(model).request, {});
  CHECK_FALSE(sent<protocol::SetAway>(model).has_value());
}

TEST_CASE("a session that is taken up again hears that one is back") {
  Model model = resumable_model();
  submit(model, "/away lunch");
  model.connection_lost("", kNoon);
  submit(model, "/back");
  welcome_as(model, reconnect(model).request, {.resumed = true});
  const auto told = sent<protocol::SetAway>(model);
  REQUIRE(told.has_value());
  CHECK_FALSE(told->is_away);
}

// --- others -------------------------------------------------------------------------------------

TEST_CASE("the list of people says who is away, and the chat of a room does not") {
  Model model = resumable_model();
  const auto before = lines(model);
  says_away(model, kLobby, "lunch");
  CHECK(shows(model, "│ Lisa (away)"));
  give(model, protocol::Renamed{kLobby, kNoon, kLisa, "Lisa", "Liz"});
  CHECK(shows(model, "│ Liz (away)"));
  says_back(model, kLobby);
  CHECK_FALSE(shows(model, "(away)"));
  CHECK(lines(model).size() == before.size() + 1);
}

TEST_CASE("a list that comes from the server says it, too, and so does /who") {
  Model model = resumable_model();
  protocol::MemberPage page{.request = {},
                            .room = kLobby,
                            .total = 2,
                            .people = {{kMe, "Ann"}, {kLisa, "Lisa"}},
                            .away = {kLisa}};
  give(model, page);
  CHECK(shows(model, "│ Lisa (away)"));
  submit(model, "/who");
  page.request = sent<protocol::ListMembers>(model)->request;
  give(model, page);
  CHECK(last_line(model) == "2 people in lobby: Ann, Lisa (away)");
}

TEST_CASE("whoever whispers to somebody who is away is told why, once") {
  Model model = resumable_model();
  says_away(model, kLobby, "lunch");
  submit(model, "@Lisa psst");
  CHECK(last_line(model) == "Lisa is away: lunch");
  submit(model, "@Lisa psst");
  CHECK(times_shown(model, "Lisa is away: lunch") == 1);

  SUBCASE("and for the next time anew") {
    says_back(model, kLobby);
    submit(model, "@Lisa psst");
    CHECK(times_shown(model, "Lisa is away: lunch") == 1);
    says_away(model, kLobby, "lunch");
    submit(model, "@Lisa psst");
    CHECK(times_shown(model, "Lisa is away: lunch") == 2);
  }
  SUBCASE("the pair that begins does not repeat it") {
    open_pair(model);
    says_away(model, kPair, "lunch");
    CHECK(lines(conversation(model).scrollback).empty());
  }
}

TEST_CASE("without a text it is known that somebody is away") {
  Model model = resumable_model();
  says_away(model, kLobby, "");
  submit(model, "@Lisa psst");
  CHECK(last_line(model) == "Lisa is away.");
}

TEST_CASE("a conversation says when the other one is away, and when they are back") {
  Model model = resumable_model();
  open_pair(model);
  show_conversation(model);
  says_away(model, kPair, "lunch");
  says_away(model, kPair, "lunch");
  says_away(model, kPair, "phone", kMe);
  CHECK(lines(model) == Lines{"Lisa is away: lunch"});
  submit(model, "psst");
  CHECK(times_shown(model, "Lisa is away: lunch") == 1);
  says_back(model, kLobby);
  says_back(model, kPair);
  says_back(model, kPair);
  CHECK(times_shown(model, "Lisa is no longer away") == 1);
}

TEST_CASE("who has left is not away when they come back") {
  Model model = resumable_model();
  says_away(model, kLobby, "lunch");
  give(model, protocol::Left{kLobby, kNoon, {{kLisa, "Lisa", LeaveReason::left}}});
  give(model, protocol::Joined{kLobby, kNoon, {{kLisa, "Lisa"}}});
  CHECK_FALSE(shows(model, "(away)"));
}
