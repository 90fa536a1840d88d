#include "server/store/backup.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

#include "net/failure.hpp"
#include "net/unique_fd.hpp"
#include "server/store/folder.hpp"
#include "server/store/opening.hpp"
#include "server/store/run_record.hpp"
#include "server/store/schema.hpp"
#include "server/store/sqlite.hpp"

namespace chat::store {
namespace {

std::filesystem::path folder_of(const std::filesystem::path& file) {
  return file.has_parent_path() ? file.parent_path() : ".";
}

// Some file systems cannot rename without replacing, and can give a second name.
int move_without_replacing(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS)
    return -1;
  return ::link(from.c_str(), to.c_str()) == 0 ? ::unlink(from.c_str()) : -1;
}

// Under a name of its own until it is complete; gone unless it is then.
class Unfinished {
 public:
  static std::expected<Unfinished, net::Failure> make(const std::filesystem::path& file) {
    std::string name = file.string() + ".XXXXXX";
    const net::UniqueFd made(::mkostemp(name.data(), O_CLOEXEC));  // mode 0600
    if (!made)
      return std::unexpected(net::last_failure("making " + name));
    return Unfinished(name);
  }
  Unfinished(Unfinished&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Unfinished& operator=(Unfinished&&) = delete;
  ~Unfinished() {
    if (path_.empty())
      return;
    for (const char* const beside : {"", "-journal", "-wal"})
      ::unlink((path_.string() + beside).c_str());
  }

  const std::filesystem::path& path() const { return path_; }

  // EEXIST: there is one already. Nothing that is there is replaced.
  std::expected<void, net::Failure> finish(const std::filesystem::path& file) {
    const net::UniqueFd written(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
    if (!written || ::fsync(written.get()) != 0)
      return std::unexpected(net::last_failure("syncing " + path_.string()));
    if (move_without_replacing(path_, file) != 0)
      return std::unexpected(net::last_failure("making " + file.string()));
    return sync_folder(folder_of(file));
  }

 private:
  explicit Unfinished(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

// Leaves others the disk and the processor for twice as long as it has used them: a commit that has
// to wait until megabytes of a copy are written keeps a room waiting.
class Pace {
 public:
  explicit Pace(const std::filesystem::path& file)
      : file_(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {}

  void step_done() {
    ::fdatasync(file_.get());  // that all is on the disk is seen to at the end
    std::this_thread::sleep_for(2 * (Clock::now() - begin_));
    begin_ = Clock::now();
  }

 private:
  using Clock = std::chrono::steady_clock;
  net::UniqueFd file_;
  Clock::time_point begin_ = Clock::now();
};

// Page by page, within one transaction of the source, so that what is written there meanwhile makes
// no difference.
void copy_pages(sqlite::Database& from, sqlite::Database& to, Pace pace) {
  constexpr int kPagesAtOnce = 256;
  sqlite3_backup* const copying = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (copying == nullptr)
    to.fail(sqlite3_extended_errcode(to.handle()));
  int code = SQLITE_OK;
  while (code == SQLITE_OK) {
    code = sqlite3_backup_step(copying, kPagesAtOnce);
    pace.step_done();
  }
  sqlite3_backup_finish(copying);
  if (code != SQLITE_DONE)
    throw sqlite::Error(code, sqlite3_system_errno(to.handle()), sqlite3_errstr(code));
}

// One file, with nothing beside it.
std::uint64_t make_copy(sqlite::Database& from, const std::filesystem::path& file) {
  {
    sqlite::Database to(file, sqlite::Access::write);
    to.run("PRAGMA synchronous = OFF");  // synced when it is complete
    copy_pages(from, to, Pace(file));
  }
  sqlite::Database copy(file, sqlite::Access::write);
  copy.run("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE");
  mark_as_copy(copy);
  return static_cast<std::uint64_t>(copy.number("SELECT count(*) FROM messages"));
}

std::expected<std::uint64_t, std::string> copy_store(const std::filesystem::path& folder,
                                                     const std::filesystem::path& file) {
  sqlite::Database from(database_in(folder), sqlite::Access::read);
  if (const auto readable = check_schema(from); !readable)
    return std::unexpected(sentence_on(folder, readable.error()));
  from.run("BEGIN");
  from.number("SELECT count(*) FROM run");
  return make_copy(from, file);
}

std::unexpected<std::string> failed(const std::filesystem::path& file, const std::string& why) {
  return std::unexpected(fmt::format("The backup {} was not made: {}.", file.string(), why));
}

}  // namespace

std::expected<BackupInfo, std::string> backup(const std::filesystem::path& folder,
                                              const std::filesystem::path& file) {
  std::error_code ignored;
  if (std::filesystem::exists(std::filesystem::symlink_status(file, ignored)))
    return failed(file, "there is something of that name");
  if (!is_there(database_in(folder)))
    return std::unexpected(no_store_in(folder));
  auto unfinished = Unfinished::make(file);
  if (!unfinished)
    return failed(file, net::describe(unfinished.error()));
  std::expected<std::uint64_t, std::string> messages;
  try {
    messages = copy_store(folder, unfinished->path());
  } catch (const sqlite::Error& error) {
    return failed(file, error.what());
  }
  if (!messages)
    return std::unexpected(messages.error());
  const std::uint64_t bytes = std::filesystem::file_size(unfinished->path(), ignored);
  if (const auto finished = unfinished->finish(file); !finished)
    return failed(file, net::describe(finished.error()));
  return BackupInfo{*messages, bytes};
}

}  // namespace chat::store
