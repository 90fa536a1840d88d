#include "tests/store/watched_disk.hpp"

#include <cassert>
#include <filesystem>
#include <new>
#include <utility>

namespace chat::store::test {

// Laid out as SQLite wants it: what it knows comes first, and the real file behind it, in the same
// block of memory.
struct WatchedFile {
  sqlite3_file base;
  WatchedDisk* disk;  // null: of no interest
  std::string name;
  sqlite3_file* real;

  static WatchedFile& of(sqlite3_file* file) { return *reinterpret_cast<WatchedFile*>(file); }
  static const sqlite3_io_methods& methods();

  std::optional<Refusal> refused(Operation::Kind kind, std::uint64_t where = 0, Bytes bytes = {}) {
    if (disk == nullptr)
      return std::nullopt;
    return disk->refused({kind, name, where, std::move(bytes)});
  }

  static int close(sqlite3_file* file) {
    WatchedFile& watched = of(file);
    const int code = watched.real->pMethods != nullptr
                         ? watched.real->pMethods->xClose(watched.real)
                         : SQLITE_OK;
    std::destroy_at(&watched.name);
    return code;
  }

  static int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 where) {
    WatchedFile& watched = of(file);
    const auto* const first = static_cast<const std::uint8_t*>(data);
    if (const auto refusal =
            watched.refused(Operation::Kind::write, static_cast<std::uint64_t>(where),
                            Bytes(first, first + size))) {
      const auto done = std::min(refusal->bytes_done, static_cast<std::size_t>(size));
      if (done > 0)
        watched.real->pMethods->xWrite(watched.real, data, static_cast<int>(done), where);
      return refusal->code;
    }
    return watched.real->pMethods->xWrite(watched.real, data, size, where);
  }

  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    WatchedFile& watched = of(file);
    if (const auto refusal =
            watched.refused(Operation::Kind::truncate, static_cast<std::uint64_t>(size)))
      return refusal->code;
    return watched.real->pMethods->xTruncate(watched.real, size);
  }

  static int sync(sqlite3_file* file, int flags) {
    WatchedFile& watched = of(file);
    if (const auto refusal = watched.refused(Operation::Kind::sync))
      return refusal->code;
    return watched.real->pMethods->xSync(watched.real, flags);
  }
};

const sqlite3_io_methods& WatchedFile::methods() {
  static const auto real = [](sqlite3_file* file) { return of(file).real; };
  static const sqlite3_io_methods methods{
      2,  // with shared memory, without memory-mapped files
      close,
      [](sqlite3_file* f, void* to, int size, sqlite3_int64 where) {
        return real(f)->pMethods->xRead(real(f), to, size, where);
      },
      write,
      truncate,
      sync,
      [](sqlite3_file* f, sqlite3_int64* size) {
        return real(f)->pMethods->xFileSize(real(f), size);
      },
      [](sqlite3_file* f, int lock) { return real(f)->pMethods->xLock(real(f), lock); },
      [](sqlite3_file* f, int lock) { return real(f)->pMethods->xUnlock(real(f), lock); },
      [](sqlite3_file* f, int* out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); },
      [](sqlite3_file* f, int what, void* arg) {
        return real(f)->pMethods->xFileControl(real(f), what, arg);
      },
      [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); },
      [](sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); },
      [](sqlite3_file* f, int page, int size, int extend, void volatile** to) {
        return real(f)->pMethods->xShmMap(real(f), page, size, extend, to);
      },
      [](sqlite3_file* f, int offset, int n, int flags) {
        return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
      },
      [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); },
      [](sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); },
      nullptr,
      nullptr};
  return methods;
}

WatchedDisk::WatchedDisk() : real_(sqlite3_vfs_find(nullptr)), vfs_(*real_) {
  vfs_.szOsFile = static_cast<int>(sizeof(WatchedFile)) + real_->szOsFile;
  vfs_.zName = "watched";
  vfs_.pAppData = this;
  vfs_.pNext = nullptr;
  vfs_.xOpen = open;
  vfs_.xDelete = remove;
  vfs_.xGetLastError = last_error;
  sqlite3_vfs_register(&vfs_, 1);
}

WatchedDisk::~WatchedDisk() {
  sqlite3_vfs_unregister(&vfs_);
  sqlite3_vfs_register(real_, 1);
}

std::optional<Refusal> WatchedDisk::refused(Operation operation) {
  if (!watch)
    return std::nullopt;
  auto refusal = watch(operation);
  last_error_ = refusal ? refusal->system_error : 0;
  return refusal;
}

int WatchedDisk::open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out) {
  auto& disk = *static_cast<WatchedDisk*>(vfs->pAppData);
  constexpr int kInteresting = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
  auto& watched = *new (file) WatchedFile{};
  watched.real = reinterpret_cast<sqlite3_file*>(&watched + 1);
  watched.real->pMethods = nullptr;
  watched.base.pMethods = &WatchedFile::methods();
  if ((flags & kInteresting) != 0 && path != nullptr) {
    watched.disk = &disk;
    watched.name = std::filesystem::path(path).filename();
    if (const auto refusal = watched.refused(Operation::Kind::open))
      return refusal->code;
  }
  return disk.real_->xOpen(disk.real_, path, watched.real, flags, out);
}

int WatchedDisk::remove(sqlite3_vfs* vfs, const char* path, int sync_folder) {
  auto& disk = *static_cast<WatchedDisk*>(vfs->pAppData);
  if (const auto refusal =
          disk.refused({Operation::Kind::remove, std::filesystem::path(path).filename(), 0, {}}))
    return refusal->code;
  return disk.real_->xDelete(disk.real_, path, sync_folder);
}

int WatchedDisk::last_error(sqlite3_vfs* vfs, int bytes, char* words) {
  auto& disk = *static_cast<WatchedDisk*>(vfs->pAppData);
  if (disk.last_error_ != 0)
    return disk.last_error_;
  return disk.real_->xGetLastError(disk.real_, bytes, words);
}

}  // namespace chat::store::test
