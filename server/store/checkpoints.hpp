// When what stands in the write-ahead log is carried over into the database.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

namespace chat::store {

namespace sqlite {
class Database;
}

// Carries all of it over, syncs that, and empties the log. False: readers at work have kept some of
// it from happening, for longer than it waits for them, which is not long. Throws sqlite::Error.
// The log has everything then, too.
bool checkpoint_all(sqlite::Database& database);

// For when it cannot be carried over: puts every byte of the log on the disk again, where the
// system may have given up writing it without saying so a second time. Nobody writes to the store
// meanwhile; readers may read. Throws sqlite::Error.
void write_log_again(sqlite::Database& database, const std::filesystem::path& file);

// SQLite would do it within a commit, and not say when it fails. The database outlives it.
class Checkpoints {
 public:
  // How long the log's file stays once it has been longer.
  static constexpr std::int64_t kMostBytesKept = 64 * 1024 * 1024;

  Checkpoints(sqlite::Database& database, std::uint32_t pages_between);

  // Whether so much was written since the last time that it is worth it.
  bool is_due() const;
  // As far as readers permit. When the log has become very long it waits for them a little, and
  // when that did not help, longer than readers of a server read at a time: new ones do not hold it
  // up. Somebody who reads on all the same, as a backup does, is waited for ever more seldom.
  // Throws sqlite::Error; the log has everything then.
  void carry_over();

 private:
  sqlite::Database& database_;
  std::uint32_t pages_between_;
  std::uint32_t too_many_;
  std::uint32_t far_too_many_;
  std::uint32_t insists_at_;
  // Of the log, as it was at the last commit; SQLite tells it.
  std::unique_ptr<std::uint32_t> pages_ = std::make_unique<std::uint32_t>(0);
  std::uint32_t pages_last_time_ = 0;
};

}  // namespace chat::store
