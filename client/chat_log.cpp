#include "client/chat_log.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <utility>

#include "client/file_name.hpp"
#include "client/plain_text.hpp"
#include "client/private_folder.hpp"

namespace chat::client {
namespace {

namespace fs = std::filesystem;
using Result = std::expected<void, net::Failure>;

constexpr mode_t kOwnersAlone = S_IRUSR | S_IWUSR;

std::expected<net::UniqueFd, net::Failure> open_private(const fs::path& path, int flags) {
  net::UniqueFd file(::open(path.c_str(), flags | O_CREAT | O_CLOEXEC | O_NOFOLLOW, kOwnersAlone));
  // It may have been there with another mode.
  if (!file || ::fchmod(file.get(), kOwnersAlone) != 0)
    return std::unexpected(net::last_failure("opening " + path.string()));
  return file;
}

// All of it, or nothing.
Result append(const fs::path& path, std::string_view text) {
  const auto file = open_private(path, O_WRONLY | O_APPEND);
  if (!file)
    return std::unexpected(file.error());
  struct stat before{};
  const bool is_known = ::fstat(file->get(), &before) == 0;
  const ssize_t written = is_known ? ::write(file->get(), text.data(), text.size()) : -1;
  if (std::cmp_equal(written, text.size()))
    return {};
  if (written >= 0)
    errno = ENOSPC;
  const auto failure = net::last_failure("writing " + path.string());
  if (written > 0) {
    [[maybe_unused]] const int cut = ::ftruncate(file->get(), before.st_size);
  }
  return std::unexpected(failure);
}

std::string line_of(const Line& line) {
  return fmt::format("{} {}\n", date_and_time(line.time), plain_text(line.text));
}

// Four numbers of the same width, so that the new ones take the place of the old ones at once.
Result keep(const fs::path& path, const LogMark& mark) {
  const auto file = open_private(path, O_WRONLY);
  if (!file)
    return std::unexpected(file.error());
  const std::string text = fmt::format("{:020} {:020} {:020} {:020}\n", mark.room.value,
                                       mark.epoch.value, mark.number.value, mark.time.milliseconds);
  if (std::cmp_not_equal(::pwrite(file->get(), text.data(), text.size(), 0), text.size()))
    return std::unexpected(net::last_failure("writing " + path.string()));
  return {};
}

// Nothing, or anything, may stand there.
LogMark read_mark(const fs::path& path) {
  std::ifstream file(path);
  LogMark mark;
  file >> mark.room.value >> mark.epoch.value >> mark.number.value >> mark.time.milliseconds;
  return file ? mark : LogMark{};
}

// A server's clock may have been ahead. What it says then must not count as said already when the
// clock is right again.
WallTime not_ahead(WallTime time, WallTime now) {
  constexpr std::chrono::milliseconds kTolerated = std::chrono::seconds(5);
  return std::min(time, WallTime{now.milliseconds + kTolerated.count()});
}

bool is_message(const Model::News& news) {
  return is_said(news.line.kind) && news.line.number != Sequence{} && !news.room.empty();
}

}  // namespace

ChatLog::ChatLog(const fs::path& folder, std::string_view server)
    : folder_(folder / as_file_name(server)) {
  holds_folder();
}

// While another client of the same login writes there, this one does not: it would write the same.
bool ChatLog::holds_folder() {
  if (lock_)
    return true;
  const auto held = hold_folder();
  if (!held)
    note(held.error());
  return held.has_value();
}

ChatLog::Result ChatLog::hold_folder() {
  if (auto made = make_private_folder(folder_); !made)
    return made;
  auto lock = open_private(folder_ / ".lock", O_RDWR);
  if (!lock)
    return std::unexpected(std::move(lock.error()));
  if (::flock(lock->get(), LOCK_EX | LOCK_NB) != 0)
    return std::unexpected(errno == EWOULDBLOCK
                               ? net::Failure{0, "another client writes the log of this server"}
                               : net::last_failure("locking " + folder_.string()));
  lock_ = std::move(*lock);
  return {};
}

// Rooms one behind the other, as they come.
void ChatLog::write(std::span<const Model::News> news, WallTime now) {
  if (news.empty() || !holds_folder())
    return;
  while (!news.empty()) {
    const auto other = std::ranges::find_if(
        news, [&](const Model::News& one) { return one.room != news.front().room; });
    const auto count = static_cast<std::size_t>(other - news.begin());
    write_room(news.first(count), now);
    news = news.subspan(count);
  }
}

void ChatLog::write_room(std::span<const Model::News> news, WallTime now) {
  for (const Model::News& one : news) {
    if (!is_message(one) || unwritten_ > kMostUnwritten)
      continue;
    File& file = file_of(one.room, now);
    if (!takes(file, one, now))
      continue;
    const std::string line = line_of(one.line);
    file.unwritten += line;
    unwritten_ += line.size();
  }
  const auto file = files_.find(news.front().room);
  if (file != files_.end() && !file->second.unwritten.empty())
    write_out(file->second);
}

void ChatLog::write_out(File& file) {
  auto done = append(file.text, file.unwritten);
  if (done) {
    unwritten_ -= file.unwritten.size();
    file.unwritten.clear();
    done = keep(file.mark, file.last);
  }
  if (!done)
    note(done.error());
  // Should it fail again, that is news.
  else if (file.failed_with != 0)
    told_.erase(file.failed_with);
  file.failed_with = done ? 0 : done.error().error;
}

// Whether the file has not got it. Numbers say that as long as they mean the same; when the server
// has lost some, or has got another store, only the time does.
bool ChatLog::takes(File& file, const Model::News& news, WallTime now) {
  LogMark& last = file.last;
  if (last.room != news.counted_as || last.epoch != news.counted_in) {
    file.written = {};
    file.known_until = last.time;
    last = {news.counted_as, news.counted_in, {}, last.time};
  }
  if (news.line.time <= file.known_until || !file.written.add(news.line.number))
    return false;
  last.number = std::max(last.number, news.line.number);
  last.time = std::max(last.time, not_ahead(news.line.time, now));
  return true;
}

ChatLog::File& ChatLog::file_of(const std::string& room, WallTime now) {
  const auto known = files_.find(room);
  if (known != files_.end())
    return known->second;
  const std::string name = as_file_name(room);
  File file{.text = folder_ / (name + ".log"), .mark = folder_ / fmt::format(".{}.mark", name)};
  file.last = read_mark(file.mark);
  file.last.time = not_ahead(file.last.time, now);
  file.written = NumberSet(file.last.number);
  return files_.emplace(room, std::move(file)).first->second;
}

void ChatLog::note(const net::Failure& failure) {
  if (!told_.insert(failure.error).second)
    return;
  trouble_ = fmt::format("The log is not written: {}.", net::describe(failure));
}

std::optional<std::string> ChatLog::take_trouble() {
  return std::exchange(trouble_, std::nullopt);
}

}  // namespace chat::client
