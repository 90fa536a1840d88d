#include "server/store/reader.hpp"

#include <fstream>

#include "server/store/sqlite.hpp"
#include "tests/store/chatting.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat;
using namespace chat::store;
using namespace chat::store::test;
using chat::test::TemporaryFolder;

using Texts = std::vector<std::string>;

namespace {

constexpr std::size_t kMany = 1'000'000;

Texts texts_of(const Reader::Page& page) {
  Texts texts;
  for (const StoredMessage& message : page.messages)
    texts.push_back(message.text);
  return texts;
}

// "1" to "10" in the lobby.
class Ten {
 public:
  Ten() : writer(opened(folder.path())) {
    Batch batch;
    for (std::uint64_t i = 1; i <= 10; ++i)
      batch.push_back(said(kLobby, kLisa, i, std::to_string(i)));
    must_commit(writer, batch, beginning());
  }

  void damage(const std::string& sql) {
    sqlite::Database(folder.path() / "edgechat.db", sqlite::Access::write)
        .run("PRAGMA ignore_check_constraints = ON; " + sql);
  }

  const TemporaryFolder folder;
  Writer writer;
  Reader reader = reading(folder.path());
};

}  // namespace

TEST_CASE("there is nothing to be read where there is no store") {
  const TemporaryFolder folder;
  const auto reader = Reader::open(folder.path());
  REQUIRE_FALSE(reader.has_value());
  CHECK(reader.error().starts_with(
      fmt::format("The store in {} cannot be used: ", folder.path().string())));
}

TEST_CASE("pages go backwards from a message, or from the end") {
  Ten ten;
  const auto last = ten.reader.before(kLobby, {}, {}, 3, kMany);
  CHECK(texts_of(*last) == Texts{"8", "9", "10"});
  CHECK(last->more);
  const auto next = ten.reader.before(kLobby, {8}, {}, 100, kMany);
  CHECK(texts_of(*next) == Texts{"1", "2", "3", "4", "5", "6", "7"});
  CHECK_FALSE(next->more);
  CHECK(ten.reader.before(kLobby, {1}, {}, 100, kMany)->messages.empty());
}

TEST_CASE("nothing below the oldest that may be read is in a page, or counts as more") {
  Ten ten;
  const auto page = ten.reader.before(kLobby, {8}, {6}, 100, kMany);
  CHECK(texts_of(*page) == Texts{"6", "7"});
  CHECK_FALSE(page->more);
}

TEST_CASE("pages go forwards, too, and end before a number") {
  Ten ten;
  const auto page = ten.reader.from(kLobby, {4}, {7}, kMany);
  CHECK(texts_of(*page) == Texts{"4", "5", "6"});
  CHECK_FALSE(page->more);
}

TEST_CASE("a page takes as many bytes as it may, but one message at least") {
  Ten ten;
  const std::size_t each = 1 + std::string_view("user1").size() + Reader::kBytesBeside;
  const auto two = ten.reader.from(kLobby, {4}, {100}, 3 * each - 1);
  CHECK(texts_of(*two) == Texts{"4", "5"});
  CHECK(two->more);
  CHECK(texts_of(*ten.reader.from(kLobby, {4}, {7}, 3 * each)).size() == 3);
  CHECK(texts_of(*ten.reader.from(kLobby, {4}, {100}, 0)) == Texts{"4"});
  CHECK(texts_of(*ten.reader.before(kLobby, {4}, {}, 100, 0)) == Texts{"3"});
  CHECK(texts_of(*ten.reader.before(kLobby, {4}, {}, 100, 2 * each)) == Texts{"2", "3"});
}

TEST_CASE("numbers that cannot be are asked for without harm") {
  Ten ten;
  const Sequence huge{~0ULL};
  CHECK(texts_of(*ten.reader.before(kLobby, huge, {}, 1, kMany)) == Texts{"10"});
  CHECK(ten.reader.before(kLobby, huge, huge, 1, kMany)->messages.empty());
  CHECK(ten.reader.from(kLobby, huge, huge, kMany)->messages.empty());
  CHECK(ten.reader.from(kLobby, {8}, {3}, kMany)->messages.empty());
  CHECK(ten.reader.from({99}, {1}, huge, kMany)->messages.empty());
}

TEST_CASE("what is committed meanwhile is read next time") {
  Ten ten;
  CHECK(ten.reader.from(kLobby, {11}, {100}, kMany)->messages.empty());
  must_commit(ten.writer, {said(kLobby, kTom, 1, "eleven")});
  CHECK(texts_of(*ten.reader.from(kLobby, {11}, {100}, kMany)) == Texts{"eleven"});
}

TEST_CASE("a forgotten room cannot be read") {
  Ten ten;
  must_commit(ten.writer, {}, {ForgottenRoom{kLobby}});
  CHECK(ten.reader.from(kLobby, {1}, {100}, kMany)->messages.empty());
  CHECK(ten.reader.before(kLobby, {}, {}, 100, kMany)->messages.empty());
}

