// A client that was killed, and the next one of the same user: each a model, with the same folder.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "client/disk_state.hpp"
#include "client/model.hpp"
#include "tests/client/reconnecting.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;
using chat::test::TemporaryFolder;

using Lines = std::vector<std::string>;

namespace {

constexpr RoomId kPair{8};

MessageId next_id() {
  static std::uint8_t last = 0;
  return {9, 9, ++last};
}

Model model_in(const TemporaryFolder& folder) {
  return Model("127.0.0.1:1338", next_id,
               std::make_unique<DiskState>(folder.path(), "127.0.0.1:1338", next_id));
}

protocol::Hello start(Model& model, std::string_view nickname = "Ann") {
  model.start(nickname, kNoon);
  const auto hello = sent<protocol::Hello>(model);
  REQUIRE(hello.has_value());
  return *hello;
}

// Chats until it is killed, and has said something twice: with a connection and without.
protocol::Hello chat_and_die(const TemporaryFolder& folder, MessageId* id = nullptr) {
  Model model = model_in(folder);
  const auto hello = start(model);
  welcome_as(model, hello.request, {});
  open_room(model, hello.request, kLobby, "lobby", {{kMe, "Ann"}, {kLisa, "Lisa"}});
  submit(model, "under way");
  if (id != nullptr)
    *id = sent<protocol::Say>(model)->id;
  model.connection_lost("", kNoon);
  submit(model, "waiting");
  submit(model, "@Lisa psst");
  return hello;
}

}  // namespace

TEST_CASE("the next client takes the session up, and says again what was not acknowledged") {
  const TemporaryFolder folder;
  MessageId id;
  const auto before = chat_and_die(folder, &id);
  Model model = model_in(folder);
  const auto hello = start(model);
  CHECK(hello.identity == before.identity);
  CHECK(hello.secret == before.secret);
  CHECK(hello.token == Bytes{kToken});
  CHECK(hello.read.empty());
  CHECK(model.unsent() == 3);
  welcome_as(model, hello.request, {.resumed = true});
  CHECK(times_shown(model, "Welcome back to test 1.0, Ann. See /help.") == 1);
  CHECK(all_sent<protocol::Whisper>(model).size() == 1);
  open_again(model, hello.request, kLobby, "lobby", 1);
  const auto says = all_sent<protocol::Say>(model);
  REQUIRE(says.size() == 2);
  CHECK(says[0].id == id);
  CHECK(says[0].text == "under way");
  CHECK(says[1].text == "waiting");
}

TEST_CASE("without the session, the next client sends what was never on its way") {
  const TemporaryFolder folder;
  chat_and_die(folder);
  Model model = model_in(folder);
  const auto hello = start(model);
  welcome_as(model, hello.request, {.epoch = {2}});
  CHECK(times_shown(model, "[lobby] <Ann> under way (perhaps not sent)") == 1);
  CHECK(model.take_given_up() == Lines{"under way", "@Lisa psst"});
  open_again(model, hello.request, kLobby, "lobby", 1);
  const auto says = all_sent<protocol::Say>(model);
  REQUIRE(says.size() == 1);
  CHECK(says[0].text == "waiting");
  acknowledge(model, says[0], 1);
  CHECK(model.unsent() == 0);
}

TEST_CASE("what is not sent after all is shown by each client until one is ended by its user") {
  const TemporaryFolder folder;
  chat_and_die(folder);
  const Lines perhaps{"under way", "@Lisa psst"};
  {
    Model model = model_in(folder);
    welcome_as(model, start(model).request, {.epoch = {2}});
    CHECK(model.take_given_up() == perhaps);
  }
  {
    Model model = model_in(folder);
    start(model);
    CHECK(times_shown(model, "[lobby] <Ann> under way (perhaps not sent)") == 1);
    CHECK(times_shown(model,
                      "[@Lisa] <Ann> psst (not sent, since the name may have changed hands)") == 1);
    CHECK(model.take_given_up() == perhaps);
    CHECK(model.unsent() == 1);
    // By a signal, perhaps, and nobody was there.
    model.hang_up();
  }
  {
    Model model = model_in(folder);
    start(model);
    CHECK(model.take_given_up() == perhaps);
    model.quit();
  }
  Model model = model_in(folder);
  start(model);
  CHECK(model.take_given_up().empty());
  CHECK(model.unsent() == 1);
}

TEST_CASE("a message is forgotten when it is acknowledged, also after the goodbye") {
  const TemporaryFolder folder;
  {
    Model model = model_in(folder);
    const auto hello = start(model);
    welcome_as(model, hello.request, {});
    open_room(model, hello.request, kLobby, "lobby", {{kMe, "Ann"}});
    submit(model, "bye");
    const auto say = sent<protocol::Say>(model);
    model.quit();
    acknowledge(model, *say, 1);
  }
  Model model = model_in(folder);
  start(model);
  CHECK(model.unsent() == 0);
}

