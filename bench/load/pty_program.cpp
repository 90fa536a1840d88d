#include "bench/load/pty_program.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <pty.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <utility>

#include "libchat/text.hpp"
#include "net/failure.hpp"
#include "net/wait.hpp"

namespace chat::bench {
namespace {

// The kernel hands on what a terminal is sent in pieces of this size at most.
constexpr std::size_t kPieceBytes = 64 * 1024;
// Between two pictures. The pieces of one follow each other at once.
constexpr Duration kBetweenBursts = std::chrono::milliseconds(2);
// A process lets go of its terminal before its parent can ask how it ended.
constexpr Duration kFromHangupToEnd = std::chrono::seconds(5);

// As exec(3) wants them; valid as long as the texts.
std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts)
    pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// The child's whole life until it is another program. All is laid out before the fork.
[[noreturn]] void become(char* const* arguments, char* const* environment, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent)
    _exit(EXIT_FAILURE);
  execve(arguments[0], arguments, environment);
  std::perror(arguments[0]);
  _exit(EXIT_FAILURE);
}

}  // namespace

std::expected<PtyProgram, std::string> PtyProgram::start(const PtyOptions& options) {
  const auto arguments = pointers_to(options.arguments);
  const auto environment = pointers_to(options.environment);
  const winsize size{options.rows, options.columns, 0, 0};
  // Or the child would write it once more.
  std::fflush(nullptr);
  const pid_t parent = getpid();
  const Instant started = Clock::now();
  int fd = -1;
  const pid_t pid = forkpty(&fd, nullptr, nullptr, &size);
  if (pid < 0)
    return std::unexpected(describe(net::last_failure("forkpty")));
  if (pid == 0)
    become(arguments.data(), environment.data(), parent);
  fcntl(fd, F_SETFD, FD_CLOEXEC);
  fcntl(fd, F_SETFL, O_NONBLOCK);
  return PtyProgram(pid, net::UniqueFd(fd), started);
}

PtyProgram::PtyProgram(PtyProgram&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      terminal_(std::move(other.terminal_)),
      started_(other.started_),
      status_(other.status_),
      is_hung_up_(other.is_hung_up_),
      unread_(std::move(other.unread_)),
      tail_(std::move(other.tail_)),
      bytes_(other.bytes_),
      bursts_(other.bursts_),
      last_read_(other.last_read_) {}

PtyProgram::~PtyProgram() {
  if (pid_ < 0 || has_ended())
    return;
  ::kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

void PtyProgram::type(std::string_view bytes) {
  [[maybe_unused]] const auto written = write(terminal_.get(), bytes.data(), bytes.size());
}

std::optional<Instant> PtyProgram::wait_for(std::string_view part, Duration patience) {
  const Instant end = Clock::now() + patience;
  if (!part.empty() && take_through(part))
    return last_read_;
  while (read_some(end)) {
    if (take_through(part))
      return last_read_;
    // It may be cut in two.
    unread_.erase(0, unread_.size() - std::min(unread_.size(), part.size()));
  }
  return std::nullopt;
}

void PtyProgram::read_for(Duration duration) {
  const Instant end = Clock::now() + duration;
  do
    unread_.clear();
  while (read_some(end));
}

std::optional<std::string> PtyProgram::wait_for_silence(Duration silence, Duration patience) {
  const Instant end = Clock::now() + patience;
  for (Instant now = Clock::now(); now < end; now = Clock::now())
    if (!read_some(now + silence))
      return std::exchange(unread_, {});
  unread_.clear();
  return std::nullopt;
}

bool PtyProgram::wait_for_end(Duration patience) {
  constexpr Duration kBetweenLooks = std::chrono::milliseconds(2);
  const Instant end = Clock::now() + patience;
  while (!has_ended()) {
    if (Clock::now() > end)
      return false;
    // Whoever writes must not wait for a reader; and then there is nothing to wait for.
    if (!read_some(Clock::now() + kBetweenLooks))
      std::this_thread::sleep_for(kBetweenLooks);
  }
  return true;
}

std::optional<std::string> PtyProgram::ended() {
  if (!(is_hung_up_ ? wait_for_end(kFromHangupToEnd) : has_ended()))
    return std::nullopt;
  return WIFSIGNALED(*status_) ? fmt::format("was ended by signal {}", WTERMSIG(*status_))
                               : fmt::format("ended with status {}", WEXITSTATUS(*status_));
}

bool PtyProgram::ended_well() const {
  return status_ && WIFEXITED(*status_) && WEXITSTATUS(*status_) == EXIT_SUCCESS;
}

std::string PtyProgram::last_words() const {
  std::string words;
  for (std::string_view rest = tail_; !rest.empty();) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.ends_with('\r'))
      line.remove_suffix(1);
    words += (words.empty() ? "" : "\n") + harmless(line);
  }
  return words;
}

bool PtyProgram::read_some(Instant end) {
  if (!net::wait_for(terminal_.get(), POLLIN, end))
    return false;
  const Instant now = Clock::now();
  piece_.resize(kPieceBytes);
  const ssize_t count = read(terminal_.get(), piece_.data(), piece_.size());
  if (count <= 0) {
    is_hung_up_ |= count == 0 || (errno != EAGAIN && errno != EINTR);
    return false;
  }
  if (now - last_read_ > kBetweenBursts)
    ++bursts_;
  last_read_ = now;
  const auto written = std::string_view(piece_).substr(0, static_cast<std::size_t>(count));
  bytes_ += written.size();
  unread_ += written;
  tail_ += written;
  tail_.erase(0, tail_.size() - std::min(tail_.size(), kLastBytes));
  return true;
}

bool PtyProgram::take_through(std::string_view part) {
  const std::size_t found = unread_.find(part);
  if (found == unread_.npos)
    return false;
  unread_.erase(0, found + part.size());
  return true;
}

bool PtyProgram::has_ended() {
  int status = 0;
  if (!status_ && waitpid(pid_, &status, WNOHANG) == pid_)
    status_ = status;
  return status_.has_value();
}

}  // namespace chat::bench
