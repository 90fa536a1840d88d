#include "server/store/log_damage.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "net/unique_fd.hpp"

// The format: https://www.sqlite.org/fileformat2.html, "The Write-Ahead Log".
namespace chat::store {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t kHeaderBytes = 32;
constexpr std::size_t kFrameHeaderBytes = 24;
constexpr std::size_t kPageBytes = 4096;  // SQLite's own choice, which the schema leaves alone
constexpr std::size_t kSummedOfHeader = 24;
constexpr std::size_t kSummedOfFrame = 8;

std::uint32_t big_endian(Bytes bytes, std::size_t at) {
  return std::uint32_t{bytes[at]} << 24 | std::uint32_t{bytes[at + 1]} << 16 |
         std::uint32_t{bytes[at + 2]} << 8 | std::uint32_t{bytes[at + 3]};
}

std::uint32_t little_endian(Bytes bytes, std::size_t at) {
  return std::uint32_t{bytes[at + 3]} << 24 | std::uint32_t{bytes[at + 2]} << 16 |
         std::uint32_t{bytes[at + 1]} << 8 | std::uint32_t{bytes[at]};
}

struct Checksum {
  std::uint32_t first = 0;
  std::uint32_t second = 0;

  // `bytes`: a multiple of 8.
  void add(Bytes bytes, bool is_big_endian) {
    const auto number = is_big_endian ? big_endian : little_endian;
    for (std::size_t at = 0; at < bytes.size(); at += 8) {
      first += number(bytes, at) + second;
      second += number(bytes, at + 4) + first;
    }
  }
  bool is_at(Bytes bytes, std::size_t at) const {
    return first == big_endian(bytes, at) && second == big_endian(bytes, at + 4);
  }
};

struct Salt {
  std::uint32_t first;
  std::uint32_t second;
  bool operator==(const Salt&) const = default;
};

Salt salt_at(Bytes bytes, std::size_t at) {
  return {big_endian(bytes, at), big_endian(bytes, at + 4)};
}

using Header = std::array<std::uint8_t, kHeaderBytes>;

bool read_at(const net::UniqueFd& file, std::size_t at, std::span<std::uint8_t> to) {
  return ::pread(file.get(), to.data(), to.size(), static_cast<off_t>(at)) ==
         static_cast<ssize_t>(to.size());
}

struct Break {
  std::size_t at = 0;  // the first frame that is not as it was written
  std::uint64_t commits_behind = 0;
};

// One walk over the frames. A log that was begun anew meanwhile has another header afterwards.
class Walk {
 public:
  Walk(const net::UniqueFd& file, const Header& header)
      : file_(file), salt_(salt_at(header, 16)), frame_(kFrameHeaderBytes + kPageBytes) {
    is_big_endian_ = (big_endian(header, 0) & 1) != 0;
    checksum_.add(Bytes(header).first(kSummedOfHeader), is_big_endian_);
    is_broken_ = !checksum_.is_at(header, kSummedOfHeader);
  }

  Break find_break() {
    // What the header says then is not worth anything.
    if (is_broken_ && read_at(file_, kHeaderBytes, frame_))
      salt_ = salt_at(frame_, 8);
    for (std::size_t at = kHeaderBytes; read_at(file_, at, frame_); at += frame_.size())
      look_at_frame(at);
    return break_;
  }

 private:
  void look_at_frame(std::size_t at) {
    const Bytes frame(frame_);
    checksum_.add(frame.first(kSummedOfFrame), is_big_endian_);
    checksum_.add(frame.subspan(kFrameHeaderBytes), is_big_endian_);
    const bool is_of_log = salt_at(frame, 8) == salt_;
    if (!is_broken_ && !(is_of_log && checksum_.is_at(frame, 16))) {
      is_broken_ = true;
      break_.at = at;
    }
    const bool is_commit = big_endian(frame, 4) != 0;
    if (is_broken_ && is_of_log && is_commit)
      ++break_.commits_behind;
  }

  const net::UniqueFd& file_;
  Salt salt_;
  bool is_big_endian_;
  Checksum checksum_;
  std::vector<std::uint8_t> frame_;
  bool is_broken_;
  Break break_;
};

}  // namespace

std::uint64_t commits_behind_damage(const std::filesystem::path& log) {
  const net::UniqueFd file(::open(log.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file)
    return 0;
  std::optional<std::size_t> before;
  for (Header header{}, after{}; read_at(file, 0, header);) {
    const Break found = Walk(file, header).find_break();
    if (!read_at(file, 0, after) || after != header)
      continue;
    // The last one may be what a failure of power has left of a commit that was never told.
    if (found.commits_behind <= 1)
      return 0;
    // A frame that was being written is whole by now, whatever was written behind it meanwhile.
    if (std::exchange(before, found.at) == found.at)
      return found.commits_behind;
  }
  return 0;
}

}  // namespace chat::store
