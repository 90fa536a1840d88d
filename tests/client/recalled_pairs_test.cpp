// Conversations of a client that was killed, which have ended before the next one came: each is a
// model, with the same folder.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/client/keeping.hpp"
#include "tests/client/reading_history.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

using Lines = std::vector<std::string>;

namespace {

KnownPair known(std::uint32_t room, std::uint64_t read = 0) {
  return {RoomId{room}, kLisa, "Lisa", Epoch{1}, Sequence{read}};
}

Model model_in(const TemporaryFolder& folder) {
  return Model("127.0.0.1:1338", next_id, std::make_unique<DiskState>(state_in(folder)));
}

// In the lobby of a server that keeps messages, in another session than any before.
void arrive(Model& model, const Server& server = {}) {
  model.start("Ann", kNoon);
  const auto hello = sent<protocol::Hello>(model);
  REQUIRE(hello.has_value());
  welcome_to(model, hello->request, server);
  open(model, hello->request, kLobby, "lobby", 1);
}

void list_pair(Model& model) {
  give(model,
       protocol::MemberPage{
           .request = {}, .room = kPair, .total = 2, .people = {{kMe, "Ann"}, {kLisa, "Lisa"}}});
}

// Sees two whispers of Lisa's, and not the third one, until it is killed.
void whisper_and_die(const TemporaryFolder& folder) {
  Model model = model_in(folder);
  arrive(model);
  open_pair(model, {}, 1);
  list_pair(model);
  show_conversation(model);
  // Far enough apart for each of them to be told as read.
  for (std::uint64_t number = 1; number <= 2; ++number)
    model.receive(protocol::Posted{.room = kPair,
                                   .sequence = {number},
                                   .time = kNoon,
                                   .user = kLisa,
                                   .nickname = "Lisa",
                                   .text = "m" + std::to_string(number)},
                  WallTime{kNoon.milliseconds + static_cast<std::int64_t>(number) * 10'000});
  model.show_room(0);
  post_numbered(model, kPair, 3, "m3");
}

Lines kept_pairs(const TemporaryFolder& folder) {
  DiskState state = state_in(folder);
  Lines names;
  for (const KnownPair& pair : state.recall(kAnn).pairs)
    names.push_back(pair.name);
  return names;
}

}  // namespace

// --- what is kept -------------------------------------------------------------------------------

TEST_CASE("pairs are kept until they are forgotten, the latest state of each") {
  const TemporaryFolder folder;
  {
    DiskState state = state_in(folder);
    state.recall(kAnn);
    state.keep_pair(known(8));
    state.keep_pair(known(9));
    state.keep_pair(known(8, 5));
    state.keep_pair(known(10));
    state.forget_pair(RoomId{9});
  }
  DiskState state = state_in(folder);
  CHECK(state.recall(kAnn).pairs == std::vector{known(8, 5), known(10)});
}

TEST_CASE("of very many pairs the last ones are kept, in a file that does not grow for ever") {
  const TemporaryFolder folder;
  {
    DiskState state = state_in(folder);
    state.recall(kAnn);
    for (std::uint32_t room = 1; room <= 3000; ++room)
      state.keep_pair(known(room));
  }
  DiskState state = state_in(folder);
  const auto pairs = state.recall(kAnn).pairs;
  REQUIRE(pairs.size() == KeptState::kMostPairs);
  CHECK(pairs.back().room == RoomId{3000});
  std::uintmax_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path()))
    bytes += entry.is_regular_file() ? entry.file_size() : 0;
  CHECK(bytes < 100 * 1024);
}

TEST_CASE("another identity has none of them") {
  const TemporaryFolder folder;
  {
    DiskState state = state_in(folder);
    state.recall(kAnn);
    state.keep_pair(known(8));
    state.renew();
  }
  CHECK(kept_pairs(folder).empty());
}

TEST_CASE("a pair that no server could have makes no sense") {
  KeptState kept;
  for (const char* const line :
       {R"({"pair": {"room": 0, "name": "Lisa"}})",
        R"({"pair": {"room": 4294967296, "name": "Lisa"}})", R"({"pair": {"room": 8, "name": ""}})",
        R"({"pair": {}})", R"({"pair": 8})", R"({"pair_gone": "8"})", R"({"pair_gone": 0})"})
    CHECK_FALSE(kept.take_over(line));
  CHECK(kept.pairs.empty());
  CHECK(kept.take_over(R"({"pair": {"room": 8, "name": "Lisa"}})"));
  CHECK(kept.pairs.size() == 1);
}

// --- what comes back ----------------------------------------------------------------------------

