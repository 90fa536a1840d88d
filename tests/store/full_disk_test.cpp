// A disk without space, and with space again.
#include <algorithm>
#include <cerrno>
#include <cstring>

#include "server/store/check.hpp"
#include "tests/store/chatting.hpp"
#include "tests/support/small_disk.hpp"

using namespace chat;
using namespace chat::store;
using namespace chat::store::test;
using chat::test::SmallDisk;

namespace {

Batch much(std::uint64_t first) {
  Batch batch;
  for (std::uint64_t i = first; i < first + 20; ++i)
    batch.push_back(said(kLobby, kLisa, i, fmt::format("{} {}", i, std::string(2'000, 'x'))));
  return batch;
}

}  // namespace

TEST_CASE("on a full disk nothing is stored and nothing lost, and with space again it goes on") {
  SmallDisk disk("size=2m");
  if (!disk.is_there()) {
    MESSAGE("skipped: mounting a small disk needs root (", std::strerror(errno), ")");
    return;
  }
  const auto data = disk.path() / "data";
  Writer writer = opened(data);
  must_commit(writer, {}, beginning());
  std::uint64_t stored = 0;
  for (int round = 0; round < 3; ++round) {
    CAPTURE(round);
    disk.fill();
    std::optional<CommitFailure> failure;
    // The log may have room left that it had before.
    for (int i = 0; i < 50 && !failure; ++i) {
      Batch batch = much(stored);
      if (const auto committed = commit(writer, batch))
        stored += batch.size();
      else
        failure = committed.error();
    }
    REQUIRE(failure.has_value());
    CHECK(failure->kind == CommitFailure::Kind::full);
    CHECK(failure->sentence == "storing messages: database or disk is full");
    CHECK(texts(data, kLobby).size() == stored);
    const auto probed = writer.probe();
    REQUIRE_FALSE(probed.has_value());
    CHECK(probed.error().kind == CommitFailure::Kind::full);

    disk.make_room();
    CHECK(writer.probe().has_value());
    must_commit(writer, much(stored));
    stored += much(stored).size();
    CHECK(texts(data, kLobby).size() == stored);
  }
  CHECK(check(data).is_sound);
  REQUIRE(writer.close().has_value());
}

TEST_CASE("a full disk does not keep a server from ending, or from reading") {
  SmallDisk disk("size=2m");
  if (!disk.is_there()) {
    MESSAGE("skipped: mounting a small disk needs root (", std::strerror(errno), ")");
    return;
  }
  const auto data = disk.path() / "data";
  {
    Writer writer = opened(data);
    must_commit(writer, much(0), beginning());
    disk.fill();
    CHECK(texts(data, kLobby).size() == 20);
    const auto closed = writer.close();
    if (!closed)
      CHECK(closed.error().kind == CommitFailure::Kind::full);
  }
  disk.make_room();
  Writer writer = opened(data);
  CHECK_FALSE(writer.take_opened().epoch_is_new);
  CHECK(texts(data, kLobby).size() == 20);
}

TEST_CASE("a server cannot begin on a full disk, and says so") {
  SmallDisk disk("size=1m");
  if (!disk.is_there()) {
    MESSAGE("skipped: mounting a small disk needs root (", std::strerror(errno), ")");
    return;
  }
  disk.fill();
  const auto writer = Writer::open({disk.path()}, kNow);
  REQUIRE_FALSE(writer.has_value());
  CHECK(writer.error().starts_with(
      fmt::format("The store in {} cannot be used: ", disk.path().string())));
}
