// A file of lines that one process at a time may hold.
#pragma once

#include <cstddef>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "net/failure.hpp"
#include "net/unique_fd.hpp"

namespace chat::client {

// Mode 0600 from the moment it is opened, in a folder made with mode 0700. Locked (flock(2)) for as
// long as this lives; the lock ends with the process, however that ends. Move-only; one thread.
class StateFile {
 public:
  // Opens or makes it. EWOULDBLOCK: somebody else holds it.
  static std::expected<StateFile, net::Failure> open(const std::filesystem::path& path);

  // The whole lines in it; an unfinished one, of a process that was killed while it wrote, is not
  // among them and is cut off. EFBIG: more than kMostBytes.
  std::expected<std::vector<std::string>, net::Failure> read();
  // Adds a line; it must not contain a line feed. It outlives this process as soon as this returns,
  // though not a failure of the machine.
  std::expected<void, net::Failure> append(std::string_view line);
  // Only these lines stay. When there is no room for them the old ones do. A process that is killed
  // meanwhile leaves the new or the old ones; a line that is none; and some of either behind it.
  std::expected<void, net::Failure> replace(const std::vector<std::string>& lines);

  std::size_t bytes() const { return bytes_; }
  const std::filesystem::path& path() const { return path_; }

 private:
  static constexpr std::size_t kMostBytes = 256 * 1024 * 1024;

  StateFile(net::UniqueFd file, std::filesystem::path path)
      : file_(std::move(file)), path_(std::move(path)) {}
  std::expected<void, net::Failure> write(std::string_view text, std::size_t at);
  std::expected<void, net::Failure> write_behind(std::string_view text);
  net::Failure failure(std::string_view doing) const;

  net::UniqueFd file_;
  std::filesystem::path path_;
  std::size_t bytes_ = 0;
};

}  // namespace chat::client
