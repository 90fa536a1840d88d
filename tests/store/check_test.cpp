#include "server/store/check.hpp"

#include <algorithm>
#include <fstream>

#include "server/store/sqlite.hpp"
#include "tests/store/chatting.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat;
using namespace chat::store;
using namespace chat::store::test;
using chat::test::TemporaryFolder;

using Lines = std::vector<std::string>;

namespace {

// A lobby with "1" to "10", a pair with three messages.
class Checked {
 public:
  Checked() : writer(opened(folder.path())) {
    Batch batch;
    for (std::uint64_t i = 1; i <= 10; ++i)
      batch.push_back(said(kLobby, kLisa, i, fmt::format("number {}", i)));
    must_commit(*writer, batch, beginning());
    must_commit(*writer,
                {said({5}, kTom, 1, "psst"), said({5}, kLisa, 20, "Ärger"),
                 said({5}, kTom, 2, "wäre schön 👋 wäre")},
                {pair_of({5}, kLisa, kTom)});
  }

  void damage(const std::string& sql) {
    sqlite::Database(folder.path() / "edgechat.db", sqlite::Access::write)
        .run("PRAGMA ignore_check_constraints = ON; " + sql);
  }

  // What is found, without the sentence at the end.
  Lines found() {
    Verdict verdict = check(folder.path());
    CHECK(verdict.is_sound == (verdict.lines.size() == 1));
    CHECK(verdict.lines.back().starts_with(fmt::format("The store in {} is {}: 1 room, 1 pair, ",
                                                       folder.path().string(),
                                                       verdict.is_sound ? "sound" : "damaged")));
    verdict.lines.pop_back();
    return verdict.lines;
  }

  const TemporaryFolder folder;
  std::optional<Writer> writer;
};

}  // namespace

TEST_CASE(
    "a store is sound while a server writes to it, when it was killed, and when it has ended") {
  Checked store;
  CHECK(store.found().empty());
  SUBCASE("killed") {
    store.writer.reset();
  }
  SUBCASE("ended") {
    REQUIRE(store.writer->close().has_value());
    store.writer.reset();
  }
  CHECK(store.found().empty());
  CHECK(check(store.folder.path()).lines ==
        Lines{fmt::format("The store in {} is sound: 1 room, 1 pair, 13 messages that can be read.",
                          store.folder.path().string())});
}

TEST_CASE("a store in which nothing was said is sound") {
  const TemporaryFolder folder;
  const Writer writer = opened(folder.path());
  CHECK(check(folder.path()).lines ==
        Lines{fmt::format("The store in {} is sound: 0 rooms, 0 messages that can be read.",
                          folder.path().string())});
}

TEST_CASE("what there is of a store is counted in words that fit") {
  const TemporaryFolder folder;
  Writer writer = opened(folder.path());
  must_commit(writer, {said(kLobby, kLisa, 1, "alone")}, beginning());
  CHECK(check(folder.path()).lines ==
        Lines{fmt::format("The store in {} is sound: 1 room, 1 message that can be read.",
                          folder.path().string())});
}

TEST_CASE("a store is sound when retention has taken messages, or a room was forgotten") {
  Checked store;
  SUBCASE("retention") {
    store.writer.reset();
    store.writer = opened(store.folder.path(), Durability::power, kNow, {.per_room = 2});
    while (store.writer->tend(kNow).value())
      ;
  }
  SUBCASE("forgotten, its messages still there") {
    must_commit(*store.writer, {said({6}, kTom, 9, "psst")}, {pair_of({6}, kEve, kTom)});
    must_commit(*store.writer, {}, {ForgottenRoom{{6}}});
  }
  CHECK(store.found().empty());
}

TEST_CASE("messages that are missing are named") {
  Checked store;
  SUBCASE("in the middle") {
    store.damage("DELETE FROM messages WHERE room = 1 AND sequence IN (3, 4, 5, 8)");
    const Lines lines = store.found();
    REQUIRE(lines.size() == 3);
    CHECK(lines[0] == "room 1 (lobby): messages 3 to 5 are missing");
    CHECK(lines[1] == "room 1 (lobby): message 8 is missing");
    CHECK(lines[2] == "the search index: does not say what the messages say");
  }
  SUBCASE("at the end") {
    store.damage("DELETE FROM messages WHERE room = 5 AND sequence = 3");
    CHECK(store.found().at(0) == "room 5: message 3 is missing");
  }
}

TEST_CASE("messages that make no sense are named") {
  Checked store;
  store.damage(
      "UPDATE messages SET nickname = '' WHERE room = 1 AND sequence IN (3, 4);"
      "UPDATE messages SET kind = 9 WHERE room = 5 AND sequence = 1");
  const Lines lines = store.found();
  CHECK(std::ranges::count(lines, "room 1 (lobby): messages 3 to 4 are unreadable") == 1);
  CHECK(std::ranges::count(lines, "room 5: message 1 is unreadable") == 1);
}

