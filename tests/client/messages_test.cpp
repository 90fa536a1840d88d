// How what the user says travels, until it is acknowledged or given up.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "client/model.hpp"
#include "tests/client/reconnecting.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

using Lines = std::vector<std::string>;

TEST_CASE("a message is pending until it is acknowledged, and then takes its place in the room") {
  Model model = resumable_model();
  submit(model, "hi");
  CHECK(last_line(model) == "<Ann> hi (pending)");
  const auto say = sent<protocol::Say>(model);
  post_numbered(model, 1, kLisa, "Lisa", "first");
  CHECK(last_line(model) == "<Ann> hi (pending)");
  acknowledge(model, *say, 2);
  CHECK(last_line(model) == "<Ann> hi");
  post_numbered(model, 2, kMe, "Ann", "hi");
  post_numbered(model, 3, kLisa, "Lisa", "third");
  const Lines all = lines(model);
  CHECK(Lines(all.end() - 3, all.end()) == Lines{"<Lisa> first", "<Ann> hi", "<Lisa> third"});
  CHECK(model.unsent() == 0);
}

TEST_CASE("a pending message keeps the time at which it was said") {
  Model model = resumable_model();
  submit(model, "hi");
  constexpr WallTime kOne{kNoon.milliseconds + 3'600'000};
  model.receive(protocol::Ping{}, kOne);
  const auto rows = model.scrollback().visible({Columns{80}, Rows{10}});
  CHECK(rows.back().text == "<Ann> hi (pending)");
  CHECK(rows.back().line->time == kNoon);
}

TEST_CASE("a message whose acknowledgement was lost is said again under the same id") {
  Model model = resumable_model();
  submit(model, "hi");
  const auto first = sent<protocol::Say>(model);
  lose_and_resume(model);
  const auto again = sent<protocol::Say>(model);
  REQUIRE(again.has_value());
  CHECK(again->id == first->id);
  CHECK(again->text == first->text);

  SUBCASE("and comes through the room before it is acknowledged: it is shown once") {
    post_numbered(model, 1, kMe, "Ann", "hi");
    CHECK(last_line(model) == "<Ann> hi");
    CHECK(times_shown(model, "<Ann> hi (pending)") == 0);
    CHECK(model.unsent() == 1);
    acknowledge(model, *again, 1);
    CHECK(times_shown(model, "<Ann> hi") == 1);
    CHECK(model.unsent() == 0);
  }
  SUBCASE("and the other way round") {
    acknowledge(model, *again, 1);
    post_numbered(model, 1, kMe, "Ann", "hi");
    CHECK(times_shown(model, "<Ann> hi") == 1);
  }
  SUBCASE("and is lost a second time") {
    lose_and_resume(model);
    CHECK(sent<protocol::Say>(model)->id == first->id);
  }
}

TEST_CASE("what was said without a connection is sent in order once the room is open again") {
  Model model = resumable_model();
  model.connection_lost("", kNoon);
  submit(model, "one");
  submit(model, "/me two");
  CHECK(last_line(model) == "* Ann two (pending)");
  const auto hello = reconnect(model);
  welcome_as(model, hello.request, {.resumed = true});
  CHECK(all_sent<protocol::Say>(model).empty());
  open_again(model, hello.request, kLobby, "lobby", 1);
  const auto says = all_sent<protocol::Say>(model);
  REQUIRE(says.size() == 2);
  CHECK(says[0].text == "one");
  CHECK(says[1].text == "two");
  CHECK(says[1].kind == MessageKind::action);
}

TEST_CASE("whispers that were said without a connection are sent when there is one") {
  Model model = resumable_model();
  model.connection_lost("", kNoon);
  submit(model, "@Lisa psst");
  CHECK(lines(conversation(model).scrollback).empty());
  show_conversation(model);
  CHECK(last_line(model) == "<Ann> psst (pending)");
  const auto hello = reconnect(model);
  welcome_as(model, hello.request, {.resumed = true});
  const auto whisper = sent<protocol::Whisper>(model);
  REQUIRE(whisper.has_value());
  CHECK(whisper->text == "psst");
  CHECK(whisper->user == kLisa);
  give(model, protocol::Acknowledged{whisper->request, whisper->id, RoomId{8}, {1}, kNoon});
  CHECK(last_line(model) == "<Ann> psst");
}

