// The disk as SQLite sees it, with somebody who watches what is done to it, and may say no.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "libchat/bytes.hpp"

namespace chat::store::test {

// Something that changes what is on the disk, or makes it certain.
struct Operation {
  enum class Kind { open, write, truncate, sync, remove };
  Kind kind;
  std::string file;         // its name alone
  std::uint64_t where = 0;  // of a write; of a truncation, the size that stays
  Bytes bytes{};
  bool fails = false;
};

// What becomes of an operation: nothing wrong, or a code of SQLite, and how much of a write is done
// all the same.
struct Refusal {
  int code;
  int system_error;
  std::size_t bytes_done = 0;
};

// While it lives every database that this process opens is on this disk; the files are real ones.
// One at a time; one thread.
class WatchedDisk {
 public:
  WatchedDisk();
  ~WatchedDisk();
  WatchedDisk(const WatchedDisk&) = delete;
  WatchedDisk& operator=(const WatchedDisk&) = delete;

  // Called before each operation.
  std::function<std::optional<Refusal>(const Operation&)> watch;

 private:
  friend struct WatchedFile;

  // A code for SQLite, when it is refused.
  std::optional<Refusal> refused(Operation operation);

  static int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out);
  static int remove(sqlite3_vfs* vfs, const char* path, int sync_folder);
  static int last_error(sqlite3_vfs* vfs, int bytes, char* words);

  sqlite3_vfs* real_;
  sqlite3_vfs vfs_;
  int last_error_ = 0;
};

}  // namespace chat::store::test
