#include <sqlite3.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

#include "server/store/check.hpp"
#include "server/store/sqlite.hpp"
#include "tests/store/chatting.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat;
using namespace chat::store;
using namespace chat::store::test;
using chat::test::TemporaryFolder;

namespace {

const Environment kFirstBoot{"first", [](const std::filesystem::path&) { return "file"; }};
const Environment kSecondBoot{"second", [](const std::filesystem::path&) { return "file"; }};

Writer::Opened take(Writer& writer) {
  return writer.take_opened();
}

struct Ending {
  Durability durability;
  bool is_clean;
};

// A run of the server that comes to an end.
Writer::Opened run(const std::filesystem::path& folder, const Environment& environment,
                   Ending ending = {Durability::power, false}) {
  auto writer = Writer::open({folder, ending.durability}, kNow, environment);
  REQUIRE_MESSAGE(writer.has_value(), writer.error());
  must_commit(*writer, {}, beginning());
  if (ending.is_clean)
    REQUIRE(writer->close().has_value());
  return take(*writer);
}

std::string refusal(const std::filesystem::path& folder) {
  const auto writer = Writer::open({folder}, kNow);
  REQUIRE_FALSE(writer.has_value());
  return writer.error();
}

}  // namespace

TEST_CASE("a new store has an epoch and a key of its own, and nothing in it") {
  const TemporaryFolder folder;
  Writer writer = opened(folder.path() / "one");
  Writer other = opened(folder.path() / "other");
  const auto first = take(writer);
  const auto second = take(other);
  CHECK(first.epoch_is_new);
  CHECK(first.epoch != Epoch{});
  CHECK(first.epoch != second.epoch);
  CHECK(first.token_key != second.token_key);
  CHECK(first.state.users.empty());
  CHECK(first.state.rooms.empty());
}

TEST_CASE("the key stays") {
  const TemporaryFolder folder;
  const auto key = run(folder.path(), kFirstBoot).token_key;
  CHECK(run(folder.path(), kFirstBoot).token_key == key);
}

TEST_CASE("the epoch stays unless messages may have been lost") {
  const TemporaryFolder folder;
  Ending ending{Durability::power, false};
  bool is_new = false;
  Environment next = kSecondBoot;
  SUBCASE("power, however it ended") {}
  SUBCASE("process, and a clean end") {
    ending = {Durability::process, true};
  }
  SUBCASE("process, killed, in the same run of the machine") {
    ending = {Durability::process, false};
    next = kFirstBoot;
  }
  SUBCASE("process, killed, and the machine was started again") {
    ending = {Durability::process, false};
    is_new = true;
  }
  SUBCASE("the file is a copy") {
    next = {"first", [](const std::filesystem::path&) { return "copy"; }};
    is_new = true;
  }
  const auto first = run(folder.path(), kFirstBoot, ending);
  const auto second = run(folder.path(), next, ending);
  CHECK(second.epoch_is_new == is_new);
  CHECK((second.epoch != first.epoch) == is_new);
  // Only once.
  const auto third = run(folder.path(), next, ending);
  CHECK_FALSE(third.epoch_is_new);
  CHECK(third.epoch == second.epoch);
}

TEST_CASE("this machine has a boot id, and each file a mark") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "one") << "same";
  std::ofstream(folder.path() / "other") << "same";
  const Environment here = Environment::of_this_machine();
  CHECK(here.boot_id.size() == 36);
  CHECK(here.boot_id == Environment::of_this_machine().boot_id);
  const std::string mark = here.mark_of_file(folder.path() / "one");
  CHECK_FALSE(mark.empty());
  CHECK(here.mark_of_file(folder.path() / "other") != mark);
  std::ofstream(folder.path() / "one") << "more";
  CHECK(here.mark_of_file(folder.path() / "one") == mark);
}

TEST_CASE("a file that was copied over another one is a copy, and one that is written to is none") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "edgechat.db";
  const auto epoch = [&] {
    Writer writer = opened(folder.path());
    must_commit(writer, {}, beginning());
    REQUIRE(writer.close().has_value());
    return take(writer).epoch;
  };
  const Epoch first = epoch();
  CHECK(epoch() == first);
  std::filesystem::copy_file(file, folder.path() / "aside");
  std::filesystem::remove(file);
  // It may well get the number of the one that was removed.
  std::filesystem::copy_file(folder.path() / "aside", file);
  const Epoch second = epoch();
  CHECK(second != first);
  CHECK(epoch() == second);
}