TEST_CASE("the token is kept until the server has answered the goodbye") {
  const TemporaryFolder folder;
  for (const bool answered : {false, true}) {
    {
      Model model = model_in(folder);
      const auto hello = start(model);
      welcome_as(model, hello.request, {});
      model.quit();
      if (answered)
        give(model, protocol::Goodbye{{}, CloseReason::quit, "Goodbye."});
    }
    Model model = model_in(folder);
    CHECK(start(model).token.empty() == answered);
  }
}

TEST_CASE("what was said in another room has it entered again") {
  const TemporaryFolder folder;
  {
    Model model = model_in(folder);
    const auto hello = start(model);
    welcome_as(model, hello.request, {});
    open_room(model, hello.request, kLobby, "lobby", {{kMe, "Ann"}});
    submit(model, "/join tea");
    open_room(model, sent<protocol::Join>(model)->request, RoomId{2}, "tea", {});
    model.connection_lost("", kNoon);
    submit(model, "for tea");
  }
  Model model = model_in(folder);
  const auto hello = start(model);
  welcome_as(model, hello.request, {});
  const auto joins = all_sent<protocol::Join>(model);
  REQUIRE(joins.size() == 1);
  CHECK(joins[0].name == "tea");
  open_again(model, hello.request, kLobby, "lobby", 1);
  open_again(model, joins[0].request, RoomId{2}, "Tea", 1);
  CHECK(sent<protocol::Say>(model)->text == "for tea");
}

TEST_CASE("what was on its way to a room that cannot be entered again is uncertain") {
  const TemporaryFolder folder;
  chat_and_die(folder);
  Model model = model_in(folder);
  const auto hello = start(model);
  welcome_as(model, hello.request, {.resumed = true});
  const auto join = sent<protocol::Join>(model);
  give(model, protocol::Error{join->request, ErrorCode::too_many_rooms, "Too many rooms."});
  CHECK(times_shown(model, "[lobby] <Ann> under way (perhaps not sent: Too many rooms.)") == 1);
  CHECK(times_shown(model, "[lobby] <Ann> waiting (not sent: Too many rooms.)") == 1);
}

TEST_CASE("whispers in a pair of an earlier client are shown at once, whatever was said there") {
  const TemporaryFolder folder;
  chat_and_die(folder);
  Model model = model_in(folder);
  const auto hello = start(model);
  welcome_as(model, hello.request, {.resumed = true});
  const auto psst = sent<protocol::Whisper>(model);
  give(model, protocol::RoomOpened{.request = hello.request,
                                   .room = kPair,
                                   .kind = RoomKind::pair,
                                   .name = "Lisa",
                                   .next = {1}});
  // Numbers 1 and 2 were the earlier client's own, and never come.
  give(model, protocol::Acknowledged{psst->request, psst->id, kPair, {3}, kNoon});
  show_conversation(model);
  CHECK(times_shown(model, "<Ann> psst") == 1);
}

TEST_CASE(
    "a second client at the same time is somebody else, and may hear that the name is taken") {
  const TemporaryFolder folder;
  Model first = model_in(folder);
  const auto hello = start(first);
  welcome_as(first, hello.request, {});
  Model second = model_in(folder);
  const auto other = start(second);
  CHECK(other.identity != hello.identity);
  CHECK(other.token.empty());
  give(second, protocol::Error{other.request, ErrorCode::nickname_taken, ""});
  CHECK(last_line(second) == "This nickname is taken. Which nickname do you want?");
  submit(second, "Anna");
  CHECK(sent<protocol::Hello>(second)->identity != other.identity);
}

TEST_CASE("when somebody else has the name by now, what waits is sent under another one") {
  const TemporaryFolder folder;
  const auto before = chat_and_die(folder);
  Model model = model_in(folder);
  const auto hello = start(model);
  give(model, protocol::Error{hello.request, ErrorCode::nickname_taken, ""});
  submit(model, "Anna");
  const auto again = sent<protocol::Hello>(model);
  REQUIRE(again.has_value());
  CHECK(again->nickname == "Anna");
  CHECK(again->identity == before.identity);
  CHECK(model.unsent() == 3);
  welcome_as(model, again->request, {.nickname = "Anna"});
  open_again(model, again->request, kLobby, "lobby", 1);
  CHECK(sent<protocol::Say>(model)->text == "waiting");
}

TEST_CASE("a folder that cannot be used is one line, and the chat goes on") {
  Model model("127.0.0.1:1338", next_id,
              std::make_unique<DiskState>("/proc/none", "127.0.0.1:1338", next_id));
  const auto hello = start(model);
  CHECK(last_line(model).starts_with("What is not sent when this client ends will be lost: "));
  welcome_as(model, hello.request, {});
  open_room(model, hello.request, kLobby, "lobby", {});
  const auto before = lines(model).size();
  submit(model, "hi");
  CHECK(sent<protocol::Say>(model).has_value());
  CHECK(lines(model).size() == before + 1);
  CHECK_FALSE(model.keeps_unsent());
}
