// Hellos that the server refuses: none of them is the end, and none is repeated for ever.
#include <doctest/doctest.h>

#include "client/model.hpp"
#include "tests/client/reconnecting.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

namespace {

void refuse(Model& model, RequestId request, ErrorCode code) {
  give(model, protocol::Error{request, code, ""});
}

}  // namespace

TEST_CASE("a server that knows other numbers is asked without them") {
  for (const auto code : {ErrorCode::unknown_epoch, ErrorCode::bad_position}) {
    Model model = resumable_model();
    give(model,
         protocol::RoomOpened{
             .request = {}, .room = {8}, .kind = RoomKind::pair, .name = "Lisa", .next = {9}});
    post_numbered(model, 40, kLisa, "Lisa", "forty");
    model.connection_lost("", kNoon);
    refuse(model, reconnect(model).request, code);
    const auto again = sent<protocol::Hello>(model);
    REQUIRE(again.has_value());
    CHECK(again->read.empty());
    CHECK(again->token == Bytes{kToken});
    welcome_as(model, again->request, {.resumed = true});
    open_again(model, again->request, kLobby, "lobby", 1);
    post_numbered(model, 1, kLisa, "Lisa", "one");
    CHECK(last_line(model) == "<Lisa> one");
  }
}

TEST_CASE("with an identity that is refused or in use one is somebody else") {
  for (const auto code : {ErrorCode::identity_refused, ErrorCode::identity_in_use}) {
    Model model = resumable_model();
    model.connection_lost("", kNoon);
    const auto hello = reconnect(model);
    refuse(model, hello.request, code);
    const auto again = sent<protocol::Hello>(model);
    REQUIRE(again.has_value());
    CHECK(again->identity != hello.identity);
    CHECK(again->token.empty());
    refuse(model, again->request, ErrorCode::nickname_taken);
    CHECK(model.phase() == Phase::naming);
    CHECK(last_line(model) == "This nickname is taken. Which nickname do you want?");
  }
}

TEST_CASE("a server that refuses every hello is not asked for ever") {
  for (const auto code : {ErrorCode::unknown_epoch, ErrorCode::identity_in_use}) {
    Model model = resumable_model();
    model.connection_lost("", kNoon);
    RequestId request = reconnect(model).request;
    int hellos = 1;
    for (; hellos < 10 && model.phase() == Phase::greeting; ++hellos) {
      refuse(model, request, code);
      if (const auto hello = sent<protocol::Hello>(model))
        request = hello->request;
    }
    CHECK(hellos < 10);
    CHECK(model.phase() == Phase::naming);
  }
}

TEST_CASE("when somebody else has the nickname by now, another one goes on with the chat") {
  Model model = resumable_model();
  model.connection_lost("", kNoon);
  submit(model, "meanwhile");
  refuse(model, reconnect(model).request, ErrorCode::nickname_taken);
  CHECK(model.phase() == Phase::naming);
  CHECK(model.take_refused_nickname() == "Ann");
  CHECK(submit(model, "Anna") == "taken");
  const auto hello = sent<protocol::Hello>(model);
  REQUIRE(hello.has_value());
  CHECK(hello->nickname == "Anna");
  welcome_as(model, hello->request, {.user = UserId{30}, .nickname = "Anna"});
  open_again(model, hello->request, kLobby, "lobby", 1);
  CHECK(sent<protocol::Say>(model)->text == "meanwhile");
}

TEST_CASE("whoever was renamed comes back under the new name") {
  Model model = resumable_model();
  submit(model, "/nick Anna");
  give(model, protocol::NicknameChanged{sent<protocol::Rename>(model)->request, "Anna"});
  model.connection_lost("", kNoon);
  CHECK(reconnect(model).nickname == "Anna");
}
