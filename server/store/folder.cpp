#include "server/store/folder.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

namespace chat::store {
namespace {

std::unexpected<net::Failure> failure(std::string_view doing, const std::filesystem::path& path) {
  return std::unexpected(net::last_failure(std::string(doing) + " " + path.string()));
}

std::filesystem::path above(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : ".";
}

}  // namespace

std::filesystem::path database_in(const std::filesystem::path& folder) {
  return folder / "edgechat.db";
}

bool is_there(const std::filesystem::path& file) {
  std::error_code error;
  return std::filesystem::exists(file, error) || error;
}

std::expected<void, net::Failure> make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  if (std::filesystem::is_directory(folder, error))
    return {};
  if (const auto parent = above(folder); parent != folder) {
    if (auto made = make_folder(parent); !made)
      return made;
  }
  if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST)
    return failure("making the folder", folder);
  return sync_folder(above(folder));
}

std::expected<FolderLock, net::Failure> FolderLock::take(const std::filesystem::path& folder) {
  const auto path = folder / "lock";
  net::UniqueFd file(
      ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
  if (!file)
    return failure("opening", path);
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0)
    return failure("locking", path);
  return FolderLock(std::move(file));
}

std::expected<void, net::Failure> prepare_file(const std::filesystem::path& file) {
  const net::UniqueFd made(
      ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (made)
    return sync_folder(above(file));
  if (errno != EEXIST)
    return failure("making", file);
  // Not opened: closing it would drop the locks that this process has on it.
  if (::chmod(file.c_str(), S_IRUSR | S_IWUSR) != 0)
    return failure("protecting", file);
  return {};
}

std::expected<void, net::Failure> try_space(const std::filesystem::path& folder,
                                            std::int64_t bytes) {
  std::string name = (folder / "space-XXXXXX").string();
  const net::UniqueFd made(::mkostemp(name.data(), O_CLOEXEC));
  if (!made)
    return failure("making", name);
  ::unlink(name.c_str());
  if (const int error = ::posix_fallocate(made.get(), 0, bytes); error != 0)
    return std::unexpected(net::Failure{error, "writing " + name});
  return {};
}

std::filesystem::path log_of(const std::filesystem::path& file) {
  return file.string() + "-wal";
}

bool lies_beside_foreign_log(const std::filesystem::path& file) {
  std::error_code error;
  if (std::filesystem::file_size(log_of(file), error) == 0 || error)
    return false;
  // The version of the format that is needed to write it, as SQLite's documents say: 2 is the
  // write-ahead log.
  constexpr std::streamoff kVersionAt = 18;
  std::ifstream header(file, std::ios::binary);
  header.seekg(kVersionAt);
  return header.get() == 1;
}

std::expected<void, net::Failure> sync_folder(const std::filesystem::path& folder) {
  const net::UniqueFd opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened)
    return failure("opening", folder);
  // Some file systems cannot, and need not.
  if (::fsync(opened.get()) != 0 && errno != EINVAL)
    return failure("syncing", folder);
  return {};
}

}  // namespace chat::store
