#include "client/model.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/client/chatting.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

using Lines = std::vector<std::string>;

// --- entering -----------------------------------------------------------------------------------

TEST_CASE("a start says hello with the wished nickname") {
  Model model = new_model();
  model.start("Ann", kNoon);
  const auto hello = sent<protocol::Hello>(model);
  REQUIRE(hello.has_value());
  CHECK(hello->nickname == "Ann");
  CHECK(hello->version == kProtocolVersion);
  CHECK(hello->request != RequestId{});
  CHECK(model.phase() == Phase::greeting);
}

TEST_CASE("an invalid nickname is asked for again without troubling the server") {
  Model model = new_model();
  model.start("two words", kNoon);
  CHECK(model.take_outgoing().empty());
  CHECK(model.phase() == Phase::naming);
  CHECK(model.take_refused_nickname() == "two words");
  CHECK(last_line(model) ==
        "Sorry, a name may not contain spaces, control or invisible characters. "
        "Which nickname do you want?");
  CHECK(submit(model, "@x") ==
        "Sorry, a name may not begin with @, / or #, or with a combining mark.");
}

TEST_CASE("of a nickname that is offered, nothing is to be taken away when another one is typed") {
  for (const std::string_view entered : {"", "Anna"}) {
    Model model = new_model();
    model.ask_nickname("guest", kNoon);
    CHECK(last_line(model) == "Which nickname do you want? Enter alone takes guest.");
    CHECK_FALSE(model.take_refused_nickname().has_value());
    CHECK(submit(model, entered) == "taken");
    const auto hello = sent<protocol::Hello>(model);
    REQUIRE(hello.has_value());
    CHECK(hello->nickname == (entered.empty() ? "guest" : entered));
  }
}

TEST_CASE("a taken nickname is asked for again, on the same connection") {
  Model model = new_model();
  model.start("Ann", kNoon);
  const auto hello = sent<protocol::Hello>(model);
  give(model, protocol::Error{hello->request, ErrorCode::nickname_taken, "It is taken."});
  CHECK(model.phase() == Phase::naming);
  CHECK(model.take_refused_nickname() == "Ann");
  CHECK_FALSE(model.take_refused_nickname().has_value());
  CHECK(last_line(model) == "It is taken. Which nickname do you want?");
  CHECK(submit(model, "Anna") == "taken");
  const auto again = sent<protocol::Hello>(model);
  REQUIRE(again.has_value());
  CHECK(again->nickname == "Anna");
  CHECK(again->request != hello->request);
}

TEST_CASE("a connection that ends while a nickname is asked for is no news") {
  Model model = new_model();
  model.start("two words", kNoon);
  model.connection_lost("", kNoon);
  CHECK(model.phase() == Phase::naming);
  CHECK_FALSE(model.was_disconnected());
  submit(model, "Ann");
  CHECK(sent<protocol::Hello>(model).has_value());
}

TEST_CASE("a welcome that was not asked for changes nothing") {
  SUBCASE("while a nickname is asked for") {
    Model model = new_model();
    model.start("two words", kNoon);
    welcome(model, {}, "two words");
    CHECK(model.phase() == Phase::naming);
    model.connection_lost("", kNoon);
    model.connected(kNoon);
    CHECK(model.take_outgoing().empty());
  }
  SUBCASE("in the middle of a chat") {
    Model model = chatting_model();
    submit(model, "hi");
    const Lines before = lines(model);
    welcome(model, {}, "Bob");
    CHECK(model.nickname() == "Ann");
    CHECK(lines(model) == before);
    CHECK(model.unsent() == 1);
  }
}

TEST_CASE("after the welcome one is in the lobby") {
  const Model model = chatting_model();
  CHECK(model.phase() == Phase::chatting);
  REQUIRE(model.front() != nullptr);
  CHECK(model.front()->name == "lobby");
  CHECK(model.front()->members.size() == 2);
  CHECK(model.front()->members.sorted_names() == std::vector<std::string_view>{"Ann", "Lisa"});
  CHECK(lines(model) == Lines{"Welcome to test 1.0, Ann. See /help.", "→ Ann joined"});
}

TEST_CASE("a line before the welcome is refused and not lost") {
  Model model = new_model();
  model.start("Ann", kNoon);
  CHECK(submit(model, "hello") == "Not sent: the server has not answered yet.");
}

// --- talking ------------------------------------------------------------------------------------

TEST_CASE("a text goes to the room in front and is shown when the room has it") {
  Model model = chatting_model();
  CHECK(submit(model, "hello") == "taken");
  const auto say = sent<protocol::Say>(model);
  REQUIRE(say.has_value());
  CHECK(say->room == kLobby);
  CHECK(say->text == "hello");
  CHECK(say->kind == MessageKind::text);
  CHECK(say->id == MessageId{0, 1});
  CHECK(last_line(model) == "<Ann> hello (pending)");
  give(model, protocol::Acknowledged{say->request, say->id, kLobby, {1}, kNoon});
  post(model, kLobby, kMe, "Ann", "hello");
  CHECK(last_line(model) == "<Ann> hello");
}

TEST_CASE("an action is shown with a star") {
  Model model = chatting_model();
  submit(model, "/me waves");
  CHECK(sent<protocol::Say>(model)->kind == MessageKind::action);
  CHECK(last_line(model) == "* Ann waves (pending)");
  post(model, kLobby, kLisa, "Lisa", "waves", MessageKind::action);
  CHECK(lines(model).at(2) == "* Lisa waves");
}

TEST_CASE("a blank line is taken and goes nowhere") {
  Model model = chatting_model();
  CHECK(submit(model, "   ") == "taken");
  CHECK(model.take_outgoing().empty());
}

