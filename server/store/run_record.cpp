#include "server/store/run_record.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "server/store/sqlite.hpp"

namespace chat::store {
namespace {

// How far behind the known numbers the ones may be that were given out in a tail that is lost, or
// by the store of which this is a copy.
constexpr std::int64_t kStartsSkipped = 1 << 16;
constexpr std::int64_t kRoomsSkipped = 1 << 20;
constexpr std::int64_t kMostStarts = std::numeric_limits<std::int32_t>::max();
constexpr std::int64_t kMostRooms = std::numeric_limits<std::uint32_t>::max();

struct Record {
  Epoch epoch;
  TokenMint::Key token_key{};
  std::int64_t starts = 0;
  std::int64_t reserved_rooms = 0;
  Durability durability = Durability::power;
  bool ended_well = false;
  std::string boot_id;
  std::string file;
  bool is_copy = false;
};

constexpr const char* kNoSense = "what it says about itself makes no sense";

constexpr std::int64_t number_of(Durability durability) {
  return durability == Durability::power ? 1 : 2;
}

Epoch random_epoch() {
  Epoch epoch;
  while (epoch == Epoch{})
    randombytes_buf(&epoch.value, sizeof epoch.value);
  return epoch;
}

std::optional<Record> read_record(sqlite::Database& database) {
  sqlite::Statement statement(
      database,
      "SELECT epoch, token_key, starts, reserved_rooms, durability, ended_well, boot_id, file, "
      "is_copy FROM run");
  auto rows = statement.query();
  if (!rows.next())
    return std::nullopt;
  Record record{.epoch = rows.id<Epoch>(0),
                .starts = rows.integer(2),
                .reserved_rooms = rows.integer(3),
                .durability = rows.integer(4) == number_of(Durability::process)
                                  ? Durability::process
                                  : Durability::power,
                .ended_well = rows.integer(5) == 1,
                .boot_id = std::string(rows.text(6)),
                .file = std::string(rows.text(7)),
                .is_copy = rows.integer(8) == 1};
  std::ranges::copy_n(
      rows.blob(1).begin(),
      static_cast<std::ptrdiff_t>(std::min(rows.blob(1).size(), record.token_key.size())),
      record.token_key.begin());
  return record;
}

bool makes_sense(const Record& record) {
  return record.epoch != Epoch{} && record.token_key != TokenMint::Key{} && record.starts > 0 &&
         record.starts <= kMostStarts && record.reserved_rooms > 0 &&
         record.reserved_rooms <= kMostRooms;
}

// Of the run that begins. What no numbers are left for, or nothing.
std::optional<std::string_view> used_up(const Record& record) {
  if (record.starts > kMostStarts)
    return "users";
  if (record.reserved_rooms > kMostRooms)
    return "rooms";
  return std::nullopt;
}

void write_record(sqlite::Database& database, const Record& record) {
  sqlite::Statement statement(database,
                              "INSERT OR REPLACE INTO run VALUES(1, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  statement.run(record.epoch, record.token_key, record.starts, record.reserved_rooms,
                number_of(record.durability), record.ended_well, std::string_view(record.boot_id),
                std::string_view(record.file), record.is_copy);
}

// Whether the last run may have committed something that is not here.
bool may_have_lost(const Record& record, const Environment& environment,
                   const std::string& file_mark) {
  const bool is_copy = record.is_copy || record.file != file_mark;
  // Where the machine does not tell, it may have failed.
  const bool is_same_boot = record.boot_id == environment.boot_id && !record.boot_id.empty();
  const bool machine_failed =
      record.durability == Durability::process && !record.ended_well && !is_same_boot;
  return is_copy || machine_failed;
}

}  // namespace

std::expected<Run, std::string> begin_run(sqlite::Database& database, Durability durability,
                                          const Environment& environment,
                                          const std::filesystem::path& file, bool is_lost) {
  auto found = read_record(database);
  if (found && !makes_sense(*found))
    return std::unexpected(fmt::format("is damaged: {}", kNoSense));
  const bool is_new = !found;
  Record record = found.value_or(Record{});
  if (is_new)
    randombytes_buf(record.token_key.data(), record.token_key.size());

  const std::string file_mark = environment.mark_of_file(file);
  const bool epoch_is_new = is_new || is_lost || may_have_lost(record, environment, file_mark);
  if (epoch_is_new)
    record.epoch = random_epoch();
  if (epoch_is_new && !is_new) {
    record.starts += kStartsSkipped;
    record.reserved_rooms += kRoomsSkipped;
  }
  const RoomId last_room{static_cast<std::uint32_t>(record.reserved_rooms)};
  record.starts += 1;
  record.reserved_rooms += kRoomsReserved;
  if (const auto what = used_up(record))
    return std::unexpected(fmt::format("is full: all numbers for {} have been given", *what));
  record.durability = durability;
  record.ended_well = false;
  record.boot_id = environment.boot_id;
  record.file = file_mark;
  record.is_copy = false;
  write_record(database, record);
  return Run{record.epoch, epoch_is_new, record.token_key,
             UserId{static_cast<std::uint64_t>(record.starts) << 32}, last_room};
}

std::expected<void, std::string> check_run(sqlite::Database& database) {
  const auto record = read_record(database);
  if (!record || !makes_sense(*record))
    return std::unexpected(kNoSense);
  return {};
}

void end_run(sqlite::Database& database) {
  database.run("UPDATE run SET ended_well = 1");
}

void mark_as_copy(sqlite::Database& database) {
  database.run("UPDATE run SET is_copy = 1");
}

}  // namespace chat::store