TEST_CASE("a conversation that has ended comes back with what was not seen, and what was before") {
  const TemporaryFolder folder;
  whisper_and_die(folder);
  Model model = model_in(folder);
  arrive(model);
  CHECK(model.rooms().size() == 1);
  const auto read = answer(model, 5);
  CHECK(read.room == kPair);
  CHECK(read.before == Sequence{});
  CHECK(read.count == 1);
  const Room& pair = conversation(model);
  CHECK(pair.unread == 3);
  CHECK(pair.ended);
  CHECK(model.front()->name == "lobby");
  CHECK(answer(model, 5).before == Sequence{5});
  CHECK(conversation(model).unread == 3);
  CHECK(answer(model, 5).before == Sequence{3});
  CHECK(lines(conversation(model).scrollback) == said_by_lisa(1, 5));
  show_conversation(model);
  CHECK(lines(model) ==
        Lines{"<Lisa> m1", "<Lisa> m2", "── new ──", "<Lisa> m3", "<Lisa> m4", "<Lisa> m5"});
  // Whispering goes on to the same user.
  submit(model, "back");
  CHECK(sent<protocol::Whisper>(model)->user == kLisa);
}

TEST_CASE("the rooms are read before conversations that may have nothing new") {
  const TemporaryFolder folder;
  {
    DiskState state = state_in(folder);
    state.recall(kAnn);
    for (const std::uint32_t room : {8U, 9U, 10U})
      state.keep_pair(known(room, 5));
  }
  Model model = model_in(folder);
  model.start("Ann", kNoon);
  const auto hello = sent<protocol::Hello>(model);
  REQUIRE(hello.has_value());
  welcome_to(model, hello->request, {});
  const auto first = asked(model);
  CHECK(first.count == 1);
  open(model, hello->request, kLobby, "lobby", 100);
  open(model, {}, kTea, "tea", 100);
  give(model, page_of(first, 5, 5, true));
  std::vector<RoomId> rooms;
  for (int i = 0; i < 4; ++i)
    rooms.push_back(answer(model, 5).room);
  CHECK(rooms == std::vector{kLobby, kTea, RoomId{9}, RoomId{10}});
  CHECK_FALSE(sent<protocol::ReadHistory>(model).has_value());
  CHECK(model.rooms().size() == 2);
}

TEST_CASE("what was not seen is unread, also when the pair is opened before it was read") {
  const TemporaryFolder folder;
  {
    DiskState state = state_in(folder);
    state.recall(kAnn);
    state.keep_pair(known(kPair.value));
  }
  Model model = model_in(folder);
  arrive(model);
  const auto void_read = asked(model);
  open_pair(model, {}, 2);
  list_pair(model);
  post_numbered(model, kPair, 2, "m2");
  give(model, page_of(void_read, 1, 1, false));
  answer(model, 2);
  CHECK(conversation(model).unread == 2);
  show_conversation(model);
  CHECK(lines(model) == Lines{"── new ──", "<Lisa> m1", "<Lisa> m2"});
}

TEST_CASE("what was seen then is not there the next time") {
  const TemporaryFolder folder;
  whisper_and_die(folder);
  {
    Model model = model_in(folder);
    arrive(model);
    answer(model, 5);
    answer(model, 5);
    show_conversation(model);
  }
  Model model = model_in(folder);
  arrive(model);
  answer(model, 5);
  CHECK(model.rooms().size() == 1);
}

TEST_CASE("a pair that the server opens by itself is read as a whole, once") {
  const TemporaryFolder folder;
  whisper_and_die(folder);
  Model model = model_in(folder);
  model.start("Ann", kNoon);
  const auto hello = sent<protocol::Hello>(model);
  welcome_to(model, hello->request, {.resumed = true});
  const auto void_read = asked(model);
  open_pair(model, hello->request, 6);
  give(model, page_of(void_read, 1, 5, false));
  answer(model, 5);
  CHECK_FALSE(sent<protocol::ReadHistory>(model).has_value());
  CHECK(lines(conversation(model).scrollback) == said_by_lisa(1, 5));
}

TEST_CASE("a pair that is refused, of another epoch, or that the user has closed is forgotten") {
  const TemporaryFolder folder;
  whisper_and_die(folder);
  {
    Model model = model_in(folder);
    SUBCASE("refused") {
      arrive(model);
      const auto before = lines(model);
      give(model, protocol::Error{asked(model).request, ErrorCode::no_such_room,
                                  "There is no such room."});
      CHECK(lines(model) == before);
    }
    SUBCASE("of another epoch") {
      arrive(model, {.epoch = {2}});
      CHECK_FALSE(sent<protocol::ReadHistory>(model).has_value());
    }
    SUBCASE("closed") {
      arrive(model);
      answer(model, 5);
      show_conversation(model);
      submit(model, "/close");
    }
    CHECK(model.rooms().size() == 1);
  }
  CHECK(kept_pairs(folder).empty());
}

TEST_CASE("a pair that cannot be read just now is asked for the next time") {
  const TemporaryFolder folder;
  whisper_and_die(folder);
  {
    Model model = model_in(folder);
    arrive(model);
    give(model, protocol::Error{asked(model).request, ErrorCode::too_many_reads, "Later."});
    CHECK(model.rooms().size() == 1);
  }
  CHECK(kept_pairs(folder) == Lines{"Lisa"});
}