TEST_CASE("a text that is too long is refused, never cut") {
  Model model = chatting_model();
  CHECK(submit(model, std::string(4096, 'x')) == "taken");
  CHECK(submit(model, std::string(4097, 'x')) ==
        "Not sent: the text has 4097 bytes, and 4096 is the most.");
  CHECK(submit(model, "@Lisa " + std::string(4097, 'x')).starts_with("Not sent: the text has"));
}

TEST_CASE("a refused text is shown, so that it is not lost") {
  Model model = chatting_model();
  submit(model, "hello");
  const auto say = sent<protocol::Say>(model);
  give(model, protocol::Error{say->request, ErrorCode::not_stored, ""});
  CHECK(last_line(model) ==
        "<Ann> hello (not sent: The message could not be stored and was not sent.)");
}

TEST_CASE("an unknown command is refused in words") {
  Model model = chatting_model();
  CHECK(submit(model, "/foo") ==
        "There is no command /foo. See /help; // starts a text with a slash.");
  CHECK(model.take_outgoing().empty());
}

TEST_CASE("/help explains the commands and keys, /clear empties the chat") {
  Model model = chatting_model();
  CHECK(submit(model, "/help") == "taken");
  CHECK(last_line(model) == "/quit: says goodbye and ends");
  CHECK(lines(model).size() == 2 + command::descriptions().size());
  CHECK(lines(model)[2] == "/help: explains commands and keys");
  CHECK(lines(model)[5] == "/msg NAME TEXT: whispers; @NAME TEXT does too");
  model.end_help_with("Keys do more.");
  submit(model, "/help");
  CHECK(last_line(model) == "Keys do more.");
  CHECK(submit(model, "/clear") == "taken");
  CHECK(lines(model).empty());
  CHECK(model.take_outgoing().empty());
  post(model, kLobby, kLisa, "Lisa", "hello");
  CHECK(lines(model) == Lines{"<Lisa> hello"});
}

// --- presence -----------------------------------------------------------------------------------

TEST_CASE("joins, leaves and renames are shown and keep the members") {
  Model model = chatting_model();
  give(model, protocol::Joined{kLobby, kNoon, {{{12}, "Bert"}, {{13}, "Cleo"}}});
  CHECK(last_line(model) == "→ Bert, Cleo joined");
  give(model, protocol::Renamed{kLobby, kNoon, {12}, "Bert", "Zoe"});
  CHECK(last_line(model) == "Bert is now known as Zoe");
  CHECK(model.front()->members.sorted_names() ==
        std::vector<std::string_view>{"Ann", "Cleo", "Lisa", "Zoe"});
  give(model, protocol::Left{kLobby,
                             kNoon,
                             {{{12}, "Zoe", LeaveReason::lost},
                              {{13}, "Cleo", LeaveReason::quit},
                              {kLisa, "Lisa", LeaveReason::left}}});
  const auto all = lines(model);
  CHECK(Lines(all.end() - 3, all.end()) ==
        Lines{"← Lisa left", "← Cleo left the chat", "← Zoe left (connection lost)"});
  CHECK(model.front()->members.size() == 1);
}

TEST_CASE("many joins at once are counted") {
  Model model = chatting_model();
  protocol::Joined joined{kLobby, kNoon, {}};
  for (std::uint64_t i = 0; i < 12; ++i)
    joined.people.push_back({{100 + i}, "u" + std::to_string(i)});
  give(model, joined);
  CHECK(last_line(model) == "→ u0, u1, u2, u3, u4, u5, u6, u7, u8, u9 and 2 others joined");
}

TEST_CASE("a large room has a number of members and no names") {
  Model model = chatting_model();
  give(model, protocol::MemberCount{kLobby, 777});
  CHECK(model.front()->members.size() == 777);
  CHECK_FALSE(model.front()->members.listed());
  CHECK(model.front()->members.sorted_names().empty());
  give(model, protocol::MemberPage{{}, kLobby, 2, true, false, {{kMe, "Ann"}}});
  CHECK(model.front()->members.size() == 2);
  give(model, protocol::MemberPage{{}, kLobby, 2, false, true, {{kLisa, "Lisa"}}});
  CHECK(model.front()->members.listed());
  CHECK(model.front()->members.sorted_names().size() == 2);
}

TEST_CASE("one's own new nickname is told once") {
  Model model = chatting_model();
  submit(model, "/nick Anna");
  const auto rename = sent<protocol::Rename>(model);
  REQUIRE(rename.has_value());
  give(model, protocol::NicknameChanged{rename->request, "Anna"});
  give(model, protocol::Renamed{kLobby, kNoon, kMe, "Ann", "Anna"});
  CHECK(model.nickname() == "Anna");
  CHECK(last_line(model) == "You are now known as Anna");
  CHECK(model.front()->members.sorted_names() == std::vector<std::string_view>{"Anna", "Lisa"});
}

TEST_CASE("a refused command is shown with what was entered") {
  Model model = chatting_model();
  submit(model, "/nick Lisa");
  const auto rename = sent<protocol::Rename>(model);
  give(model, protocol::Error{rename->request, ErrorCode::nickname_taken, ""});
  CHECK(last_line(model) == "This nickname is taken. (/nick Lisa)");
}

TEST_CASE("missed messages are told") {
  Model model = chatting_model();
  give(model, protocol::Gap{kLobby, {5}, {16}});
  CHECK(last_line(model) == "12 messages were missed.");
  give(model, protocol::Gap{kLobby, {17}, {17}});
  CHECK(last_line(model) == "1 message was missed.");
  give(model, protocol::Gap{kLobby, {18}, {17}});
  CHECK(last_line(model) == "Some joins and leaves were missed.");
}
