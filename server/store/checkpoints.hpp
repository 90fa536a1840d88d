// When what stands in the write-ahead log is carried over into the database.
#pragma once

#include <cstdint>
#include <memory>

namespace chat::store {

namespace sqlite {
class Database;
}

// Carries all of it over, syncs that, and empties the log; readers at work may keep some of it from
// happening. Throws sqlite::Error; the log has everything then.
void checkpoint_all(sqlite::Database& database);

// SQLite would do it within a commit, and not say when it fails. The database outlives it.
class Checkpoints {
 public:
  // How long the log's file stays once it has been longer.
  static constexpr std::int64_t kMostBytesKept = 64 * 1024 * 1024;

  Checkpoints(sqlite::Database& database, std::uint32_t pages_between);

  // Whether so much was written since the last time that it is worth it.
  bool is_due() const;
  // As far as readers permit. When the log has become very long it waits for them a little. Throws
  // sqlite::Error; the log has everything then.
  void carry_over();

 private:
  static constexpr std::uint32_t kPagesTooMany = 16'000;

  sqlite::Database& database_;
  std::uint32_t pages_between_;
  // Of the log, as it was at the last commit; SQLite tells it.
  std::unique_ptr<std::uint32_t> pages_ = std::make_unique<std::uint32_t>(0);
  std::uint32_t pages_last_time_ = 0;
};

}  // namespace chat::store
