#include <sys/stat.h>

#include <chrono>
#include <fstream>
#include <set>
#include <thread>

#include "server/store/sqlite.hpp"
#include "server/store/tending.hpp"
#include "tests/store/chatting.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat;
using namespace chat::store;
using namespace chat::store::test;
using namespace std::chrono_literals;
using chat::test::TemporaryFolder;
using std::chrono::days;

using Texts = std::vector<std::string>;

namespace {

// Until there is nothing more to be done. How many pieces that took.
int tend(Writer& writer, WallTime now) {
  for (int pieces = 1;; ++pieces) {
    REQUIRE(pieces < 100'000);
    const auto more = writer.tend(now);
    REQUIRE_MESSAGE(more.has_value(), more.error().sentence);
    if (!*more)
      return pieces;
  }
}

Batch numbered(RoomId room, std::uint64_t first, std::uint64_t last, WallTime time = kNow) {
  Batch batch;
  for (std::uint64_t i = first; i <= last; ++i)
    batch.push_back(said(room, kLisa, room.value * 1'000'000 + i, std::to_string(i), time));
  return batch;
}

std::int64_t number_in(const std::filesystem::path& folder, std::string_view sql) {
  return sqlite::Database(folder / "edgechat.db", sqlite::Access::read).number(sql);
}

// The search index against the texts, as SQLite sees it.
void check_search(const std::filesystem::path& folder) {
  sqlite::Database database(folder / "edgechat.db", sqlite::Access::write);
  CHECK_NOTHROW(database.run("INSERT INTO search(search, rank) VALUES('integrity-check', 1)"));
}

}  // namespace

TEST_CASE("nothing goes unless it is asked for") {
  const TemporaryFolder folder;
  Writer writer = opened(folder.path());
  must_commit(writer, numbered(kLobby, 1, 5), beginning());
  tend(writer, later(days(5'000)));
  CHECK(texts(folder.path(), kLobby).size() == 5);
}

TEST_CASE("texts that are old enough go, with what can be found of them, and numbers go on") {
  const TemporaryFolder folder;
  Writer writer = opened(folder.path(), Durability::power, kNow, {.age = days(10)});
  must_commit(writer, numbered(kLobby, 1, 500), beginning());
  must_commit(writer, numbered(kLobby, 501, 502, later(days(5))));
  tend(writer, later(days(9)));
  CHECK(texts(folder.path(), kLobby).size() == 502);
  tend(writer, later(days(11)));
  CHECK(texts(folder.path(), kLobby) == Texts{"501 501", "502 502"});
  Reader reader = reading(folder.path());
  CHECK(reader.search({"500", {kLobby}, kLisa, 0, 10, 1000})->hits.empty());
  CHECK(reader.search({"501", {kLobby}, kLisa, 0, 10, 1000})->hits.size() == 1);
  check_search(folder.path());
  tend(writer, later(days(99)));
  CHECK(texts(folder.path(), kLobby).empty());
  must_commit(writer, numbered(kLobby, 503, 503, later(days(99))));
  CHECK(texts(folder.path(), kLobby) == Texts{"503 503"});
}

TEST_CASE("numbers go on in the next run when nothing of a room is left") {
  const TemporaryFolder folder;
  {
    Writer writer = opened(folder.path(), Durability::power, kNow, {.age = days(1)});
    must_commit(writer, numbered(kLobby, 1, 3), beginning());
    tend(writer, later(days(2)));
  }
  Writer writer = opened(folder.path());
  CHECK(writer.take_opened().state.rooms[0].next == Sequence{4});
  must_commit(writer, numbered(kLobby, 4, 4));
  CHECK(texts(folder.path(), kLobby) == Texts{"4 4"});
}

TEST_CASE("a room keeps its newest messages, as many as it may, also those from the run before") {
  const TemporaryFolder folder;
  std::optional<Writer> writer = opened(folder.path(), Durability::power, kNow, {.per_room = 3});
  must_commit(*writer, numbered(kLobby, 1, 400), beginning());
  must_commit(*writer, numbered({2}, 1, 2), {open_room({2}, "garden")});
  SUBCASE("in the same run") {}
  SUBCASE("in the next one") {
    writer.reset();
    writer = opened(folder.path(), Durability::power, kNow, {.per_room = 3});
  }
  tend(*writer, kNow);
  CHECK(texts(folder.path(), kLobby) == Texts{"398 398", "399 399", "400 400"});
  CHECK(texts(folder.path(), {2}) == Texts{"1 1", "2 2"});
  must_commit(*writer, numbered({2}, 3, 4));
  tend(*writer, later(2s));
  CHECK(texts(folder.path(), {2}) == Texts{"2 2", "3 3", "4 4"});
  check_search(folder.path());
}

TEST_CASE("an id is known for seven days, whatever becomes of its message, and not much longer") {
  const TemporaryFolder folder;
  Writer writer = opened(folder.path(), Durability::power, kNow, {.per_room = 0});
  must_commit(writer, numbered(kLobby, 1, 1'100), beginning());
  tend(writer, later(days(7)));
  CHECK(texts(folder.path(), kLobby).empty());
  Batch again = numbered(kLobby, 1'100, 1'100);
  REQUIRE(commit(writer, again).has_value());
  REQUIRE(message_of(again[0]).said_before.has_value());
  CHECK(message_of(again[0]).said_before->sequence == Sequence{1'100});
  tend(writer, later(days(7) + 2min));
  CHECK(number_in(folder.path(), "SELECT count(*) FROM ids") == 0);
}

TEST_CASE("the messages of a forgotten room go") {
  const TemporaryFolder folder;
  Writer writer = opened(folder.path());
  must_commit(writer, numbered(kLobby, 1, 2), beginning());
  must_commit(writer, numbered({5}, 1, 300), {pair_of({5}, kLisa, kTom)});
  must_commit(writer, {}, {ForgottenUser{kTom}});
  tend(writer, kNow);
  CHECK(number_in(folder.path(), "SELECT count(*) FROM messages") == 2);
  CHECK(number_in(folder.path(), "SELECT count(*) FROM forgotten_rooms") == 0);
  check_search(folder.path());
}

TEST_CASE("whispers go when either of the two was not seen for long and has no session") {
  const TemporaryFolder folder;
  const auto old = later(-days(31));
  std::optional<Writer> writer = opened(folder.path());
  const std::vector<StateChange> known{user(kLisa),
                                       user(kTom, old),
                                       user(kEve, old),
                                       KnownSession{kEve, {1, 1}, "Eve"},
                                       open_room(kLobby, "lobby"),
                                       pair_of({5}, kLisa, kTom),
                                       pair_of({6}, kTom, kLisa),
                                       pair_of({7}, kLisa, kEve),
                                       ReadPosition{kLisa, {5}, {1}},
                                       ReadPosition{kLisa, {7}, {1}},
                                       ReadPosition{kTom, kLobby, {1}}};
  must_commit(*writer, numbered({5}, 1, 200), known);
  must_commit(*writer,
              {said({6}, kTom, 1, "b"), said({7}, kEve, 1, "c"), said(kLobby, kTom, 2, "Hello")});
  SUBCASE("while a server runs: the pairs stay known") {
    tend(*writer, kNow);
    must_commit(*writer, {said({5}, kTom, 9, "back")});
    CHECK(texts(folder.path(), {5}) == Texts{"201 back"});
  }
  SUBCASE("at a start: the pairs are gone, and who has none") {
    writer.reset();
    writer = opened(folder.path());
    const DurableState state = writer->take_opened().state;
    REQUIRE(state.rooms.size() == 2);
    CHECK(state.rooms[1].known.room == RoomId{7});
    REQUIRE(state.users.size() == 2);
    CHECK(state.users[1].user == kEve);
    CHECK(number_in(folder.path(), "SELECT count(*) FROM reads") == 1);
    tend(*writer, kNow);
    CHECK(number_in(folder.path(), "SELECT count(*) FROM messages") == 2);
  }
  CHECK(texts(folder.path(), {6}).empty());
  CHECK(texts(folder.path(), {7}) == Texts{"1 c"});
  CHECK(texts(folder.path(), kLobby) == Texts{"1 Hello"});
  check_search(folder.path());
}

TEST_CASE("very many guests without whispers are looked through in pieces") {
  const TemporaryFolder folder;
  Writer writer = opened(folder.path());
  std::vector<StateChange> known;
  for (std::uint64_t i = 1; i <= 200; ++i)
    known.push_back(user({i}, later(-days(31))));
  known.push_back(pair_of({5}, {199}, {200}));
  must_commit(writer, numbered({5}, 1, 1), known);
  CHECK(tend(writer, kNow) > 0);
  CHECK(texts(folder.path(), {5}).empty());
}

TEST_CASE("who said something is known for seven days, however short whispers are kept") {
  const TemporaryFolder folder;
  const Retention short_one{.guests = days(1)};
  {
    Writer writer = opened(folder.path(), Durability::power, kNow, short_one);
    must_commit(writer, {said({5}, kTom, 1, "psst")},
                {user(kLisa), user(kTom, later(-days(2))), user(kEve, later(-days(8))),
                 pair_of({5}, kLisa, kTom), pair_of({6}, kLisa, kEve)});
  }
  Writer writer = opened(folder.path(), Durability::power, kNow, short_one);
  const DurableState state = writer.take_opened().state;
  CHECK(state.rooms.empty());
  REQUIRE(state.users.size() == 2);
  CHECK(state.users[0].user == kLisa);
  CHECK(state.users[1].user == kTom);
}

TEST_CASE("no work of one kind keeps the others waiting") {
  const TemporaryFolder folder;
  Writer writer = opened(folder.path(), Durability::process, kNow, {.per_room = 0});
  must_commit(writer, numbered(kLobby, 1, 20'000, later(-days(8))), beginning());
  for (int pieces = 0; pieces < 5; ++pieces)
    REQUIRE(writer.tend(kNow).has_value());
  CHECK(number_in(folder.path(), "SELECT count(*) FROM ids") < 20'000);
  CHECK(number_in(folder.path(), "SELECT count(*) FROM messages") < 20'000);
}

TEST_CASE("what is said from the future does not keep what was said behind it") {
  const TemporaryFolder folder;
  Writer writer = opened(folder.path(), Durability::power, kNow, {.age = days(10)});
  must_commit(writer, numbered(kLobby, 1, 3'000, later(days(9'999))), beginning());
  must_commit(writer, numbered(kLobby, 3'001, 3'500));
  must_commit(writer, numbered(kLobby, 3'501, 3'502, later(days(9'999))));
  tend(writer, later(days(9)));
  CHECK(texts(folder.path(), kLobby).size() == 3'502);
  tend(writer, later(days(11)));
  CHECK(texts(folder.path(), kLobby) == Texts{"3501 3501", "3502 3502"});
  check_search(folder.path());
}

TEST_CASE("the write-ahead log does not grow for ever") {
  const TemporaryFolder folder;
  Writer writer = opened(folder.path(), Durability::process);
  must_commit(writer, {}, beginning());
  const std::string text(4'000, 'x');
  for (std::uint64_t i = 0; i < 40; ++i) {
    Batch batch;
    for (std::uint64_t j = 0; j < 500; ++j)
      batch.push_back(said(kLobby, kLisa, i * 500 + j, text));
    must_commit(writer, batch);
    tend(writer, kNow);
  }
  CHECK(std::filesystem::file_size(folder.path() / "edgechat.db-wal") < 48'000'000);
  CHECK(std::filesystem::file_size(folder.path() / "edgechat.db") > 60'000'000);
}

namespace {

// Another one whenever the log is begun anew.
std::uint32_t salt_of_log(const std::filesystem::path& folder) {
  constexpr std::streamoff kSaltAt = 16;
  std::ifstream log(folder / "edgechat.db-wal", std::ios::binary);
  log.seekg(kSaltAt);
  std::uint32_t salt = 0;
  log.read(reinterpret_cast<char*>(&salt), sizeof salt);
  return salt;
}

}  // namespace

TEST_CASE("the write-ahead log does not grow for ever while there is always somebody who reads") {
  const TemporaryFolder folder;
  auto writer = Writer::open(
      {.folder = folder.path(), .durability = Durability::process, .pages_between_checkpoints = 50},
      kNow);
  REQUIRE(writer.has_value());
  must_commit(*writer, {}, beginning());
  const auto read_on = [&folder](const std::stop_token& stop) {
    sqlite::Database reader(folder.path() / "edgechat.db", sqlite::Access::read);
    while (!stop.stop_requested()) {
      reader.run("BEGIN");
      reader.number("SELECT count(*) FROM rooms");
      std::this_thread::sleep_for(60ms);
      reader.run("COMMIT");
    }
  };
  const std::jthread one(read_on);
  std::this_thread::sleep_for(30ms);
  const std::jthread other(read_on);
  const std::string text(4'000, 'x');
  // How soon it is begun anew depends on when the readers happen to run: on a busy machine they
  // read for longer than anybody waits for them.
  std::set<std::uint32_t> logs;
  const auto deadline = std::chrono::steady_clock::now() + 60s;
  for (std::uint64_t i = 0; logs.size() < 2 && std::chrono::steady_clock::now() < deadline; ++i) {
    Batch batch;
    for (std::uint64_t j = 0; j < 20; ++j)
      batch.push_back(said(kLobby, kLisa, i * 20 + j, text));
    must_commit(*writer, batch);
    REQUIRE(writer->tend(kNow).has_value());
    logs.insert(salt_of_log(folder.path()));
  }
  CHECK(logs.size() == 2);
}

TEST_CASE("a clean end leaves nothing in the write-ahead log") {
  const TemporaryFolder folder;
  Writer writer = opened(folder.path());
  must_commit(writer, numbered(kLobby, 1, 10), beginning());
  REQUIRE(writer.close().has_value());
  CHECK(std::filesystem::file_size(folder.path() / "edgechat.db-wal") == 0);
}
