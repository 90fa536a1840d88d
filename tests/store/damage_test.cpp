// Stores whose files were cut short, or in which bits have changed.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "server/store/check.hpp"
#include "server/store/sqlite.hpp"
#include "tests/libchat/random.hpp"
#include "tests/store/chatting.hpp"
#include "tests/store/memory_folder.hpp"

using namespace chat;
using namespace chat::store;
using namespace chat::store::test;
using chat::test::Random;

namespace {

constexpr std::array kRooms{kLobby, RoomId{2}, RoomId{5}};

std::string sentence(Random& random) {
  constexpr std::array kWords{"morning", "minutes", "of",    "yesterday", "roses", "Ärger",
                              "lost",    "them",    "where", "is",        "Lisa",  "👋"};
  std::string text;
  for (std::size_t words = 1 + random.below(20); words > 0; --words)
    text += fmt::format("{}{}", text.empty() ? "" : " ", kWords[random.below(kWords.size())]);
  return text;
}

// Three rooms with 600 messages.
void talk(Writer& writer) {
  Random random(1);
  auto known = beginning();
  known.push_back(open_room(kRooms[1], "garden"));
  known.push_back(pair_of(kRooms[2], kLisa, kTom));
  for (std::uint64_t i = 0; i < 600; i += 20) {
    Batch batch;
    for (std::uint64_t j = i; j < i + 20; ++j)
      batch.push_back(
          said(kRooms[random.below(3)], random.one_in(2) ? kLisa : kTom, j, sentence(random)));
    must_commit(writer, batch, i == 0 ? known : std::vector<StateChange>{});
  }
}

// Everything that is said and under which id, or an end where that cannot be read.
std::set<std::string> rows_of(const std::filesystem::path& folder) {
  std::set<std::string> found;
  try {
    sqlite::Database database(folder / "edgechat.db", sqlite::Access::read);
    for (const std::string_view sql :
         {"SELECT 'message', * FROM messages", "SELECT 'id', user, hex(id), * FROM ids"}) {
      sqlite::Statement statement(database, sql);
      auto rows = statement.query();
      while (rows.next()) {
        std::string row;
        for (int column = 0; column < 10; ++column)
          row += fmt::format("{}{}|", rows.text(column), rows.integer(column));
        found.insert(std::move(row));
      }
    }
  } catch (const sqlite::Error&) {
    found.insert("unreadable");
  }
  return found;
}

// The files of a store that nobody has damaged yet.
class Sound {
 public:
  explicit Sound(bool is_closed) {
    {
      Writer writer = opened(folder_.path());
      talk(writer);
      if (is_closed)
        REQUIRE(writer.close().has_value());
    }
    rows_ = rows_of(folder_.path());
    Reader reader = reading(folder_.path());
    for (const RoomId room : kRooms) {
      for (std::string& text : texts(reader, room))
        texts_.insert(fmt::format("{}: {}", room.value, text));
    }
    REQUIRE(texts_.size() == 600);
  }

  std::uintmax_t size_of(const char* file) const {
    return std::filesystem::file_size(folder_.path() / file);
  }
  void copy_to(const std::filesystem::path& folder) const {
    for (const char* const file : {"edgechat.db", "edgechat.db-wal"}) {
      if (std::filesystem::exists(folder_.path() / file))
        std::filesystem::copy_file(folder_.path() / file, folder / file);
    }
  }
  bool said(RoomId room, const StoredMessage& message) const {
    return texts_.contains(
        fmt::format("{}: {} {}", room.value, message.sequence.value, message.text));
  }
  bool has_rows(const std::set<std::string>& rows) const { return rows == rows_; }

