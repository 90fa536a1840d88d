// Pairs whose first messages come while the connection is lost.

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

constexpr RoomId kPair{8};

void open_pair(Model& model, RequestId request) {
  give(model,
       protocol::RoomOpened{
           .request = request, .room = kPair, .kind = RoomKind::pair, .name = "Lisa", .next = {1}});
}

void lisa_whispers(Model& model, std::uint64_t number, std::string text) {
  give(model, protocol::Posted{.room = kPair,
                               .sequence = {number},
                               .time = kNoon,
                               .user = kLisa,
                               .nickname = "Lisa",
                               .text = std::move(text)});
}

// Ann whispers number 3, which is acknowledged before numbers 1 and 2 come.
Lines conversation(Model& model) {
  show_conversation(model);
  submit(model, "/clear");
  submit(model, "three");
  const auto whisper = sent<protocol::Whisper>(model);
  give(model, protocol::Acknowledged{whisper->request, whisper->id, kPair, {3}, kNoon});
  lisa_whispers(model, 1, "one");
  lisa_whispers(model, 2, "two");
  return lines(model);
}

const Lines kInOrder{"<Lisa> one", "<Lisa> two", "<Ann> three"};

}  // namespace

TEST_CASE("a pair that began while the connection was lost is shown in its order") {
  Model model = resumable_model();
  lose_and_resume(model);
  SUBCASE("once") {}
  SUBCASE("and again") {
    lose_and_resume(model);
  }
  model.connection_lost("", kNoon);
  const auto hello = reconnect(model);
  welcome_as(model, hello.request, {.resumed = true});
  open_pair(model, hello.request);
  CHECK(conversation(model) == kInOrder);
}

TEST_CASE("after numbers that the server did not know, nothing waits for one's own in a pair") {
  Model model = resumable_model();
  model.connection_lost("", kNoon);
  give(model, protocol::Error{reconnect(model).request, ErrorCode::bad_position, ""});
  const auto again = sent<protocol::Hello>(model);
  REQUIRE(again.has_value());
  welcome_as(model, again->request, {.resumed = true});
  open_pair(model, again->request);
  CHECK(conversation(model).front() == "<Ann> three");
}

TEST_CASE("in a new session all of a pair is known from then on") {
  Model model = resumable_model();
  model.connection_lost("", kNoon);
  const auto hello = reconnect(model);
  welcome_as(model, hello.request, {});
  lose_and_resume(model);
  model.connection_lost("", kNoon);
  const auto again = reconnect(model);
  welcome_as(model, again.request, {.resumed = true});
  open_pair(model, again.request);
  CHECK(conversation(model) == kInOrder);
}
