#include "server/store/backup.hpp"

#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "server/store/check.hpp"
#include "server/store/sqlite.hpp"
#include "tests/store/chatting.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat;
using namespace chat::store;
using namespace chat::store::test;
using chat::test::TemporaryFolder;

using Texts = std::vector<std::string>;

namespace {

Batch three(std::uint64_t from) {
  Batch batch;
  for (std::uint64_t i = from; i < from + 3; ++i)
    batch.push_back(said(kLobby, kLisa, i, fmt::format("number {}", i)));
  return batch;
}

std::size_t files_in(const std::filesystem::path& folder) {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

// Of a backup: a folder that a server could be started on.
std::filesystem::path restore(const std::filesystem::path& backup) {
  const auto folder = backup.parent_path() / "restored";
  std::filesystem::create_directory(folder);
  std::filesystem::copy_file(backup, folder / "edgechat.db");
  return folder;
}

}  // namespace

TEST_CASE("a backup of a store in use has everything, and begins a new epoch once") {
  const TemporaryFolder folder;
  const auto data = folder.path() / "data";
  Writer writer = opened(data);
  const Epoch epoch = writer.take_opened().epoch;
  must_commit(writer, three(1), beginning());
  const auto file = folder.path() / "backup";
  const auto made = backup(data, file);
  REQUIRE_MESSAGE(made.has_value(), made.error());
  CHECK(made->messages == 3);
  CHECK(made->bytes == std::filesystem::file_size(file));
  CHECK(files_in(folder.path()) == 2);
  struct stat status{};
  REQUIRE(::stat(file.c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0600);

  must_commit(writer, three(4));
  CHECK(texts(data, kLobby).size() == 6);
  const auto restored = restore(file);
  std::optional<Writer> server = opened(restored);
  const Writer::Opened first = server->take_opened();
  CHECK(first.epoch != epoch);
  CHECK(first.epoch_is_new);
  CHECK(texts(restored, kLobby) == Texts{"1 number 1", "2 number 2", "3 number 3"});
  CHECK(check(restored).is_sound);
  must_commit(*server, three(4));
  server.reset();
  server = opened(restored);
  CHECK(server->take_opened().epoch == first.epoch);
}

TEST_CASE("a restored backup has a write-ahead log again, so that readers and the server go on") {
  const TemporaryFolder folder;
  {
    Writer writer = opened(folder.path() / "data");
    must_commit(writer, three(1), beginning());
    REQUIRE(backup(folder.path() / "data", folder.path() / "backup").has_value());
  }
  const auto restored = restore(folder.path() / "backup");
  Writer server = opened(restored);
  sqlite::Database reader(restored / "edgechat.db", sqlite::Access::read);
  CHECK(reader.text("PRAGMA journal_mode") == "wal");
  reader.run("BEGIN");
  CHECK(reader.number("SELECT count(*) FROM messages") == 3);
  must_commit(server, three(4));
}

TEST_CASE("a backup is marked, whatever file it becomes") {
  const TemporaryFolder folder;
  const Environment same{"boot", [](const std::filesystem::path&) { return "file"; }};
  const auto data = folder.path() / "data";
  auto writer = Writer::open({data}, kNow, same);
  const Epoch epoch = writer->take_opened().epoch;
  REQUIRE(backup(data, folder.path() / "backup").has_value());
  auto server = Writer::open({restore(folder.path() / "backup")}, kNow, same);
  CHECK(server->take_opened().epoch != epoch);
}

TEST_CASE("a backup is whole while much is written") {
  const TemporaryFolder folder;
  const auto data = folder.path() / "data";
  Writer writer = opened(data, Durability::process);
  must_commit(writer, three(1), beginning());
  std::jthread server([&writer](const std::stop_token& stop) {
    for (std::uint64_t i = 4; !stop.stop_requested(); i += 3) {
      Batch batch = three(i);
      if (!writer.commit(std::span(&batch, 1), {}) || !writer.tend(kNow))
        return;
    }
  });
  for (int i = 0; i < 5; ++i) {
    const auto file = folder.path() / fmt::format("backup{}", i);
    const auto made = backup(data, file);
    REQUIRE_MESSAGE(made.has_value(), made.error());
    CHECK(made->messages % 3 == 0);
    const auto restored = restore(file);
    {
      const Writer opens = opened(restored);
    }
    CHECK(check(restored).is_sound);
    CHECK(texts(restored, kLobby).size() == made->messages);
    std::filesystem::remove_all(restored);
  }
}

TEST_CASE("a backup replaces nothing, and leaves nothing when it cannot be made") {
  const TemporaryFolder folder;
  const auto data = folder.path() / "data";
  const auto file = folder.path() / "backup";
  SUBCASE("a file") {
    const Writer writer = opened(data);
    std::ofstream(file) << "precious";
    CHECK(
        backup(data, file).error() ==
        fmt::format("The backup {} was not made: there is something of that name.", file.string()));
    CHECK(std::filesystem::file_size(file) == 8);
    CHECK(files_in(folder.path()) == 2);
  }
  SUBCASE("no store") {
    CHECK(backup(data, file).error() == fmt::format("There is no store in {}.", data.string()));
    CHECK(files_in(folder.path()) == 0);
  }
  SUBCASE("no folder") {
    const Writer writer = opened(data);
    const auto made = backup(data, folder.path() / "nowhere" / "backup");
    REQUIRE_FALSE(made.has_value());
    CHECK(made.error().find("No such file or directory") != std::string::npos);
  }
}

TEST_CASE("a backup beside the log of another store is refused") {
  const TemporaryFolder folder;
  const auto data = folder.path() / "data";
  {
    Writer writer = opened(data);
    must_commit(writer, three(1), beginning());
    REQUIRE(backup(data, folder.path() / "backup").has_value());
    must_commit(writer, three(4));
  }
  std::filesystem::remove(data / "edgechat.db");
  std::filesystem::copy_file(folder.path() / "backup", data / "edgechat.db");
  const auto writer = Writer::open({data}, kNow);
  REQUIRE_FALSE(writer.has_value());
  CHECK(writer.error() ==
        fmt::format("The store in {} is a backup's copy beside the log of another store: remove {} "
                    "first.",
                    data.string(), (data / "edgechat.db-wal").string()));
  std::filesystem::remove(data / "edgechat.db-wal");
  const Writer opens = opened(data);
  CHECK(texts(data, kLobby).size() == 3);
}
