#include "tests/bench/terminal_program.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <unistd.h>

#include <array>
#include <cstdio>

namespace chat::test {
namespace {

pid_t start(const std::vector<std::string>& arguments, net::UniqueFd& terminal) {
  // Or the child would write it once more.
  std::fflush(nullptr);
  const Program program(arguments);
  int fd = -1;
  const pid_t pid = forkpty(&fd, nullptr, nullptr, nullptr);
  REQUIRE(pid >= 0);
  if (pid == 0) {
    die_with_parent();
    program.execute();
  }
  fcntl(fd, F_SETFD, FD_CLOEXEC);
  terminal = net::UniqueFd(fd);
  return pid;
}

}  // namespace

TerminalProgram::TerminalProgram(const std::vector<std::string>& arguments)
    : child_(start(arguments, terminal_)) {}

bool TerminalProgram::shows(std::string_view part, Deadline deadline) {
  while (output_.find(part) == output_.npos)
    if (!read_some(deadline))
      return false;
  return true;
}

std::optional<int> TerminalProgram::wait_for_exit(Deadline deadline) {
  while (read_some(deadline)) {
  }
  return child_.wait_for_exit(deadline);
}

// When nobody has the other side open any more, read(2) fails with EIO.
bool TerminalProgram::read_some(Deadline deadline) {
  pollfd entry{terminal_.get(), POLLIN, 0};
  if (poll(&entry, 1, deadline.poll_timeout()) <= 0)
    return false;
  std::array<char, 4096> piece;
  const ssize_t size = read(terminal_.get(), piece.data(), piece.size());
  if (size <= 0)
    return false;
  output_.append(piece.data(), static_cast<std::size_t>(size));
  return true;
}

}  // namespace chat::test