TEST_CASE("no number of a user or room is given twice") {
  const TemporaryFolder folder;
  const auto first = run(folder.path(), kFirstBoot).state;
  const auto second = run(folder.path(), kFirstBoot).state;
  CHECK(second.last_user.value - first.last_user.value == 1ULL << 32);
  // So many may have been told to people and not been stored.
  CHECK(second.last_room.value - first.last_room.value == 65'536);
}

TEST_CASE("room numbers beyond those set aside are never given again, either") {
  const TemporaryFolder folder;
  const RoomId far{900'000};
  {
    Writer writer = opened(folder.path());
    must_commit(writer, {}, {open_room(far, "far")});
  }
  Writer writer = opened(folder.path());
  // Some behind it may have been told to people before they were stored.
  CHECK(take(writer).state.last_room.value >= far.value + 32'768);
}

TEST_CASE("the numbers that a store has given of which this is an older copy are skipped") {
  const TemporaryFolder folder;
  const auto before = run(folder.path(), kFirstBoot).state;
  const auto after =
      run(folder.path(), {"first", [](const std::filesystem::path&) { return "copy"; }}).state;
  CHECK(after.last_user.value - before.last_user.value > 1'000ULL << 32);
  CHECK(after.last_room.value - before.last_room.value > 100'000);
}

TEST_CASE("what is no store is refused in a sentence") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "edgechat.db";
  SUBCASE("text") {
    std::ofstream(file) << std::string(10'000, 'x');
    CHECK(refusal(folder.path()) ==
          fmt::format("The store in {} is not a store of edgechat, or its beginning is damaged.",
                      folder.path().string()));
  }
  SUBCASE("somebody else's database") {
    sqlite::Database(file, sqlite::Access::write).run("CREATE TABLE recipes(name)");
    CHECK(refusal(folder.path()) ==
          fmt::format("The store in {} is not a store of edgechat.", folder.path().string()));
  }
  SUBCASE("a newer one") {
    run(folder.path(), kFirstBoot);
    sqlite::Database(file, sqlite::Access::write).run("PRAGMA user_version = 7");
    CHECK(refusal(folder.path()) ==
          fmt::format("The store in {} was made by a newer edgechat (schema 7, this one knows 2).",
                      folder.path().string()));
  }
}

TEST_CASE("a store of the first schema is brought up to date, and keeps what it has") {
  const TemporaryFolder folder;
  {
    Writer writer = opened(folder.path());
    must_commit(writer, {said(kLobby, kLisa, 1, "a")}, beginning());
  }
  sqlite::Database(folder.path() / "edgechat.db", sqlite::Access::write)
      .run("DROP TABLE reads; PRAGMA user_version = 1");
  {
    Writer writer = opened(folder.path());
    CHECK(writer.take_opened().state.rooms.at(0).next == Sequence{2});
    must_commit(writer, {}, {ReadPosition{kLisa, kLobby, {1}}});
  }
  CHECK(opened(folder.path()).take_opened().state.reads.size() == 1);
}

TEST_CASE("a folder that cannot be made is refused in a sentence") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "file") << "no folder";
  const auto path = folder.path() / "file" / "data";
  CHECK(refusal(path) ==
        fmt::format("The store in {0} cannot be used: making the folder {0}: Not a directory.",
                    path.string()));
}

TEST_CASE("a store whose making was interrupted is made") {
  const TemporaryFolder folder;
  sqlite::Database(folder.path() / "edgechat.db", sqlite::Access::write)
      .run("PRAGMA journal_mode = WAL");
  Writer writer = opened(folder.path());
  must_commit(writer, {said(kLobby, kLisa, 1, "Hello")}, beginning());
  CHECK(texts(folder.path(), kLobby).size() == 1);
}

TEST_CASE("when all numbers are given out the store is full, and not damaged") {
  const TemporaryFolder folder;
  run(folder.path(), kFirstBoot);
  const auto set = [&](const std::string& what) {
    sqlite::Database(folder.path() / "edgechat.db", sqlite::Access::write)
        .run("UPDATE run SET " + what);
  };
  SUBCASE("of rooms") {
    set("reserved_rooms = 4294960000");
    CHECK(refusal(folder.path()) ==
          fmt::format("The store in {} is full: all numbers for rooms have been given.",
                      folder.path().string()));
  }
  SUBCASE("of users") {
    set("starts = 2147483647");
    CHECK(refusal(folder.path()) ==
          fmt::format("The store in {} is full: all numbers for users have been given.",
                      folder.path().string()));
  }
  CHECK(check(folder.path()).is_sound);
}

TEST_CASE("room numbers up to the very last are stored") {
  const TemporaryFolder folder;
  Writer writer = opened(folder.path());
  must_commit(writer, {}, {open_room({4'294'967'295}, "last")});
  CHECK(check(folder.path()).is_sound);
}

TEST_CASE("the epoch is a new one when the machine does not say whether it was started again") {
  const TemporaryFolder folder;
  const Environment nameless{"", kFirstBoot.mark_of_file};
  const Ending killed{Durability::process, false};
  run(folder.path(), nameless, killed);
  CHECK(run(folder.path(), nameless, killed).epoch_is_new);
}

TEST_CASE("whoever reads keeps neither the end of a server waiting nor the next start") {
  const TemporaryFolder folder;
  std::optional<Writer> writer = opened(folder.path());
  must_commit(*writer, {said(kLobby, kLisa, 1, "one")}, beginning());
  sqlite::Database reader(folder.path() / "edgechat.db", sqlite::Access::read);
  reader.run("BEGIN");
  REQUIRE(reader.number("SELECT count(*) FROM messages") == 1);
  must_commit(*writer, {said(kLobby, kLisa, 2, "two")});
  const auto begun = std::chrono::steady_clock::now();
  SUBCASE("after a clean end") {
    REQUIRE(writer->close().has_value());
  }
  SUBCASE("after a kill") {}
  writer.reset();
  writer = opened(folder.path());
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(3));
  must_commit(*writer, {said(kLobby, kLisa, 3, "three")});
  CHECK(reader.number("SELECT count(*) FROM messages") == 1);
  reader.run("COMMIT");
  CHECK(texts(folder.path(), kLobby).size() == 3);
  CHECK(check(folder.path()).is_sound);
}
