#include "server/store/checkpoints.hpp"

#include <sqlite3.h>

#include "server/store/sqlite.hpp"

namespace chat::store {
namespace {

constexpr int kReaderMilliseconds = 20;
constexpr int kBusyMilliseconds = 5'000;

void checkpoint(sqlite::Database& database, int mode) {
  const int code = sqlite3_wal_checkpoint_v2(database.handle(), "main", mode, nullptr, nullptr);
  if (code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY)
    database.fail(code);
}

}  // namespace

void checkpoint_all(sqlite::Database& database) {
  checkpoint(database, SQLITE_CHECKPOINT_TRUNCATE);
}

Checkpoints::Checkpoints(sqlite::Database& database, std::uint32_t pages_between)
    : database_(database), pages_between_(pages_between) {
  sqlite3_wal_hook(
      database.handle(),
      [](void* pages, sqlite3*, const char*, int now) {
        *static_cast<std::uint32_t*>(pages) = static_cast<std::uint32_t>(now);
        return SQLITE_OK;
      },
      pages_.get());
}

bool Checkpoints::is_due() const {
  // Fewer than last time: the log has begun again.
  const std::uint32_t before = *pages_ < pages_last_time_ ? 0 : pages_last_time_;
  return *pages_ - before >= pages_between_;
}

void Checkpoints::carry_over() {
  pages_last_time_ = *pages_;
  if (*pages_ < kPagesTooMany)
    return checkpoint(database_, SQLITE_CHECKPOINT_PASSIVE);
  sqlite3_busy_timeout(database_.handle(), kReaderMilliseconds);
  checkpoint(database_, SQLITE_CHECKPOINT_RESTART);
  sqlite3_busy_timeout(database_.handle(), kBusyMilliseconds);
}

}  // namespace chat::store