TEST_CASE("what a server could not begin with is named") {
  Checked store;
  SUBCASE("room") {
    store.damage("UPDATE rooms SET name = '' WHERE room = 1");
    CHECK(std::ranges::count(store.found(),
                             "the state: what it says about room 1 makes no sense") == 1);
  }
  SUBCASE("record") {
    store.damage("UPDATE run SET starts = -1");
    CHECK(std::ranges::count(store.found(),
                             "the state: what it says about itself makes no sense") == 1);
  }
}

TEST_CASE("a message with another text than was written is named, even if the words are the same") {
  Checked store;
  store.damage("UPDATE messages SET text = upper(text) WHERE sequence = 10");
  CHECK(store.found() == Lines{"room 1 (lobby): message 10 is unreadable"});
}

TEST_CASE("messages of nowhere, or beyond the last of their room, are named") {
  Checked store;
  SUBCASE("nowhere") {
    store.damage("DELETE FROM rooms WHERE room = 5");
    Verdict verdict = check(store.folder.path());
    CHECK_FALSE(verdict.is_sound);
    CHECK(verdict.lines.at(0) == "room 5: has messages, and is unknown");
  }
  SUBCASE("beyond") {
    store.damage("UPDATE rooms SET last = 9 WHERE room = 1");
    CHECK(store.found().at(0) == "room 1 (lobby): message 10 is numbered beyond the room's last");
  }
}

TEST_CASE("ids that say something else than the messages are named") {
  Checked store;
  SUBCASE("user") {
    store.damage("UPDATE messages SET user = 1 WHERE room = 1 AND sequence = 7");
    CHECK(store.found() ==
          Lines{"room 1 (lobby): message 7 is unreadable",
                fmt::format("room 1: message 7 is not what an id of user {} says", kLisa.value)});
  }
  SUBCASE("number") {
    store.damage("UPDATE ids SET sequence = 77 WHERE room = 5 AND sequence = 1");
    CHECK(store.found() ==
          Lines{fmt::format("the ids: one of user {} makes no sense (room 5, message 77)",
                            kTom.value),
                fmt::format("room 5: message 77 is not what an id of user {} says", kTom.value)});
  }
}

TEST_CASE("a search index that misses a word, or has one too many, is found") {
  Checked store;
  SUBCASE("misses") {
    store.damage("INSERT INTO search(search, rowid, text) VALUES('delete', 1, 'number 1')");
  }
  SUBCASE("too many") {
    store.damage("INSERT INTO search(rowid, text) VALUES(99, 'word')");
  }
  CHECK(store.found() == Lines{"the search index: does not say what the messages say"});
}

TEST_CASE("very much damage is told briefly") {
  Checked store;
  Batch batch;
  for (std::uint64_t i = 100; i < 300; ++i)
    batch.push_back(said(kLobby, kLisa, i, "more"));
  must_commit(*store.writer, batch);
  store.damage("DELETE FROM messages WHERE room = 1 AND sequence % 2 = 0 AND sequence > 1");
  const Lines lines = store.found();
  CHECK(lines.size() < 30);
  CHECK(std::ranges::count(lines, "room 1 (lobby): 85 more places like that") == 1);
}

TEST_CASE("where there is no store, or none of this version, the verdict says so") {
  const TemporaryFolder folder;
  const std::string name = folder.path().string();
  SUBCASE("nothing") {
    const Verdict verdict = check(folder.path());
    CHECK_FALSE(verdict.is_sound);
    CHECK(verdict.lines == Lines{fmt::format("There is no store in {}.", name)});
  }
  SUBCASE("no folder") {
    const Verdict verdict = check(folder.path() / "nowhere");
    CHECK_FALSE(verdict.is_sound);
    CHECK(verdict.lines == Lines{fmt::format("There is no store in {}/nowhere.", name)});
  }
  SUBCASE("something else") {
    std::filesystem::create_directory(folder.path() / "edgechat.db");
    const Verdict verdict = check(folder.path());
    CHECK_FALSE(verdict.is_sound);
    CHECK(verdict.lines.at(0).starts_with(fmt::format("The store in {} cannot be used: ", name)));
  }
  SUBCASE("text") {
    std::ofstream(folder.path() / "edgechat.db") << std::string(5'000, 'x');
    CHECK(check(folder.path()).lines ==
          Lines{fmt::format("The store in {} is not a store of edgechat, or its beginning is "
                            "damaged.",
                            name)});
  }
}
