#include "tools/pipe/events.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

using namespace chat;
using chat::pipe::Deliveries;
using chat::pipe::Events;

namespace {

using Json = nlohmann::json;
namespace p = chat::protocol;

constexpr WallTime kNow{1'000'000'000'123};
constexpr RoomId kRoom{7};
constexpr RoomId kLobby{1};
constexpr UserId kMe{3};
constexpr UserId kBob{4};

struct Told {
  explicit Told(const char* room = "ci") : events(*RoomName::make(room)) {}

  // What is told of a message.
  std::vector<Json> of(const p::ServerMessage& message) {
    events.received(message, deliveries, kNow);
    return take();
  }
  std::vector<Json> take() {
    std::vector<Json> told;
    std::istringstream lines(events.take_lines());
    for (std::string line; std::getline(lines, line);)
      told.push_back(Json::parse(line));
    return told;
  }
  // Of messages that come first.
  void enter(Sequence next = {1}, Epoch epoch = {1}, bool resumed = false) {
    of(welcome(epoch, resumed));
    of(opened(next));
  }
  static p::Welcome welcome(Epoch epoch, bool resumed) {
    return {.request = {},
            .user = kMe,
            .nickname = "builder",
            .server = "edgechat",
            .server_version = "1",
            .epoch = epoch,
            .time = kNow,
            .resumed = resumed};
  }
  static p::RoomOpened opened(Sequence next, bool reset = false) {
    return {.request = {},
            .room = kRoom,
            .kind = RoomKind::open,
            .name = "ci",
            .next = next,
            .members = 2,
            .reset = reset};
  }

  Deliveries deliveries;
  Events events;
};

p::Posted posted(std::uint64_t sequence, std::string text, RoomId room = kRoom,
                 UserId user = kBob) {
  return {.room = room,
          .sequence = {sequence},
          .time = kNow,
          .user = user,
          .nickname = "Bob",
          .text = std::move(text)};
}

}  // namespace

TEST_CASE("a message is told with all that a script may want to know") {
  Told told;
  told.enter();
  const auto events = told.of(posted(1, "hi"));
  REQUIRE(events.size() == 1);
  CHECK(events[0] == Json{{"event", "message"},
                          {"time", "2001-09-09T01:46:40.123Z"},
                          {"room", "ci"},
                          {"sequence", 1},
                          {"nick", "Bob"},
                          {"own", false},
                          {"kind", "text"},
                          {"text", "hi"}});
  CHECK(told.of(posted(2, "me", kRoom, kMe)).at(0)["own"] == true);
}

TEST_CASE("what is said elsewhere is not told, but a whisper is") {
  Told told;
  told.enter();
  CHECK(told.of(posted(1, "hi", kLobby)).empty());
  told.of(p::RoomOpened{
      .request = {}, .room = RoomId{9}, .kind = RoomKind::pair, .name = "Bob", .next = {1}});
  const auto events = told.of(posted(1, "psst", RoomId{9}));
  REQUIRE(events.size() == 1);
  CHECK(events[0]["event"] == "whisper");
  CHECK_FALSE(events[0].contains("room"));
}

TEST_CASE("a message that comes again after a lost connection is told once") {
  Told told;
  told.enter();
  told.of(posted(1, "hi"));
  told.events.lost("", kNow);
  told.enter({2}, {1}, true);
  CHECK(told.of(posted(1, "hi")).empty());
  CHECK(told.of(posted(2, "new")).size() == 1);
}

TEST_CASE("messages that were missed are told by their numbers") {
  Told told;
  told.enter();
  told.of(posted(1, "hi"));
  const auto gap = told.of(p::Gap{.room = kRoom, .from = {1}, .to = {5}});
  REQUIRE(gap.size() == 1);
  CHECK(gap[0]["from"] == 2);
  CHECK(gap[0]["to"] == 5);
  SUBCASE("nothing is missing when the members alone were") {
    CHECK(told.of(p::Gap{.room = kRoom, .from = {6}, .to = {5}}).empty());
  }
  SUBCASE("also those before a session that begins anew") {
    const auto events = told.of(Told::opened({9}));
    REQUIRE(events.size() == 2);
    CHECK(events[0]["event"] == "gap");
    CHECK(events[0]["from"] == 6);
    CHECK(events[0]["to"] == 8);
    CHECK(events[1]["event"] == "entered");
  }
  SUBCASE("without numbers where these mean nothing any more") {
    const auto events = told.of(Told::welcome({2}, false));
    REQUIRE(events.size() == 2);
    CHECK(events[1]["event"] == "gap");
    CHECK_FALSE(events[1].contains("from"));
  }
  SUBCASE("and where the server takes them back") {
    const auto events = told.of(Told::opened({3}, true));
    CHECK(events.at(0)["event"] == "gap");
    CHECK(told.of(posted(3, "again")).size() == 1);
  }
}

