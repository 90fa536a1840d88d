// Conversations in the model: what is sent, where it is shown, and in which order.

#include <doctest/doctest.h>

#include <cstdint>
#include <deque>
#include <random>
#include <string>
#include <vector>

#include "client/model.hpp"
#include "tests/client/chatting.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

using Lines = std::vector<std::string>;

namespace {

constexpr RoomId kPair{7};

void open_pair(Model& model, RequestId request = {}, std::uint64_t next = 1, RoomId room = kPair) {
  give(model, protocol::RoomOpened{.request = request,
                                   .room = room,
                                   .kind = RoomKind::pair,
                                   .name = "Lisa",
                                   .next = {next}});
}

// Ann and Lisa have whispered before; the next message is number 5.
Model model_in_a_pair() {
  Model model = chatting_model();
  open_pair(model, {}, 5);
  show_conversation(model);
  return model;
}

// Ann's whisper as it goes to the server.
protocol::Whisper whisper(Model& model, const std::string& text) {
  submit(model, "@lisa " + text);
  return *sent<protocol::Whisper>(model);
}

void acknowledge(Model& model, const protocol::Whisper& whisper, std::uint64_t sequence,
                 RoomId room = kPair) {
  give(model, protocol::Acknowledged{whisper.request, whisper.id, room, {sequence}, kNoon});
}

void post_whisper(Model& model, UserId user, std::uint64_t sequence, std::string text) {
  give(model, protocol::Posted{.room = kPair,
                               .sequence = {sequence},
                               .time = kNoon,
                               .user = user,
                               .nickname = user == kMe ? "Ann" : "Lisa",
                               .text = std::move(text)});
}

void lisa_says(Model& model, std::uint64_t sequence, std::string text) {
  post_whisper(model, kLisa, sequence, std::move(text));
}

std::uint64_t take_first(std::deque<std::uint64_t>& numbers) {
  const auto first = numbers.front();
  numbers.pop_front();
  return first;
}

}  // namespace

// --- sending ------------------------------------------------------------------------------------

TEST_CASE("a whisper names the user seen behind the nickname, however it is written") {
  Model model = chatting_model();
  submit(model, "@lisa psst");
  const auto whisper = sent<protocol::Whisper>(model);
  REQUIRE(whisper.has_value());
  CHECK(whisper->user == kLisa);
  CHECK(whisper->nickname == "Lisa");
  CHECK(whisper->text == "psst");
  submit(model, "/msg Unseen psst");
  CHECK(sent<protocol::Whisper>(model)->user == UserId{});
}

TEST_CASE("a whisper to a name that changed hands is not repeated to its new owner by mistake") {
  Model model = chatting_model();
  submit(model, "@Lisa psst");
  const auto whisper = sent<protocol::Whisper>(model);
  give(model, protocol::Error{whisper->request, ErrorCode::nickname_changed_hands, "Changed."});
  CHECK(last_line(model) == "[@Lisa] <Ann> psst (not sent: Changed.)");
  submit(model, "@Lisa psst");
  CHECK(sent<protocol::Whisper>(model)->user == UserId{});
}

TEST_CASE("who has left is still meant by the name") {
  Model model = chatting_model();
  give(model, protocol::Left{kLobby, kNoon, {{kLisa, "Lisa", LeaveReason::quit}}});
  submit(model, "@Lisa psst");
  CHECK(sent<protocol::Whisper>(model)->user == kLisa);
}

// --- showing ------------------------------------------------------------------------------------

TEST_CASE("a whisper is shown in a conversation of its own, and counted there") {
  Model model = chatting_model();
  open_pair(model);
  give(model, protocol::Joined{.room = kPair, .time = kNoon, .people = {{kMe, "Ann"}}});
  lisa_says(model, 1, "psst");
  CHECK(last_line(model) == "→ Ann joined");
  REQUIRE(model.rooms().size() == 2);
  CHECK(conversation(model).unread == 1);
  CHECK(lines(conversation(model).scrollback) == Lines{"<Lisa> psst"});
  acknowledge(model, whisper(model, "yes?"), 2);
  CHECK(conversation(model).unread == 1);
  CHECK(model.front()->name == "lobby");
  show_conversation(model);
  CHECK(lines(model) == Lines{"── new ──", "<Lisa> psst", "<Ann> yes?"});
  give(model, protocol::Renamed{kPair, kNoon, kLisa, "Lisa", "Liz"});
  CHECK(model.front()->shown_name() == "@Liz");
  submit(model, "again");
  const auto again = sent<protocol::Whisper>(model);
  CHECK(again->user == kLisa);
  CHECK(again->nickname == "Liz");
  acknowledge(model, *again, 3);
  CHECK(last_line(model) == "<Ann> again");
}

