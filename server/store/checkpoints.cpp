#include "server/store/checkpoints.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <vector>

#include "net/failure.hpp"
#include "net/unique_fd.hpp"
#include "server/store/folder.hpp"
#include "server/store/sqlite.hpp"

namespace chat::store {
namespace {

using namespace std::chrono_literals;

constexpr auto kWaitAtTheEnds = 100ms;  // of a run
constexpr auto kWait = 20ms;
// Longer than any reader of the server reads at a time.
constexpr auto kLongWait = 300ms;

// Whether readers permitted it, for whom it waits that long.
bool checkpoint(sqlite::Database& database, int mode, std::chrono::milliseconds wait) {
  database.set_patience(wait);
  const int code = sqlite3_wal_checkpoint_v2(database.handle(), "main", mode, nullptr, nullptr);
  database.set_patience(sqlite::kPatience);
  if (code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY)
    database.fail(code);
  return code == SQLITE_OK;
}

[[noreturn]] void fail_on(const std::filesystem::path& file, int code) {
  const int error = errno;
  throw sqlite::Error(code, error,
                      net::describe(net::Failure{error, "writing again " + file.string()}));
}

void write_again(const std::filesystem::path& file) {
  const net::UniqueFd opened(::open(file.c_str(), O_RDWR | O_CLOEXEC));
  if (!opened)
    return fail_on(file, SQLITE_CANTOPEN);
  std::vector<char> bytes(1 << 20);
  for (off_t at = 0;;) {
    const ssize_t read = ::pread(opened.get(), bytes.data(), bytes.size(), at);
    if (read < 0)
      fail_on(file, SQLITE_IOERR_READ);
    if (read == 0)
      break;
    if (::pwrite(opened.get(), bytes.data(), static_cast<std::size_t>(read), at) != read)
      fail_on(file, SQLITE_IOERR_WRITE);
    at += read;
  }
  if (::fsync(opened.get()) != 0)
    fail_on(file, SQLITE_IOERR_FSYNC);
}

}  // namespace

bool checkpoint_all(sqlite::Database& database) {
  return checkpoint(database, SQLITE_CHECKPOINT_TRUNCATE, kWaitAtTheEnds);
}

void write_log_again(sqlite::Database& database, const std::filesystem::path& file) {
  const sqlite::Transaction keeps_writers_away(database);
  write_again(log_of(file));
}

Checkpoints::Checkpoints(sqlite::Database& database, std::uint32_t pages_between)
    : database_(database),
      pages_between_(pages_between),
      too_many_(4 * pages_between),
      far_too_many_(2 * too_many_),
      insists_at_(far_too_many_) {
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
  if (*pages_ < too_many_) {
    checkpoint(database_, SQLITE_CHECKPOINT_PASSIVE, kWait);
    return;
  }
  const bool insists = *pages_ >= insists_at_;
  if (checkpoint(database_, SQLITE_CHECKPOINT_RESTART, insists ? kLongWait : kWait))
    insists_at_ = far_too_many_;
  else if (insists)
    insists_at_ = *pages_ + *pages_ / 2;
}

}  // namespace chat::store