TEST_CASE("what is pending is shown and counted in its room, whatever becomes of it") {
  Model model = resumable_model();
  for (int i = 0; i < 30; ++i)
    submit(model, std::to_string(i));
  const auto says = all_sent<protocol::Say>(model);
  REQUIRE(says.size() == 30);
  CHECK(last_line(model) == "and 10 more pending");
  constexpr RoomId kTea{2};
  open_room(model, {}, kTea, "tea", {{kMe, "Ann"}});
  model.show_room(1);
  CHECK(lines(model).empty());
  submit(model, "here");
  CHECK(last_line(model) == "<Ann> here (pending)");
  model.show_room(0);
  CHECK(last_line(model) == "and 10 more pending");
  SUBCASE("it comes before it is acknowledged") {
    post_numbered(model, 1, kMe, "Ann", "0");
    CHECK(last_line(model) == "and 9 more pending");
    acknowledge(model, says[0], 1);
    CHECK(last_line(model) == "and 9 more pending");
  }
  SUBCASE("it is acknowledged before it comes") {
    acknowledge(model, says[0], 1);
    CHECK(last_line(model) == "and 10 more pending");
    post_numbered(model, 1, kMe, "Ann", "0");
    CHECK(last_line(model) == "and 9 more pending");
  }
  SUBCASE("the room is written in another way") {
    model.connection_lost("", kNoon);
    const auto hello = reconnect(model);
    welcome_as(model, hello.request, {.resumed = true});
    open_again(model, hello.request, kLobby, "Lobby", 1);
    CHECK(last_line(model) == "and 10 more pending");
  }
  SUBCASE("it is refused") {
    for (std::size_t i = 0; i < says.size() - 1; ++i)
      give(model, protocol::Error{says[i].request, ErrorCode::not_stored, "No."});
    CHECK(last_line(model) == "<Ann> 29 (pending)");
  }
}

TEST_CASE("no more are on their way than the server can tell from repeated ones") {
  Model model = resumable_model();
  constexpr std::size_t kMany = 2 * Model::kMostUnderWay;
  for (std::size_t i = 0; i < kMany; ++i)
    submit(model, std::to_string(i));
  auto says = all_sent<protocol::Say>(model);
  CHECK(says.size() == Model::kMostUnderWay);
  CHECK(last_line(model) == "and 380 more pending");

  SUBCASE("the others follow as those are acknowledged, in order") {
    std::uint64_t number = 0;
    for (std::size_t next = 0; next < says.size(); ++next) {
      CHECK(says[next].text == std::to_string(next));
      acknowledge(model, says[next], ++number);
      post_numbered(model, number, kMe, "Ann", says[next].text);
      const auto more = all_sent<protocol::Say>(model);
      says.insert(says.end(), more.begin(), more.end());
    }
    CHECK(says.size() == kMany);
    CHECK(model.unsent() == 0);
  }
  SUBCASE("and after a lost connection it is the same ones") {
    lose_and_resume(model);
    const auto again = all_sent<protocol::Say>(model);
    REQUIRE(again.size() == Model::kMostUnderWay);
    for (std::size_t i = 0; i < again.size(); ++i)
      REQUIRE(again[i].id == says[i].id);
  }
  SUBCASE("also those of a room that opens late go before new ones elsewhere") {
    model.connection_lost("", kNoon);
    submit(model, "@Lisa psst");
    const auto hello = reconnect(model);
    welcome_as(model, hello.request, {.resumed = true});
    CHECK(all_sent<protocol::Whisper>(model).empty());
  }
}

TEST_CASE("in another session what the server may have is given up, and the rest is sent") {
  Model model = resumable_model();
  submit(model, "perhaps");
  CHECK(sent<protocol::Say>(model).has_value());
  model.connection_lost("", kNoon);
  submit(model, "later");
  const auto hello = reconnect(model);
  welcome_as(model, hello.request, {.user = UserId{30}});
  CHECK(times_shown(model, "<Ann> perhaps (perhaps not sent)") == 1);
  CHECK(model.take_given_up() == Lines{"perhaps"});
  open_again(model, hello.request, RoomId{5}, "lobby", 1);
  const auto says = all_sent<protocol::Say>(model);
  REQUIRE(says.size() == 1);
  CHECK(says[0].room == RoomId{5});
  CHECK(says[0].text == "later");
}