 private:
  MemoryFolder folder_;
  std::set<std::string> rows_;
  std::set<std::string> texts_;  // "1: 17 Where is Lisa"
};

std::size_t check_page(const Sound& sound, RoomId room,
                       const std::expected<Reader::Page, std::string>& page) {
  if (!page) {
    CHECK_FALSE(page.error().empty());
    return 0;
  }
  CHECK(std::ranges::all_of(
      page->messages, [&](const StoredMessage& message) { return sound.said(room, message); }));
  return page->messages.size();
}

// Whatever can be read is what was said. How much that is.
std::size_t read_all(const Sound& sound, const std::filesystem::path& folder) {
  auto reader = Reader::open(folder);
  if (!reader)
    return 0;
  std::size_t count = 0;
  for (const RoomId room : kRooms) {
    count += check_page(sound, room, reader->from(room, {1}, {~0ULL}, 1 << 30));
    check_page(sound, room, reader->before(room, {}, {}, 1'000, 1 << 30));
  }
  const auto found = reader->search({"roses", {kRooms[0], kRooms[1]}, kLisa, 0, 1'000, 1'000'000});
  if (found)
    CHECK(std::ranges::all_of(
        found->hits, [&](const Reader::Hit& hit) { return sound.said(hit.room, hit.message); }));
  return count;
}

// A server is started on it, if it can be.
void serve(const std::filesystem::path& folder) {
  auto writer = Writer::open({.folder = folder, .retention = {.per_room = 150}}, kNow);
  if (!writer) {
    CHECK(writer.error().starts_with("The store in "));
    return;
  }
  const DurableState state = writer->take_opened().state;
  Batch batch;
  for (const DurableState::Room& room : state.rooms)
    batch.push_back(said(room.known.room, kLisa, 9'999, "What has happened here?"));
  [[maybe_unused]] const auto committed = commit(*writer, batch);
  for (int pieces = 0; pieces < 100 && writer->tend(kNow).value_or(false); ++pieces)
    continue;
  [[maybe_unused]] const auto closed = writer->close();
}

// Damage is detected, what is readable is true, nothing crashes.
std::size_t survey(const Sound& sound, const std::filesystem::path& folder) {
  const Verdict verdict = check(folder);
  REQUIRE_FALSE(verdict.lines.empty());
  if (!sound.has_rows(rows_of(folder)))
    CHECK_FALSE(verdict.is_sound);
  const std::size_t readable = read_all(sound, folder);
  serve(folder);
  return readable;
}

void flip(const std::filesystem::path& file, std::uintmax_t byte, std::size_t bit) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekg(static_cast<std::streamoff>(byte));
  const int before = stream.get();
  stream.seekp(static_cast<std::streamoff>(byte));
  stream.put(static_cast<char>(before ^ (1 << bit)));
}

}  // namespace

TEST_CASE("a store that was cut short is found out, wherever that was") {
  const Sound sound(true);
  constexpr std::uintmax_t kStep = 1'536;
  for (std::uintmax_t size = 0; size < sound.size_of("edgechat.db"); size += kStep) {
    CAPTURE(size);
    const MemoryFolder folder;
    sound.copy_to(folder.path());
    std::filesystem::resize_file(folder.path() / "edgechat.db", size);
    CHECK_FALSE(check(folder.path()).is_sound);
    survey(sound, folder.path());
  }
}

TEST_CASE("what was cut off a store is named, and the rest is readable") {
  const Sound sound(true);
  const MemoryFolder folder;
  sound.copy_to(folder.path());
  // The last pages are those of the latest messages.
  std::filesystem::resize_file(folder.path() / "edgechat.db",
                               sound.size_of("edgechat.db") / 10 * 9);
  const Verdict verdict = check(folder.path());
  CHECK_FALSE(verdict.is_sound);
  CHECK(std::ranges::any_of(verdict.lines, [](const std::string& line) {
    return line.find("messages") != std::string::npos && line.starts_with("room ");
  }));
  Reader reader = reading(folder.path());
  CHECK(check_page(sound, kRooms[0], reader.before(kRooms[0], {100}, {}, 1'000, 1 << 30)) > 50);
}

TEST_CASE("bits that have changed are found out, and most of the rest is readable") {
  const Sound sound(true);
  Random random(7);
  std::size_t readable = 0;
  constexpr std::size_t kTimes = 300;
  for (std::size_t i = 0; i < kTimes; ++i) {
    const std::uintmax_t byte = random.below(sound.size_of("edgechat.db"));
    const std::size_t bit = random.below(8);
    CAPTURE(byte);
    CAPTURE(bit);
    const MemoryFolder folder;
    sound.copy_to(folder.path());
    flip(folder.path() / "edgechat.db", byte, bit);
    readable += survey(sound, folder.path());
  }
  const std::size_t average = readable / kTimes;
  MESSAGE(average, " of 600 messages readable, on the average");
  CHECK(average > 570);
}

TEST_CASE("very many changed bits do no harm, either") {
  const Sound sound(true);
  Random random(8);
  for (std::size_t i = 0; i < 60; ++i) {
    CAPTURE(i);
    const MemoryFolder folder;
    sound.copy_to(folder.path());
    // The header stays, so that it is not only refused.
    for (int flips = 0; flips < 200; ++flips)
      flip(folder.path() / "edgechat.db", 100 + random.below(sound.size_of("edgechat.db") - 100),
           random.below(8));
    survey(sound, folder.path());
  }
}

TEST_CASE("a changed bit in the write-ahead log is found out, and begins a new epoch") {
  const Sound sound(false);
  Random random(10);
  const std::uintmax_t size = sound.size_of("edgechat.db-wal");
  int usable = 0;
  for (std::size_t i = 0; i < 40; ++i) {
    // Of the header, and of all but the last commits.
    const std::uintmax_t byte = i < 8 ? i * 4 : random.below(size * 3 / 4);
    CAPTURE(byte);
    const MemoryFolder folder;
    sound.copy_to(folder.path());
    flip(folder.path() / "edgechat.db-wal", byte, random.below(8));
    const Verdict verdict = check(folder.path());
    CHECK_FALSE(verdict.is_sound);
    auto writer = Writer::open({.folder = folder.path()}, kNow);
    if (!writer)  // of a beginning without its tables nothing is left
      continue;
    ++usable;
    const auto opened = writer->take_opened();
    CHECK(opened.lost_commits > 1);
    CHECK(opened.epoch_is_new);
  }
  CHECK(usable > 20);
}

TEST_CASE("a write-ahead log with changed bits gives what was before them") {
  const Sound sound(false);
  Random random(9);
  for (std::size_t i = 0; i < 100; ++i) {
    const std::uintmax_t byte = random.below(sound.size_of("edgechat.db-wal"));
    CAPTURE(byte);
    const MemoryFolder folder;
    sound.copy_to(folder.path());
    if (i % 2 == 0)
      flip(folder.path() / "edgechat.db-wal", byte, random.below(8));
    else
      std::filesystem::resize_file(folder.path() / "edgechat.db-wal", byte);
    read_all(sound, folder.path());
    serve(folder.path());
  }
}
