// Disks that fail while one chats, and are well again.

#include <doctest/doctest.h>

#include <filesystem>
#include <optional>
#include <string>

#include "client/disk_state.hpp"
#include "tests/client/full_disk.hpp"
#include "tests/client/keeping.hpp"

using namespace chat;
using namespace chat::client;
using namespace chat::client::test;

namespace {

constexpr MessageId kOne{101};

std::size_t bytes_in(const TemporaryFolder& folder) {
  return std::filesystem::file_size(folder.path() / "127.0.0.1:1338" / "ann");
}

}  // namespace

TEST_CASE("a disk that fails later is told once") {
  const TemporaryFolder folder;
  DiskState state = state_in(folder);
  state.recall(kAnn);
  CHECK_FALSE(state.take_trouble().has_value());
  {
    const FullDisk full(0);
    state.said(message(1, "one"));
    state.said(message(2, "two"));
  }
  CHECK(state.take_trouble().value_or("").ends_with("File too large."));
  CHECK_FALSE(state.take_trouble().has_value());
}

TEST_CASE("on a disk that is full, what was sent is remembered in the place of what was said") {
  const TemporaryFolder folder;
  std::optional<DiskState> state(state_in(folder));
  state->recall(kAnn);
  state->keep_token(Bytes{1});
  state->said({.id = kOne, .room = "lobby", .text = "one"});
  const FullDisk full(bytes_in(folder));
  state->attempted(kOne);
  CHECK(state->is_lasting());
  CHECK_FALSE(state->take_trouble().has_value());

  SUBCASE("that it is on its way") {
    state.reset();
    const auto unsent = state_in(folder).recall(kAnn).unsent;
    REQUIRE(unsent.size() == 1);
    CHECK(unsent[0].attempted);
  }
  SUBCASE("that it has arrived") {
    state->done(kOne);
    state.reset();
    CHECK(state_in(folder).recall(kAnn).unsent.empty());
  }
}

TEST_CASE("what is on a disk stays there when there is no room for more") {
  const TemporaryFolder folder;
  std::optional<DiskState> state(state_in(folder));
  state->recall(kAnn);
  state->said(message(1, "one"));
  {
    const FullDisk full(bytes_in(folder) + 10);
    state->said(message(2, "two"));
    state.reset();
  }
  const auto unsent = state_in(folder).recall(kAnn).unsent;
  REQUIRE(unsent.size() == 1);
  CHECK(unsent[0].text == "one");
}

TEST_CASE("what is on no disk does not count as kept") {
  const TemporaryFolder folder;
  DiskState state = state_in(folder);
  state.recall(kAnn);
  CHECK(state.is_lasting());
  const FullDisk full(0);
  state.said(message(1, "one"));
  CHECK_FALSE(state.is_lasting());
}

TEST_CASE("what a disk did not take it gets when it takes something again") {
  const TemporaryFolder folder;
  std::optional<DiskState> state(state_in(folder));
  state->recall(kAnn);
  state->said({.id = kOne, .room = "lobby", .text = "one"});
  {
    const FullDisk full(0);
    state->done(kOne);
    state->said(message(2, "two"));
  }
  state->said(message(3, "three"));
  CHECK(state->is_lasting());
  state.reset();
  const auto unsent = state_in(folder).recall(kAnn).unsent;
  REQUIRE(unsent.size() == 2);
  CHECK(unsent[0].text == "two");
  CHECK(unsent[1].text == "three");
}