TEST_CASE("a message that makes no sense is named, and those around it are read") {
  Ten ten;
  SUBCASE("too long") {
    ten.damage(
        "UPDATE messages SET text = zeroblob(0) || printf('%.*c', 5000, 'x') WHERE sequence = 5");
  }
  SUBCASE("not UTF-8") {
    ten.damage("UPDATE messages SET text = CAST(x'FF41' AS TEXT) WHERE sequence = 5");
  }
  SUBCASE("no name") {
    ten.damage("UPDATE messages SET nickname = '' WHERE sequence = 5");
  }
  SUBCASE("no kind") {
    ten.damage("UPDATE messages SET kind = 258 WHERE sequence = 5");
  }
  const auto page = ten.reader.from(kLobby, {4}, {7}, kMany);
  CHECK(texts_of(*page) == Texts{"4", "6"});
  CHECK(page->unreadable == std::vector{Sequence{5}});
  const auto back = ten.reader.before(kLobby, {7}, {}, 3, kMany);
  CHECK(texts_of(*back) == Texts{"3", "4", "6"});
  CHECK(back->unreadable == std::vector{Sequence{5}});
}

namespace {

// Of a table or an index, one page in its middle with nothing but noise in it.
void damage_page_of(const std::filesystem::path& file, const std::string& name) {
  std::int64_t page = 0;
  {
    sqlite::Database database(file, sqlite::Access::read);
    page = database.number(fmt::format(
        "SELECT pageno FROM dbstat WHERE name = '{0}' AND pagetype = 'leaf' ORDER BY path LIMIT 1 "
        "OFFSET (SELECT count(*) / 2 FROM dbstat WHERE name = '{0}' AND pagetype = 'leaf')",
        name));
  }
  REQUIRE(page > 1);
  constexpr std::int64_t kPageBytes = 4'096;
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekp((page - 1) * kPageBytes);
  stream << std::string(kPageBytes, '\xFF');
}

}  // namespace

namespace {

constexpr std::uint64_t kCount = 2'000;

void say_very_much(const TemporaryFolder& folder) {
  Writer writer = opened(folder.path());
  Batch batch;
  for (std::uint64_t i = 1; i <= kCount; ++i)
    batch.push_back(said(kLobby, kLisa, i, fmt::format("number {} of very many", i)));
  must_commit(writer, batch, beginning());
  REQUIRE(writer.close().has_value());
}

Reader reading_past_damage(const TemporaryFolder& folder) {
  say_very_much(folder);
  SUBCASE("a page of messages") {
    damage_page_of(folder.path() / "edgechat.db", "messages");
  }
  SUBCASE("a page of the index") {
    damage_page_of(folder.path() / "edgechat.db", "messages_place");
  }
  return reading(folder.path());
}

}  // namespace

TEST_CASE("behind what cannot be read it goes on, and little is passed over") {
  const TemporaryFolder folder;
  Reader reader = reading_past_damage(folder);
  std::uint64_t passed_over = 0;
  int errors = 0;
  for (Sequence at{1}; at <= Sequence{kCount};) {
    const auto page = reader.from(kLobby, at, {kCount + 1}, kMany);
    if (page) {
      at = page->messages.empty() ? Sequence{kCount + 1} : page->messages.back().sequence + 1;
      continue;
    }
    REQUIRE(++errors < 10);
    const Sequence next = reader.readable_behind(kLobby, at, {kCount + 1});
    passed_over += next.value - at.value;
    at = next;
  }
  CHECK(errors == 1);
  CHECK(passed_over > 5);
  CHECK(passed_over < 500);
  CHECK(reader.readable_behind(kLobby, {kCount}, {kCount + 1}) == Sequence{kCount + 1});
}

TEST_CASE("below what cannot be read it goes on backwards, too") {
  const TemporaryFolder folder;
  Reader reader = reading_past_damage(folder);
  std::uint64_t passed_over = 0;
  int errors = 0;
  for (Sequence at{kCount + 1}; at > Sequence{1};) {
    const auto page = reader.before(kLobby, at, {1}, 100, kMany);
    if (page) {
      at = page->messages.empty() ? Sequence{1} : page->messages.front().sequence;
      continue;
    }
    REQUIRE(++errors < 10);
    const Sequence next = reader.readable_below(kLobby, at, {1});
    REQUIRE(next < at);
    passed_over += at.value - next.value;
    at = next;
  }
  CHECK(errors == 1);
  CHECK(passed_over > 5);
  CHECK(passed_over < 500);
  CHECK(reader.readable_below(kLobby, {2}, {1}) == Sequence{1});
  CHECK(reader.readable_below(kLobby, {}, {1}) == Sequence{kCount});
}