TEST_CASE("nothing that is told can steer a terminal, and it says the same") {
  Told told;
  told.enter();
  const std::string text = "\x1b]0;\x07 \x7f \u009b31m \u202E \u2028 é\xFF";
  told.events.received(posted(1, text), told.deliveries, kNow);
  const std::string line = told.events.take_lines();
  for (const char* part : {"\x1b", "\x07", "\x7f", "\u009b", "\u202E", "\u2028", "\xFF"})
    CHECK(line.find(part) == line.npos);
  CHECK(line.find("é") != line.npos);
  CHECK(Json::parse(line)["text"] == "\x1b]0;\x07 \x7f \u009b31m \u202E \u2028 é\uFFFD");
}

TEST_CASE("a time that no calendar has is null") {
  Told told;
  told.enter();
  p::Posted message = posted(1, "hi");
  message.time = WallTime{std::numeric_limits<std::int64_t>::max()};
  // Some 292 million years are a time yet.
  CHECK(told.of(message).at(0)["time"].is_string());
  message.sequence = {2};
  message.time = WallTime{-1};
  CHECK(told.of(message).at(0)["time"] == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("acknowledgements name the line of the input; failures tell the text, too") {
  Told told;
  told.enter();
  const MessageId id{{1}};
  const MessageId other{{2}};
  told.deliveries.begin_line(5);
  told.deliveries.said(id, "text");
  told.deliveries.said(other, "other");
  const auto acknowledged = told.of(
      p::Acknowledged{.request = {}, .id = id, .room = kRoom, .sequence = {1}, .time = kNow});
  CHECK(acknowledged.at(0)["event"] == "acknowledged");
  CHECK(acknowledged.at(0)["line"] == 5);
  told.deliveries.given_up(other, "Not sent");
  for (const auto& failed : told.deliveries.take_failed())
    told.events.failed(failed, kNow);
  const auto failed = told.take();
  CHECK(failed.at(0)["why"] == "Not sent");
  CHECK(failed.at(0)["text"] == "other");
  CHECK(told.deliveries.failed() == 1);
}

TEST_CASE("a room has the name that it was made with, however it is spelt on the command line") {
  Told told("CI");
  told.enter();
  told.deliveries.said(MessageId{{1}}, "text");
  const auto acknowledged = told.of(p::Acknowledged{
      .request = {}, .id = MessageId{{1}}, .room = kRoom, .sequence = {1}, .time = kNow});
  CHECK(acknowledged.at(0)["room"] == "ci");
  CHECK(told.of(posted(1, "text")).at(0)["room"] == "ci");
}

TEST_CASE("who comes, goes and changes names is told one by one") {
  Told told;
  told.enter();
  CHECK(told.of(p::Joined{.room = kRoom, .time = kNow, .people = {{kBob, "Bob"}, {kMe, "me"}}})
            .size() == 2);
  CHECK(told.of(p::Joined{.room = kLobby, .time = kNow, .people = {{kBob, "Bob"}}}).empty());
  CHECK(told.of(p::Renamed{
                    .room = kRoom, .time = kNow, .user = kBob, .before = "Bob", .after = "Rob"})
            .at(0)["before"] == "Bob");
  CHECK(told.of(p::Left{.room = kRoom, .time = kNow, .people = {{kBob, "Rob", LeaveReason::quit}}})
            .at(0)["reason"] == "quit");
}

TEST_CASE("the end of a connection is told once, with what the server gave as the reason") {
  Told told;
  told.events.lost("connecting to x: Connection refused.", kNow);
  CHECK(told.take().empty());
  told.enter();
  told.of(p::Goodbye{.request = {}, .reason = CloseReason::restarting, .sentence = "Soon back."});
  told.events.lost("", kNow);
  const auto events = told.take();
  REQUIRE(events.size() == 1);
  CHECK(events[0]["why"] == "Soon back.");
}
