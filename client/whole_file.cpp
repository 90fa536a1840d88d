#include "client/whole_file.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include "client/private_folder.hpp"
#include "net/unique_fd.hpp"

namespace chat::client {
namespace {

constexpr std::size_t kMostBytes = 1024 * 1024;

// Where the links of a path lead, also when nothing is there.
std::filesystem::path behind_links(std::filesystem::path path) {
  constexpr int kMostLinks = 40;
  std::error_code error;
  for (int i = 0; i < kMostLinks && std::filesystem::is_symlink(path, error); ++i) {
    const auto target = std::filesystem::read_symlink(path, error);
    if (error)
      break;
    path = target.is_absolute() ? target : path.parent_path() / target;
  }
  return path;
}

bool is_replaceable(const std::filesystem::path& path) {
  struct stat status{};
  return ::lstat(path.c_str(), &status) != 0 || S_ISREG(status.st_mode);
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0)
      return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(file) == 0;
}

}  // namespace

std::expected<std::string, net::Failure> read_whole(const std::filesystem::path& path) {
  const auto failure = [&] {
    return std::unexpected(net::last_failure("reading " + path.string()));
  };
  const net::UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file && errno == ENOENT)
    return std::string();
  if (!file)
    return failure();
  std::string text;
  std::array<char, 4096> buffer;
  ssize_t size;
  while ((size = ::read(file.get(), buffer.data(), buffer.size())) > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(size));
    if (text.size() > kMostBytes) {
      errno = EFBIG;
      return failure();
    }
  }
  if (size < 0)
    return failure();
  return text;
}

std::expected<void, net::Failure> replace_whole(const std::filesystem::path& path,
                                                std::string_view text) {
  const auto target = behind_links(path);
  if (!is_replaceable(target))
    return std::unexpected(net::Failure{EOPNOTSUPP, "writing " + target.string()});
  if (auto made = make_private_folder(target.parent_path()); !made)
    return made;
  std::string beside = target.string() + ".XXXXXX";
  // With mode 0600.
  net::UniqueFd file(::mkostemp(beside.data(), O_CLOEXEC));
  bool done = static_cast<bool>(file);
  if (done)
    done = write_all(file.get(), text) && std::rename(beside.c_str(), target.c_str()) == 0;
  const int error = errno;
  if (done)
    return {};
  if (file)
    ::unlink(beside.c_str());
  return std::unexpected(net::Failure{error, "writing " + target.string()});
}

}  // namespace chat::client