TEST_CASE("a first whisper is shown when it is acknowledged, with the time of that") {
  Model model = chatting_model();
  const auto first = whisper(model, "psst");
  show_conversation(model);
  CHECK(last_line(model) == "<Ann> psst (pending)");
  open_pair(model, first.request);
  REQUIRE(model.rooms().size() == 2);
  CHECK(last_line(model) == "<Ann> psst (pending)");
  constexpr WallTime kLater{kNoon.milliseconds + 7 * 60'000};
  give(model, protocol::Acknowledged{first.request, first.id, kPair, {1}, kLater});
  const auto rows = model.scrollback().visible({Columns{1000}, Rows{1000}});
  CHECK(rows.back().text == "<Ann> psst");
  CHECK(rows.back().line->time == kLater);
}

TEST_CASE("a conversation is begun without a word, and said something in") {
  Model model = chatting_model();
  CHECK(submit(model, "/whisper Lisa") == "taken");
  CHECK(model.front()->shown_name() == "@Lisa");
  CHECK_FALSE(sent<protocol::Whisper>(model).has_value());
  submit(model, "/me waves");
  const auto waves = sent<protocol::Whisper>(model);
  REQUIRE(waves.has_value());
  CHECK(waves->kind == MessageKind::action);
  CHECK(waves->user == kLisa);
  CHECK(last_line(model) == "* Ann waves (pending)");
  model.show_room(0);
  CHECK(submit(model, "/query lisa psst") == "taken");
  CHECK(model.front_index() == 1);
  CHECK(sent<protocol::Whisper>(model)->text == "psst");
  CHECK(submit(model, "/query Ann") == "That is you.");
  CHECK(model.rooms().size() == 2);
}

TEST_CASE("a conversation that has ended stays, and goes on when it is taken up again") {
  Model model = model_in_a_pair();
  lisa_says(model, 5, "bye");
  give(model, protocol::Left{kPair, kNoon, {{kLisa, "Lisa", LeaveReason::quit}}});
  give(model, protocol::RoomClosed{{}, kPair});
  CHECK(lines(model) == Lines{"<Lisa> bye", "← Lisa has left the chat"});
  CHECK(model.front()->ended);
  SUBCASE("under its number") {
    open_pair(model, {}, 6);
    lisa_says(model, 6, "again");
  }
  SUBCASE("under another number, on a server that keeps nothing") {
    constexpr RoomId kAnother{9};
    open_pair(model, {}, 1, kAnother);
    give(model, protocol::Posted{.room = kAnother,
                                 .sequence = {1},
                                 .time = kNoon,
                                 .user = kLisa,
                                 .nickname = "Lisa",
                                 .text = "again"});
  }
  CHECK_FALSE(model.front()->ended);
  CHECK(model.rooms().size() == 2);
  CHECK(lines(model) == Lines{"<Lisa> bye", "← Lisa has left the chat", "<Lisa> again"});
}

namespace {

constexpr UserId kOther{12};
constexpr RoomId kAnother{9};

// The conversation with Lisa has ended, and another user, who is called so now, whispers.
void another_lisa_whispers(Model& model) {
  give(model, protocol::Left{kPair, kNoon, {{kLisa, "Lisa", LeaveReason::quit}}});
  open_pair(model, {}, 1, kAnother);
  give(
      model,
      protocol::MemberPage{
          .request = {}, .room = kAnother, .total = 2, .people = {{kMe, "Ann"}, {kOther, "Lisa"}}});
  give(model, protocol::Posted{.room = kAnother,
                               .sequence = {1},
                               .time = kNoon,
                               .user = kOther,
                               .nickname = "Lisa",
                               .text = "who are you?"});
}

}  // namespace

TEST_CASE("where messages are kept, whoever has the name by now has a conversation of their own") {
  Model model = new_model();
  model.start("Ann", kNoon);
  welcome(model, sent<protocol::Hello>(model)->request, "Ann", 100);
  open_room(model, {}, kLobby, "lobby", {{kMe, "Ann"}, {kLisa, "Lisa"}});
  open_pair(model, {}, 5);
  show_conversation(model);
  lisa_says(model, 5, "bye");
  another_lisa_whispers(model);
  REQUIRE(model.rooms().size() == 3);
  CHECK(lines(model) == Lines{"<Lisa> bye", "← Lisa has left the chat"});
  CHECK(lines(model.rooms()[2].scrollback) == Lines{"<Lisa> who are you?"});
  submit(model, "still there?");
  CHECK(sent<protocol::Whisper>(model)->user == kLisa);
}

TEST_CASE("where none are kept, a conversation that has ended gives way to whoever has the name") {
  Model model = model_in_a_pair();
  lisa_says(model, 5, "bye");
  const Lines all{"<Lisa> bye", "← Lisa has left the chat",
                  "Lisa is back, or somebody else has this name now.", "<Lisa> who are you?"};
  SUBCASE("who was not seen before") {
    another_lisa_whispers(model);
  }
  SUBCASE("who was seen in a room") {
    give(model, protocol::Left{kLobby, kNoon, {{kLisa, "Lisa", LeaveReason::quit}}});
    give(model, protocol::Joined{kLobby, kNoon, {{kOther, "Lisa"}}});
    another_lisa_whispers(model);
  }
  SUBCASE("and was not seen in the conversation") {
    model.show_room(0);
    another_lisa_whispers(model);
    CHECK(conversation(model).unread == 1);
    show_conversation(model);
  }
  REQUIRE(model.rooms().size() == 2);
  Lines shown = lines(model);
  std::erase(shown, "── new ──");
  CHECK(shown == all);
  CHECK_FALSE(model.front()->ended);
  submit(model, "there you are");
  CHECK(sent<protocol::Whisper>(model)->user == kOther);
}

TEST_CASE("whispering to whoever has the name goes on in the conversation that has ended") {
  Model model = model_in_a_pair();
  lisa_says(model, 5, "bye");
  give(model, protocol::Left{kPair, kNoon, {{kLisa, "Lisa", LeaveReason::quit}}});
  give(model, protocol::Left{kLobby, kNoon, {{kLisa, "Lisa", LeaveReason::quit}}});
  give(model, protocol::Joined{kLobby, kNoon, {{kOther, "Lisa"}}});
  CHECK(whisper(model, "hello").user == kOther);
  CHECK(model.rooms().size() == 2);
}

TEST_CASE("a conversation is closed: at once when it has ended, else when the server knows") {
  Model model = model_in_a_pair();
  SUBCASE("ended") {
    give(model, protocol::Left{kPair, kNoon, {{kLisa, "Lisa", LeaveReason::quit}}});
    CHECK(submit(model, "/close") == "taken");
    CHECK_FALSE(sent<protocol::Leave>(model).has_value());
  }
  SUBCASE("open") {
    CHECK(submit(model, "/close") == "taken");
    const auto leave = sent<protocol::Leave>(model);
    REQUIRE(leave.has_value());
    CHECK(leave->room == kPair);
    give(model, protocol::RoomClosed{leave->request, kPair});
  }
  CHECK(model.rooms().size() == 1);
  CHECK(model.front()->name == "lobby");
}

TEST_CASE("a whisper to nobody is told of where one is, and leaves no conversation") {
  Model model = chatting_model();
  const auto lost = whisper(model, "psst");
  CHECK(model.rooms().size() == 2);
  give(model, protocol::Error{lost.request, ErrorCode::no_such_nickname, "Nobody."});
  CHECK(last_line(model) == "[@lisa] <Ann> psst (not sent: Nobody.)");
  CHECK(model.rooms().size() == 1);
}

TEST_CASE("an acknowledged whisper waits for the lower numbers of the other one") {
  Model model = model_in_a_pair();
  acknowledge(model, whisper(model, "third"), 7);
  CHECK(lines(model) == Lines{"<Ann> third"});
  lisa_says(model, 5, "first");
  CHECK(lines(model) == Lines{"<Lisa> first", "<Ann> third"});
  lisa_says(model, 6, "second");
  lisa_says(model, 8, "fourth");
  CHECK(lines(model) == Lines{"<Lisa> first", "<Lisa> second", "<Ann> third", "<Lisa> fourth"});
}

TEST_CASE("a whisper that is acknowledged in its turn is shown at once") {
  Model model = model_in_a_pair();
  const auto own = whisper(model, "second");
  lisa_says(model, 5, "first");
  acknowledge(model, own, 6);
  lisa_says(model, 7, "third");
  CHECK(lines(model) == Lines{"<Lisa> first", "<Ann> second", "<Lisa> third"});
}

TEST_CASE("whispers of one's own in a row keep their order") {
  Model model = model_in_a_pair();
  const auto one = whisper(model, "two");
  const auto other = whisper(model, "three");
  const auto last = whisper(model, "five");
  acknowledge(model, one, 6);
  acknowledge(model, other, 7);
  acknowledge(model, last, 9);
  lisa_says(model, 5, "one");
  lisa_says(model, 8, "four");
  CHECK(lines(model) ==
        Lines{"<Lisa> one", "<Ann> two", "<Ann> three", "<Lisa> four", "<Ann> five"});
}

TEST_CASE("whatever overtakes what, a conversation is shown in its order") {
  constexpr std::uint64_t kMessages = 40;
  for (unsigned seed = 0; seed < 50; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    Model model = chatting_model();
    open_pair(model);
    show_conversation(model);
    Lines expected;
    std::deque<std::uint64_t> own;
    std::deque<std::uint64_t> others;
    for (std::uint64_t number = 1; number <= kMessages; ++number) {
      const bool mine = random() % 2 == 0;
      (mine ? own : others).push_back(number);
      expected.push_back((mine ? "<Ann> " : "<Lisa> ") + std::to_string(number));
    }
    // An acknowledgement may come early, but never behind a message with a higher number.
    while (!own.empty() || !others.empty()) {
      const bool early = random() % 2 == 0;
      const bool mine = others.empty() || (!own.empty() && (early || own[0] < others[0]));
      const std::uint64_t number = take_first(mine ? own : others);
      if (mine)
        acknowledge(model, whisper(model, std::to_string(number)), number);
      else
        lisa_says(model, number, std::to_string(number));
    }
    CHECK(lines(model) == expected);
  }
}

TEST_CASE("a message behind a waiting whisper brings it, whatever has not come before") {
  Model model = model_in_a_pair();
  acknowledge(model, whisper(model, "mine"), 7);
  lisa_says(model, 8, "hers");
  CHECK(lines(model) == Lines{"<Ann> mine", "<Lisa> hers"});
}

TEST_CASE("a whisper that is acknowledged late is put in its place") {
  Model model = model_in_a_pair();
  const auto own = whisper(model, "mine");
  lisa_says(model, 6, "hers");
  acknowledge(model, own, 5);
  CHECK(lines(model) == Lines{"<Ann> mine", "<Lisa> hers"});
}

TEST_CASE("missed messages have had their turn") {
  Model model = model_in_a_pair();
  acknowledge(model, whisper(model, "before"), 5);
  acknowledge(model, whisper(model, "behind"), 9);
  give(model, protocol::Gap{kPair, {6}, {8}});
  lisa_says(model, 10, "last");
  CHECK(lines(model) ==
        Lines{"<Ann> before", "3 messages were missed.", "<Ann> behind", "<Lisa> last"});
}

TEST_CASE("one's own messages are not missed") {
  Model model = model_in_a_pair();
  acknowledge(model, whisper(model, "shown"), 5);
  acknowledge(model, whisper(model, "waiting"), 7);
  give(model, protocol::Gap{kPair, {5}, {8}});
  CHECK(lines(model) == Lines{"<Ann> shown", "2 messages were missed.", "<Ann> waiting"});
  acknowledge(model, whisper(model, "again"), 9);
  give(model, protocol::Gap{kPair, {9}, {9}});
  CHECK(last_line(model) == "<Ann> again");
}

TEST_CASE("presence that was missed of a pair is nothing to be told") {
  Model model = model_in_a_pair();
  acknowledge(model, whisper(model, "shown"), 5);
  give(model, protocol::Gap{kPair, {6}, {5}});
  CHECK(lines(model) == Lines{"<Ann> shown"});
}

TEST_CASE("what waits is shown when nothing more can come before it") {
  Model model = model_in_a_pair();
  acknowledge(model, whisper(model, "one"), 6);
  acknowledge(model, whisper(model, "two"), 8);
  SUBCASE("the pair has ended") {
    give(model, protocol::Left{kPair, kNoon, {{kLisa, "Lisa", LeaveReason::quit}}});
  }
  SUBCASE("the pair was left") {
    give(model, protocol::RoomClosed{{}, kPair});
  }
  SUBCASE("the pair begins anew") {
    open_pair(model);
  }
  SUBCASE("another session begins") {
    model.connection_lost("", kNoon);
    model.connected(kNoon);
    welcome(model, sent<protocol::Hello>(model)->request, "Ann");
  }
  auto all = lines(model);
  std::erase_if(all, [](const std::string& line) { return !line.starts_with("<Ann>"); });
  CHECK(all == Lines{"<Ann> one", "<Ann> two"});
}

TEST_CASE("a whisper that is acknowledged after its pair stands in the conversation") {
  Model model = model_in_a_pair();
  const auto own = whisper(model, "bye");
  give(model, protocol::RoomClosed{{}, kPair});
  acknowledge(model, own, 5);
  CHECK(lines(model) == Lines{"The conversation with Lisa has ended.", "<Ann> bye"});
}

TEST_CASE("no whisper is shown twice, also when the server sends one's own back") {
  Model model = model_in_a_pair();
  const auto own = whisper(model, "mine");
  SUBCASE("behind its acknowledgement") {
    acknowledge(model, own, 5);
    post_whisper(model, kMe, 5, "mine");
  }
  SUBCASE("before its acknowledgement") {
    post_whisper(model, kMe, 5, "mine");
    acknowledge(model, own, 5);
  }
  SUBCASE("while it waits") {
    acknowledge(model, own, 6);
    post_whisper(model, kMe, 6, "mine");
  }
  acknowledge(model, own, 5);
  CHECK(lines(model) == Lines{"<Ann> mine"});
  lisa_says(model, 7, "hers");
  lisa_says(model, 7, "hers");
  CHECK(lines(model) == Lines{"<Ann> mine", "<Lisa> hers"});
}

TEST_CASE("a refused whisper is not shown as one, and delays nothing") {
  Model model = model_in_a_pair();
  const auto refused = whisper(model, "refused");
  acknowledge(model, whisper(model, "taken"), 5);
  give(model, protocol::Error{refused.request, ErrorCode::not_stored, "No."});
  CHECK(lines(model) == Lines{"<Ann> taken", "<Ann> refused (not sent: No.)"});
}

// --- what a server could do to our memory -------------------------------------------------------

TEST_CASE("a server that never answers gets no more when very much is pending") {
  Model model = model_in_a_pair();
  const auto first = whisper(model, "psst");
  for (std::size_t i = 1; i < Model::kMaxPending; ++i)
    REQUIRE(submit(model, "@lisa psst") == "taken");
  model.take_outgoing();
  CHECK(submit(model, "@Lisa psst") == "Not sent: too much waits for the server's answer.");
  CHECK(submit(model, "psst") == "Not sent: too much waits for the server's answer.");
  CHECK(submit(model, "/nick Anna") == "Not sent: too much waits for the server's answer.");
  CHECK(model.take_outgoing().empty());
  // Waiting for its turn, a whisper still takes memory.
  acknowledge(model, first, 6);
  CHECK(submit(model, "psst") != "taken");
  lisa_says(model, 5, "psst");
  CHECK(submit(model, "psst") == "taken");
}