TEST_CASE("a whisper never reaches whoever has the name on a server that has begun anew") {
  Model model = resumable_model();
  model.connection_lost("", kNoon);
  submit(model, "@Lisa psst");
  const auto hello = reconnect(model);
  welcome_as(model, hello.request, {.user = UserId{30}, .epoch = {2}});
  CHECK(all_sent<protocol::Whisper>(model).empty());
  CHECK(last_line(model) == "[@Lisa] <Ann> psst (not sent, since the name may have changed hands)");
  CHECK(model.take_given_up() == Lines{"@Lisa psst"});
  // Said again it is meant for whoever has the name now.
  submit(model, "@Lisa psst");
  CHECK(sent<protocol::Whisper>(model)->user == UserId{});
}

TEST_CASE("a message that is refused is shown as not sent, and its text is kept") {
  Model model = resumable_model();
  submit(model, "/join tea");
  open_room(model, sent<protocol::Join>(model)->request, RoomId{2}, "tea", {});
  submit(model, "//hi");
  const auto say = sent<protocol::Say>(model);
  model.show_room(0);
  give(model, protocol::Error{say->request, ErrorCode::not_stored, "No space."});
  CHECK(model.take_given_up() == Lines{"//hi"});
  CHECK(model.rooms()[1].unread == 1);
  model.show_room(1);
  CHECK(last_line(model) == "<Ann> /hi (not sent: No space.)");
}

TEST_CASE("what was said in a room that one has left is answered, or is uncertain") {
  Model model = resumable_model();
  submit(model, "/join tea");
  open_room(model, sent<protocol::Join>(model)->request, RoomId{2}, "tea", {});
  submit(model, "bye");
  const auto say = sent<protocol::Say>(model);
  submit(model, "/leave");
  give(model, protocol::RoomClosed{sent<protocol::Leave>(model)->request, RoomId{2}});
  CHECK(model.unsent() == 1);

  SUBCASE("answered") {
    acknowledge(model, *say, 1);
    CHECK(model.unsent() == 0);
  }
  SUBCASE("uncertain") {
    model.connection_lost("", kNoon);
    CHECK(times_shown(model, "[tea] <Ann> bye (perhaps not sent)") == 1);
    CHECK(model.unsent() == 0);
  }
}

TEST_CASE("what the server may have published is never told as not sent") {
  Model model = resumable_model();
  submit(model, "/join tea");
  open_room(model, sent<protocol::Join>(model)->request, RoomId{2}, "tea", {});
  submit(model, "bye");
  model.take_outgoing();
  model.connection_lost("", kNoon);
  submit(model, "are you still there?");
  const auto hello = reconnect(model);
  welcome_as(model, hello.request, {.resumed = true});
  give(model, protocol::RoomClosed{hello.request, RoomId{2}});
  CHECK(times_shown(model, "[tea] <Ann> bye (perhaps not sent)") == 1);
  CHECK(times_shown(model, "[tea] <Ann> are you still there? (not sent)") == 1);
}

TEST_CASE("a message whose id is known for another one has arrived, in one form or the other") {
  Model model = resumable_model();
  submit(model, "hi");
  const auto say = sent<protocol::Say>(model);
  give(model, protocol::Error{say->request, ErrorCode::id_reused, "Said before."});
  CHECK(last_line(model) == "<Ann> hi (perhaps not sent: Said before.)");
}

TEST_CASE("one's own message that fell into a gap is shown, and does not count as missed") {
  Model model = resumable_model();
  submit(model, "hi");
  acknowledge(model, *sent<protocol::Say>(model), 2);
  give(model, protocol::Gap{kLobby, {1}, {3}});
  CHECK(times_shown(model, "2 messages were missed.") == 1);
  CHECK(times_shown(model, "<Ann> hi") == 1);
}

TEST_CASE(
    "one's own message that fell into a gap is shown, also when it is acknowledged behind it") {
  Model model = resumable_model();
  submit(model, "hi");
  lose_and_resume(model);
  const auto again = sent<protocol::Say>(model);
  give(model, protocol::Gap{kLobby, {1}, {40}});
  post_numbered(model, 41, kLisa, "Lisa", "later");
  acknowledge(model, *again, 5);
  CHECK(times_shown(model, "<Ann> hi") == 1);
  CHECK(model.unsent() == 0);
}

TEST_CASE("quitting says goodbye wherever the server may have a session of ours") {
  Model model = resumable_model();
  SUBCASE("in the chat") {
    model.quit();
    CHECK(sent<protocol::Goodbye>(model).has_value());
  }
  SUBCASE("while a session is being taken up") {
    model.connection_lost("", kNoon);
    reconnect(model);
    model.quit();
    CHECK(sent<protocol::Goodbye>(model).has_value());
  }
}

