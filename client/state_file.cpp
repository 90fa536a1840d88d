#include "client/state_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

#include "client/private_folder.hpp"

namespace chat::client {

net::Failure StateFile::failure(std::string_view doing) const {
  return net::last_failure(std::string(doing) + " " + path_.string());
}

std::expected<StateFile, net::Failure> StateFile::open(const std::filesystem::path& path) {
  if (auto made = make_private_folder(path.parent_path()); !made)
    return std::unexpected(std::move(made.error()));
  StateFile file(net::UniqueFd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
                                      S_IRUSR | S_IWUSR)),
                 path);
  if (!file.file_)
    return std::unexpected(file.failure("opening"));
  if (::flock(file.file_.get(), LOCK_EX | LOCK_NB) != 0)
    return std::unexpected(file.failure("locking"));
  // It may have been there with another one.
  if (::fchmod(file.file_.get(), S_IRUSR | S_IWUSR) != 0)
    return std::unexpected(file.failure("protecting"));
  return file;
}

std::expected<std::vector<std::string>, net::Failure> StateFile::read() {
  struct stat status{};
  if (::fstat(file_.get(), &status) != 0)
    return std::unexpected(failure("reading"));
  if (std::cmp_greater(status.st_size, kMostBytes)) {
    errno = EFBIG;
    return std::unexpected(failure("reading"));
  }
  std::string text(static_cast<std::size_t>(status.st_size), '\0');
  const ssize_t size = ::pread(file_.get(), text.data(), text.size(), 0);
  if (size < 0)
    return std::unexpected(failure("reading"));
  text.resize(static_cast<std::size_t>(size));

  std::vector<std::string> lines;
  bytes_ = 0;
  for (auto end = text.find('\n'); end != text.npos; end = text.find('\n', bytes_)) {
    lines.push_back(text.substr(bytes_, end - bytes_));
    bytes_ = end + 1;
  }
  if (::ftruncate(file_.get(), static_cast<off_t>(bytes_)) != 0)
    return std::unexpected(failure("writing"));
  return lines;
}

std::expected<void, net::Failure> StateFile::append(std::string_view line) {
  const std::string text = std::string(line) + '\n';
  auto written = write_behind(text);
  if (written)
    bytes_ += text.size();
  return written;
}

std::expected<void, net::Failure> StateFile::replace(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines)
    text += line + '\n';
  const std::string_view inside = std::string_view(text).substr(0, bytes_);
  const std::string_view behind = std::string_view(text).substr(inside.size());
  // First what needs room: when there is none, the old lines are still there.
  if (auto written = write_behind(behind); !written)
    return written;
  if (auto written = write(inside, 0); !written)
    return written;
  bytes_ = text.size();
  if (::ftruncate(file_.get(), static_cast<off_t>(bytes_)) != 0)
    return std::unexpected(failure("shortening"));
  return {};
}

// Behind the lines. What was written when not all can be is no line, and the next one takes its
// place.
std::expected<void, net::Failure> StateFile::write_behind(std::string_view text) {
  auto written = write(text, bytes_);
  if (!written) {
    [[maybe_unused]] const int cut = ::ftruncate(file_.get(), static_cast<off_t>(bytes_));
  }
  return written;
}

std::expected<void, net::Failure> StateFile::write(std::string_view text, std::size_t at) {
  const ssize_t written = ::pwrite(file_.get(), text.data(), text.size(), static_cast<off_t>(at));
  if (std::cmp_equal(written, text.size()))
    return {};
  if (written >= 0)
    errno = ENOSPC;
  return std::unexpected(failure("writing"));
}

}  // namespace chat::client
