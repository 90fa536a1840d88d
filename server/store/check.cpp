#include "server/store/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string_view>

#include "libchat/text.hpp"
#include "server/store/findings.hpp"
#include "server/store/folder.hpp"
#include "server/store/log_damage.hpp"
#include "server/store/message_rows.hpp"
#include "server/store/opening.hpp"
#include "server/store/room_check.hpp"
#include "server/store/run_record.hpp"
#include "server/store/schema.hpp"
#include "server/store/search_check.hpp"
#include "server/store/sqlite.hpp"
#include "server/store/state_rows.hpp"

namespace chat::store {
namespace {

std::string counted(std::uint64_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

// All of it as it is at one moment: for as long as the connection lives.
class Check {
 public:
  explicit Check(sqlite::Database& database) : database_(database) { database_.run("BEGIN"); }

  Findings run() {
    part("the file", [this] { check_file(); });
    part("the state", [this] { check_state(); });
    part("the rooms", [this] { check_rooms(); });
    part("messages of rooms that are unknown", [this] { check_strays(); });
    part("the ids", [this] { check_ids(); });
    part("the search index", [this] { check_search(); });
    return std::move(findings_);
  }

  // "2 rooms, 1 pair, 30 messages that can be read"
  std::string contents() const {
    const std::string pairs = pairs_ == 0 ? "" : counted(pairs_, "pair") + ", ";
    return fmt::format("{}, {}{} that can be read", counted(rooms_.size() - pairs_, "room"), pairs,
                       counted(readable_, "message"));
  }

 private:
  // What cannot be read is a finding, and the other parts are looked at all the same.
  template <class Look>
  void part(std::string_view what, Look look) {
    try {
      look();
    } catch (const sqlite::Error& error) {
      findings_.add(fmt::format("{}: {}", what, error.what()));
    }
  }

  void check_file();
  void check_state();
  void check_rooms();
  void check_strays();
  void check_ids();
  void check_digests_of_ids();
  void check_places_of_ids();
  void check_search();

  sqlite::Database& database_;
  Findings findings_;
  std::set<RoomId> rooms_;
  std::size_t pairs_ = 0;  // of the rooms
  std::uint64_t readable_ = 0;
};

void Check::check_file() {
  sqlite::Statement statement(database_,
                              fmt::format("PRAGMA integrity_check({})", Findings::kMostOfAKind));
  auto rows = statement.query();
  while (rows.next()) {
    if (rows.text(0) != "ok")
      findings_.add(fmt::format("the file: {}", harmless(rows.text(0))));
  }
}

void Check::check_state() {
  if (const auto record = check_run(database_); !record)
    findings_.add("the state: " + record.error());
  Findings put_right;
  if (const auto state = load_state(database_, put_right); !state)
    findings_.add("the state: " + state.error());
  for (const std::string& line : put_right.take())
    findings_.add("the state: " + line);
}

void Check::check_rooms() {
  RoomCheck check(database_);
  sqlite::Statement statement(database_, "SELECT room, name, last, kind FROM rooms");
  auto rows = statement.query();
  while (rows.next()) {
    CheckedRoom room{rows.id<RoomId>(0), {}, rows.sequence(2)};
    const std::string name = harmless(rows.text(1).substr(0, kMaxSentenceBytes));
    room.shown = name.empty() ? fmt::format("room {}", room.room.value)
                              : fmt::format("room {} ({})", room.room.value, name);
    if (rooms_.insert(room.room).second && rows.integer(3) == static_cast<int>(RoomKind::pair))
      ++pairs_;
    readable_ += check.check(room, findings_);
  }
}

// From one room that has messages to the next.
void Check::check_strays() {
  sqlite::Statement next(database_,
                         "SELECT room FROM messages WHERE room > ? ORDER BY room LIMIT 1");
  sqlite::Statement forgotten(database_, "SELECT 1 FROM forgotten_rooms WHERE room = ?");
  for (std::int64_t at = -1;;) {
    auto rows = next.query(at);
    // In a damaged index the next one may well be one before.
    if (!rows.next() || rows.integer(0) <= at)
      return;
    at = rows.integer(0);
    const RoomId room{static_cast<std::uint32_t>(at)};
    if (!rooms_.contains(room) && !forgotten.query(room).next())
      findings_.add(fmt::format("room {}: has messages, and is unknown", at));
  }
}

void Check::check_ids() {
  check_digests_of_ids();
  check_places_of_ids();
}

void Check::check_digests_of_ids() {
  sqlite::Statement statement(database_,
                              "SELECT user, id, body, room, sequence, time, digest FROM ids");
  auto rows = statement.query();
  std::size_t found = 0;
  while (rows.next()) {
    MessageId id{};
    const ByteView bytes = rows.blob(1);
    std::ranges::copy(bytes.first(std::min(bytes.size(), id.size())), id.begin());
    const std::uint64_t digest =
        digest_of_id(rows.id<UserId>(0), id, static_cast<std::uint64_t>(rows.integer(2)),
                     rows.id<RoomId>(3), rows.sequence(4), rows.time(5));
    if (digest != static_cast<std::uint64_t>(rows.integer(6)) && ++found <= Findings::kMostOfAKind)
      findings_.add(fmt::format("the ids: one of user {} makes no sense (room {}, message {})",
                                rows.integer(0), rows.integer(3), rows.integer(4)));
  }
  if (found > Findings::kMostOfAKind)
    findings_.add(fmt::format("the ids: {} more like that", found - Findings::kMostOfAKind));
}

// Those of messages that retention has taken stay for a while.
void Check::check_places_of_ids() {
  sqlite::Statement statement(
      database_,
      fmt::format(
          "SELECT ids.room, ids.sequence, ids.user FROM ids JOIN rooms USING(room) LEFT "
          "JOIN messages USING(room, sequence) WHERE ids.sequence > rooms.last OR "
          "ids.sequence < 1 OR messages.user <> ids.user OR messages.time <> ids.time LIMIT "
          "{}",
          Findings::kMostOfAKind));
  auto rows = statement.query();
  while (rows.next())
    findings_.add(fmt::format("room {}: message {} is not what an id of user {} says",
                              rows.integer(0), rows.integer(1), rows.integer(2)));
}

void Check::check_search() {
  if (!search_index_agrees(database_))
    findings_.add("the search index: does not say what the messages say");
}

Verdict verdict_on(const std::filesystem::path& folder, Findings findings,
                   const std::string& contents) {
  Verdict verdict{findings.empty(), findings.take()};
  verdict.lines.push_back(sentence_on(
      folder, fmt::format("is {}: {}", verdict.is_sound ? "sound" : "damaged", contents)));
  return verdict;
}

}  // namespace

Verdict check(const std::filesystem::path& folder) {
  const auto refused = [&folder](const std::string& what) {
    return Verdict{false, {sentence_on(folder, what)}};
  };
  if (!is_there(database_in(folder)))
    return {false, {no_store_in(folder)}};
  if (lies_beside_foreign_log(database_in(folder)))
    return refused("is a backup's copy beside the log of another store");
  try {
    const std::uint64_t lost = commits_behind_damage(log_of(database_in(folder)));
    auto [database, damage] = open_to_read(folder);
    database.run("PRAGMA temp_store = MEMORY");
    if (const auto readable = check_schema(database); !readable)
      return refused(readable.error());
    Check check(database);
    Findings findings = check.run();
    if (!damage.empty())
      findings.add("the file: " + damage);
    if (lost > 0)
      findings.add(fmt::format("the write-ahead log: is damaged, and {} commits are lost", lost));
    return verdict_on(folder, std::move(findings), check.contents());
  } catch (const sqlite::Error& error) {
    return refused(describe(error));
  }
}

}  // namespace chat::store