TEST_CASE("what was not sent is sent again with a key, under an id of its own") {
  Model model = resumable_model();
  CHECK(model.resend(kNoon).error() == "There is nothing that was not sent.");
  submit(model, "hello");
  const auto say = sent<protocol::Say>(model);
  give(model, protocol::Error{say->request, ErrorCode::not_stored, "No space."});
  CHECK(last_line(model) == "<Ann> hello (not sent: No space.)");
  REQUIRE(model.resend(kNoon).has_value());
  const auto again = sent<protocol::Say>(model);
  REQUIRE(again.has_value());
  CHECK(again->text == "hello");
  CHECK(again->id != say->id);
  CHECK(last_line(model) == "<Ann> hello (pending)");
  CHECK_FALSE(model.resend(kNoon).has_value());
}

TEST_CASE("what is sent again stands no longer where it was not sent") {
  Model model = resumable_model();
  const auto fail = [&](const std::string& text) {
    submit(model, text);
    give(model, protocol::Error{sent<protocol::Say>(model)->request, ErrorCode::not_stored, "No."});
  };
  fail("one");
  post_numbered(model, 1, kLisa, "Lisa", "between");
  fail("one");
  REQUIRE(model.resend(kNoon).has_value());
  CHECK(times_shown(model, "<Ann> one (not sent: No.)") == 1);
  CHECK(times_shown(model, "<Ann> one (pending)") == 1);
  SUBCASE("until it fails again") {
    give(model,
         protocol::Error{sent<protocol::Say>(model)->request, ErrorCode::not_stored, "Still."});
    CHECK(last_line(model) == "<Ann> one (not sent: Still.)");
    CHECK(times_shown(model, "<Ann> one (not sent: No.)") == 1);
  }
  SUBCASE("the one before, too") {
    REQUIRE(model.resend(kNoon).has_value());
    CHECK(times_shown(model, "<Ann> one (not sent: No.)") == 0);
    CHECK(times_shown(model, "<Lisa> between") == 1);
  }
}

TEST_CASE("a whisper that is sent again is told of as not sent nowhere") {
  Model model = resumable_model();
  submit(model, "@Lisa psst");
  give(model,
       protocol::Error{sent<protocol::Whisper>(model)->request, ErrorCode::not_stored, "No."});
  REQUIRE(last_line(model) == "[@Lisa] <Ann> psst (not sent: No.)");
  REQUIRE(model.resend(kNoon).has_value());
  CHECK(times_shown(model, "[@Lisa] <Ann> psst (not sent: No.)") == 0);
}

TEST_CASE("what was not sent stays where it was said") {
  Model model = resumable_model();
  const auto fail = [&](const std::string& text) {
    submit(model, text);
    give(model, protocol::Error{sent<protocol::Say>(model)->request, ErrorCode::not_stored, "No."});
  };
  fail("one");
  post_numbered(model, 1, kLisa, "Lisa", "below");
  const Lines all = lines(model);
  CHECK(Lines(all.end() - 2, all.end()) == Lines{"<Ann> one (not sent: No.)", "<Lisa> below"});
  CHECK(model.scrollback().held().at(model.scrollback().held().end() - 2).kind == LineKind::failed);
  CHECK(model.not_sent() == 1);
  submit(model, "two");
  CHECK(model.not_sent() == 0);
  // It is not forgotten.
  CHECK(model.resend(kNoon).has_value());
}

TEST_CASE("what was not sent is sent again with a command") {
  Model model = resumable_model();
  CHECK(submit(model, "/resend") == "There is nothing that was not sent.");
  submit(model, "hello");
  give(model, protocol::Error{sent<protocol::Say>(model)->request, ErrorCode::not_stored, "No."});
  CHECK(submit(model, "/resend") == "taken");
  const auto again = sent<protocol::Say>(model);
  REQUIRE(again.has_value());
  CHECK(again->text == "hello");
}

TEST_CASE("of several that were not sent, each is sent again in its turn") {
  Model model = resumable_model();
  submit(model, "one");
  submit(model, "two");
  for (const auto& say : all_sent<protocol::Say>(model))
    give(model, protocol::Error{say.request, ErrorCode::not_stored, "No."});
  CHECK(model.not_sent() == 2);
  REQUIRE(model.resend(kNoon).has_value());
  CHECK(model.not_sent() == 1);
  CHECK(sent<protocol::Say>(model)->text == "two");
  REQUIRE(model.resend(kNoon).has_value());
  CHECK(model.not_sent() == 0);
  CHECK(sent<protocol::Say>(model)->text == "one");
}
