#include "bench/load/server_program.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <thread>
#include <utility>

#include "net/failure.hpp"

namespace chat::bench {
namespace {

// The child's whole life until it is another program. Its arguments were made before: another
// thread may have held the allocator's lock when it was forked.
[[noreturn]] void become(char* const* arguments, int log, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent)
    _exit(EXIT_FAILURE);
  dup2(open("/dev/null", O_RDWR | O_CLOEXEC), STDIN_FILENO);
  dup2(STDIN_FILENO, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  execv(arguments[0], arguments);
  std::perror(arguments[0]);
  _exit(EXIT_FAILURE);
}

}  // namespace

std::expected<ServerProgram, std::string> ServerProgram::start(
    const std::vector<std::string>& arguments) {
  net::UniqueFd log(memfd_create("chat-server", MFD_CLOEXEC));
  if (!log)
    return std::unexpected(describe(net::last_failure("memfd_create")));
  fcntl(log.get(), F_SETFL, O_APPEND);
  std::vector<char*> pointers;
  for (const std::string& argument : arguments)
    pointers.push_back(const_cast<char*>(argument.c_str()));
  pointers.push_back(nullptr);
  // Or the child would write it once more.
  std::fflush(nullptr);
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid < 0)
    return std::unexpected(describe(net::last_failure("fork")));
  if (pid == 0)
    become(pointers.data(), log.get(), parent);
  return ServerProgram(pid, std::move(log));
}

ServerProgram::ServerProgram(ServerProgram&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      log_(std::move(other.log_)),
      started_(other.started_),
      status_(other.status_) {}

ServerProgram& ServerProgram::operator=(ServerProgram&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(log_, other.log_);
  std::swap(started_, other.started_);
  std::swap(status_, other.status_);
  return *this;
}

ServerProgram::~ServerProgram() {
  if (pid_ < 0 || status_)
    return;
  ::kill(pid_, SIGKILL);
  wait(0);
}

std::optional<net::SocketAddress> ServerProgram::address() const {
  constexpr std::string_view kBefore = "listening on ";
  const std::string written = log();
  const std::size_t found = written.find(kBefore);
  const std::size_t end = written.find('\n', found);
  if (found == written.npos || end == written.npos)
    return std::nullopt;
  const std::size_t begin = found + kBefore.size();
  const auto where = net::parse_host_port(std::string_view(written).substr(begin, end - begin), 0);
  if (!where)
    return std::nullopt;
  const auto addresses = net::resolve(*where, false);
  return addresses ? std::optional(addresses->front()) : std::nullopt;
}

std::optional<std::string> ServerProgram::ended() {
  return wait(WNOHANG) ? std::optional(how()) : std::nullopt;
}

std::expected<void, std::string> ServerProgram::kill() {
  if (const auto before = ended())
    return std::unexpected(*before);
  ::kill(pid_, SIGKILL);
  wait(0);
  if (WIFSIGNALED(*status_) && WTERMSIG(*status_) == SIGKILL)
    return {};
  return std::unexpected(how());
}

std::expected<void, std::string> ServerProgram::stop(Duration patience) {
  if (const auto before = ended())
    return std::unexpected(*before);
  ::kill(pid_, SIGTERM);
  const Instant end = Clock::now() + patience;
  while (!wait(WNOHANG)) {
    if (Clock::now() > end)
      return std::unexpected("the server does not end when it is asked to");
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  if (WIFEXITED(*status_) && WEXITSTATUS(*status_) == EXIT_SUCCESS)
    return {};
  return std::unexpected(how());
}

// True when it has ended.
bool ServerProgram::wait(int flags) {
  int status = 0;
  if (!status_ && waitpid(pid_, &status, flags) == pid_)
    status_ = status;
  return status_.has_value();
}

std::string ServerProgram::how() const {
  constexpr std::size_t kMost = 2000;
  const std::string written = log();
  const std::string how = WIFSIGNALED(*status_)
                              ? fmt::format("was ended by signal {}", WTERMSIG(*status_))
                              : fmt::format("ended with status {}", WEXITSTATUS(*status_));
  return fmt::format("the server {}; the last that it wrote:\n{}", how,
                     written.substr(written.size() - std::min(written.size(), kMost)));
}

std::string ServerProgram::log() const {
  std::string content;
  std::array<char, 16 * 1024> piece;
  for (ssize_t count; (count = pread(log_.get(), piece.data(), piece.size(),
                                     static_cast<off_t>(content.size()))) > 0;)
    content.append(piece.data(), static_cast<std::size_t>(count));
  return content;
}

}  // namespace chat::bench
