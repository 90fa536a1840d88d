#include "server/store/search_words.hpp"
#include "tests/store/chatting.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chat;
using namespace chat::store;
using namespace chat::store::test;
using chat::test::TemporaryFolder;

using Texts = std::vector<std::string>;

namespace {

class Talk {
 public:
  Talk() : writer(opened(folder.path())) {
    must_commit(writer, {}, beginning());
    must_commit(
        writer,
        {said(kLobby, kLisa, 1, "Good morning, everybody"), said(kLobby, kTom, 1, "MORNING Lisa"),
         said({2}, kEve, 1, "morning roses"), said({5}, kLisa, 2, "a secret morning"),
         said({6}, kEve, 2, "Tom sleeps"), said(kLobby, kTom, 2, "Ärger mit x-ray_42 \"here\"")},
        {open_room({2}, "garden"), pair_of({5}, kLisa, kTom), pair_of({6}, kEve, kTom)});
  }

  // With more time than a busy machine takes: a search that has none left goes on another time.
  Reader::Query query(std::string text) const {
    return {std::move(text), {kLobby, {2}}, kLisa, 0, 100, 1'000'000, std::chrono::minutes(1)};
  }

  Texts find(std::string text) {
    const auto found = reader.search(query(std::move(text)));
    REQUIRE_MESSAGE(found.has_value(), found.error());
    Texts texts;
    for (const Reader::Hit& hit : found->hits)
      texts.push_back(fmt::format("{}: {}", hit.room.value, hit.message.text));
    return texts;
  }

  const TemporaryFolder folder;
  Writer writer;
  Reader reader = reading(folder.path());
};

}  // namespace

TEST_CASE("every word must occur, in the rooms asked for and the pairs of the user") {
  Talk talk;
  CHECK(talk.find("morning") == Texts{"5: a secret morning", "2: morning roses", "1: MORNING Lisa",
                                      "1: Good morning, everybody"});
  CHECK(talk.find("morning good") == Texts{"1: Good morning, everybody"});
  CHECK(talk.find("sleeps").empty());
  CHECK(talk.find("night").empty());
}

TEST_CASE("the last word may be a beginning, the others may not") {
  Talk talk;
  CHECK(talk.find("good morn") == Texts{"1: Good morning, everybody"});
  CHECK(talk.find("morn good").empty());
}

TEST_CASE("case and accents make no difference") {
  Talk talk;
  CHECK(talk.find("arger").size() == 1);
  CHECK(talk.find("ÄRGER").size() == 1);
}

TEST_CASE("somebody else's pair is not searched, even when it is asked for") {
  Talk talk;
  Reader::Query query = talk.query("sleeps");
  query.rooms.push_back({6});
  CHECK(talk.reader.search(query)->hits.empty());
}

TEST_CASE("no text is a syntax error") {
  Talk talk;
  for (const std::string text :
       {"",      " ",   "\"", "\"\"\"", "*",     "a*",    "^a",   "NEAR(",   "AND",
        "a AND", "NOT", "(",  ")",      "{a}:b", "text:", "-",    "a - b",   ":-)",
        "👋",    "\\",  "'",  ";--",    "\x7F",  "a\nb",  "🇩🇪 x", "\"a\" OR"}) {
    CAPTURE(text);
    CHECK(talk.reader.search(talk.query(text)).has_value());
  }
  CHECK(talk.reader.search(talk.query(std::string("morning\0x", 9))).has_value());
  CHECK(talk.reader.search(talk.query("\xFF\xC3")).has_value());
  std::string long_text;
  for (int i = 0; i < 2000; ++i)
    long_text += fmt::format("w{} ", i);
  CHECK(talk.reader.search(talk.query(long_text))->hits.empty());
}

TEST_CASE("a text without words finds nothing, a smile beside a word does no harm") {
  Talk talk;
  CHECK(talk.find(":-) !").empty());
  CHECK(talk.find("secret :-)") == Texts{"5: a secret morning"});
  CHECK(talk.find("\"here\" x-ray_42").size() == 1);
}

TEST_CASE("pages of hits follow each other") {
  Talk talk;
  Reader::Query query = talk.query("morning");
  query.count = 3;
  const auto first = talk.reader.search(query);
  CHECK(first->hits.size() == 3);
  REQUIRE(first->next != 0);
  query.below = first->next;
  const auto second = talk.reader.search(query);
  REQUIRE(second->hits.size() == 1);
  CHECK(second->hits[0].message.text == "Good morning, everybody");
  CHECK(second->next == 0);
}

TEST_CASE("a page of hits takes as many bytes as it may, but one hit at least") {
  Talk talk;
  Reader::Query query = talk.query("morning");
  query.bytes = 0;
  std::size_t pages = 0;
  do {
    const auto found = talk.reader.search(query);
    CHECK(found->hits.size() == 1);
    query.below = found->next;
    ++pages;
  } while (query.below != 0);
  CHECK(pages == 4);
}

TEST_CASE("words in rooms that may not be read cost a bounded piece of work") {
  Talk talk;
  Batch batch;
  for (std::uint64_t i = 0; i < Reader::kMostLookedAt + 10; ++i)
    batch.push_back(said({6}, kEve, 100 + i, "common"));
  batch.insert(batch.begin(), said(kLobby, kTom, 100, "common"));
  must_commit(talk.writer, batch);
  Reader::Query query = talk.query("common");
  const auto first = talk.reader.search(query);
  CHECK(first->hits.empty());
  REQUIRE(first->next != 0);
  query.below = first->next;
  const auto second = talk.reader.search(query);
  CHECK(second->hits.size() == 1);
  CHECK(second->next == 0);
}

TEST_CASE("what is said in a forgotten room is not found") {
  Talk talk;
  must_commit(talk.writer, {}, {ForgottenRoom{{5}}});
  CHECK(talk.find("secret").empty());
}

TEST_CASE("a search that has no more time goes on where it was") {
  Talk talk;
  Reader::Query query = talk.query("morning");
  query.most_time = std::chrono::milliseconds(0);
  std::size_t hits = 0;
  std::size_t pages = 0;
  do {
    const auto found = talk.reader.search(query);
    REQUIRE_MESSAGE(found.has_value(), found.error());
    hits += found->hits.size();
    query.below = found->next;
    ++pages;
  } while (query.below != 0 && pages < 100);
  CHECK(hits == 4);
  CHECK(pages > 1);
}

TEST_CASE("where too many words begin alike, the word itself is looked for") {
  Talk talk;
  Batch batch;
  for (std::uint64_t i = 0; i < 2'000; ++i) {
    std::string text;
    for (std::uint64_t j = 0; j < 15; ++j)
      text += fmt::format("a{:x} ", (i * 15 + j) * 0x9E37'79B9'7F4A'7C15);
    batch.push_back(said(kLobby, kTom, 100 + i, text));
  }
  must_commit(talk.writer, batch);
  Reader::Query query = talk.query("a");
  CHECK(talk.reader.search(query)->hits.size() == 100);
  query.most_time = std::chrono::milliseconds(0);
  auto found = talk.reader.search(query);
  // A machine that is busy may take too long for the word itself, too.
  for (int tries = 0; !found && tries < 1'000; ++tries)
    found = talk.reader.search(query);
  REQUIRE_MESSAGE(found.has_value(), found.error());
  REQUIRE(found->hits.size() == 1);
  CHECK(found->hits[0].message.text == "a secret morning");
}
