#include "server/store/writer.hpp"

#include <sys/stat.h>

#include "tests/store/chatting.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat;
using namespace chat::store;
using namespace chat::store::test;
using chat::test::TemporaryFolder;

using Texts = std::vector<std::string>;

namespace {

mode_t mode_of(const std::filesystem::path& path) {
  struct stat status{};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

}  // namespace

TEST_CASE("what was committed has numbers from 1, and is there in the next run") {
  const TemporaryFolder folder;
  {
    Writer writer = opened(folder.path());
    Batch batch{said(kLobby, kLisa, 1, "Hello"), said(kLobby, kTom, 1, "Good morning")};
    REQUIRE(commit(writer, batch, beginning()).has_value());
    CHECK(message_of(batch[0]).sequence == Sequence{1});
    CHECK(message_of(batch[1]).sequence == Sequence{2});
    CHECK_FALSE(message_of(batch[1]).said_before.has_value());
  }
  Writer writer = opened(folder.path());
  CHECK(texts(folder.path(), kLobby) == Texts{"1 Hello", "2 Good morning"});
  Batch batch{said(kLobby, kEve, 1, "Late")};
  REQUIRE(commit(writer, batch).has_value());
  CHECK(message_of(batch[0]).sequence == Sequence{3});
}

TEST_CASE("a message keeps all that belongs to it") {
  const TemporaryFolder folder;
  Writer writer = opened(folder.path());
  Entry entry = said(kLobby, kLisa, 1, "wäves 👋", {42});
  std::get<AcceptedMessage>(entry.what).kind = MessageKind::action;
  must_commit(writer, {entry}, beginning());
  const auto page = reading(folder.path()).from(kLobby, {1}, {2}, 1000);
  REQUIRE(page->messages.size() == 1);
  const StoredMessage& stored = page->messages[0];
  CHECK(stored.sequence == Sequence{1});
  CHECK(stored.time == WallTime{42});
  CHECK(stored.user == kLisa);
  CHECK(stored.kind == MessageKind::action);
  CHECK(stored.nickname == "user1");
  CHECK(stored.text == "wäves 👋");
}

TEST_CASE("several batches are numbered as one, and presence is passed over") {
  const TemporaryFolder folder;
  Writer writer = opened(folder.path());
  std::vector<Batch> batches(3);
  batches[0].push_back(said(kLobby, kLisa, 1, "one"));
  batches[0].push_back({kLobby, kNow, AcceptedJoins{}});
  batches[2].push_back({kLobby, kNow, AcceptedLeaves{}});
  batches[2].push_back(said(kLobby, kLisa, 2, "two"));
  REQUIRE(writer.commit(batches, beginning()).has_value());
  CHECK(message_of(batches[2][1]).sequence == Sequence{2});
  CHECK(texts(folder.path(), kLobby) == Texts{"1 one", "2 two"});
}

TEST_CASE("each room counts for itself") {
  const TemporaryFolder folder;
  Writer writer = opened(folder.path());
  must_commit(writer, {}, beginning());
  must_commit(
      writer,
      {said({2}, kLisa, 1, "rose"), said(kLobby, kLisa, 2, "Hello"), said({2}, kLisa, 3, "tulip")},
      {open_room({2}, "garden")});
  CHECK(texts(folder.path(), {2}) == Texts{"1 rose", "2 tulip"});
  CHECK(texts(folder.path(), kLobby) == Texts{"1 Hello"});
}

TEST_CASE("what is said again under its id is not stored again, but told where it stands") {
  const TemporaryFolder folder;
  std::optional<Writer> writer = opened(folder.path());
  must_commit(*writer, {said(kLobby, kLisa, 7, "Hello", {42})}, beginning());
  SUBCASE("in the same run") {}
  SUBCASE("in the next one") {
    writer.reset();
    writer = opened(folder.path());
  }
  Batch batch{said(kLobby, kLisa, 7, "Hello"), said(kLobby, kLisa, 8, "more")};
  REQUIRE(commit(*writer, batch).has_value());
  const AcceptedMessage& again = message_of(batch[0]);
  CHECK(again.sequence == Sequence{});
  REQUIRE(again.said_before.has_value());
  CHECK(again.said_before->body == body_of("Hello"));
  CHECK(again.said_before->room == kLobby);
  CHECK(again.said_before->sequence == Sequence{1});
  CHECK(again.said_before->time == WallTime{42});
  CHECK(message_of(batch[1]).sequence == Sequence{2});
  CHECK(texts(folder.path(), kLobby) == Texts{"1 Hello", "2 more"});
}

TEST_CASE("an id is known again within one batch, and for its user alone") {
  const TemporaryFolder folder;
  Writer writer = opened(folder.path());
  Batch batch{said(kLobby, kLisa, 7, "Hello"), said(kLobby, kLisa, 7, "Hello"),
              said(kLobby, kTom, 7, "Hello")};
  REQUIRE(commit(writer, batch, beginning()).has_value());
  REQUIRE(message_of(batch[1]).said_before.has_value());
  CHECK(message_of(batch[1]).said_before->sequence == Sequence{1});
  CHECK(message_of(batch[2]).sequence == Sequence{2});
}

TEST_CASE("nobody else may look into the folder or its files") {
  const TemporaryFolder folder;
  const auto data = folder.path() / "a" / "data";
  const Writer writer = opened(data);
  CHECK(mode_of(data) == 0700);
  CHECK(mode_of(data / "edgechat.db") == 0600);
  CHECK(mode_of(data / "edgechat.db-wal") == 0600);
  CHECK(mode_of(data / "lock") == 0600);
}

TEST_CASE("one server at a time has a store") {
  const TemporaryFolder folder;
  {
    const Writer writer = opened(folder.path());
    const auto second = Writer::open({folder.path()}, kNow);
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error() ==
          fmt::format("The store in {} is in use by another server.", folder.path().string()));
  }
  CHECK(Writer::open({folder.path()}, kNow).has_value());
}

TEST_CASE("what is said in a room that is forgotten in the same commit is gone with it") {
  const TemporaryFolder folder;
  Writer writer = opened(folder.path());
  must_commit(writer, {said({5}, kLisa, 1, "one")},
              {user(kLisa), user(kTom), pair_of({5}, kLisa, kTom)});
  Batch batch{said({5}, kLisa, 2, "two")};
  REQUIRE(commit(writer, batch, {ForgottenRoom{{5}}}).has_value());
  CHECK(message_of(batch[0]).sequence == Sequence{2});
  CHECK(texts(folder.path(), {5}).empty());
}

TEST_CASE("trying to store something writes to the disk, and changes nothing") {
  const TemporaryFolder folder;
  const auto log = folder.path() / "edgechat.db-wal";
  Writer writer = opened(folder.path());
  must_commit(writer, {said(kLobby, kLisa, 1, "Hello")}, beginning());
  const auto before = std::filesystem::file_size(log);
  CHECK(writer.probe().has_value());
  CHECK(std::filesystem::file_size(log) > before);
  must_commit(writer, {said(kLobby, kLisa, 2, "more")});
  CHECK(texts(folder.path(), kLobby) == Texts{"1 Hello", "2 more"});
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 4);
}
