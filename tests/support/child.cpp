#include "tests/support/child.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cassert>
#include <cstdio>
#include <utility>

// The header of glibc 2.36 does not say that its functions have C linkage.
extern "C" {
#include <sys/pidfd.h>
}

namespace chat::test {

Child::Child(pid_t pid) : pid_(pid), pidfd_(::pidfd_open(pid, 0)) {
  assert(pid_ > 0 && pidfd_);
}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)),
      pidfd_(std::move(other.pidfd_)),
      status_(std::exchange(other.status_, std::nullopt)) {}

Child::~Child() {
  if (pid_ == 0 || status_)
    return;
  signal(SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

void Child::signal(int number) const {
  // By the pidfd: the number of a child that was reaped may belong to somebody else.
  ::pidfd_send_signal(pidfd_.get(), number, nullptr, 0);
}

std::optional<int> Child::wait_for_exit(Deadline deadline) {
  if (status_)
    return status_;
  pollfd ended{pidfd_.get(), POLLIN, 0};
  while (::poll(&ended, 1, deadline.poll_timeout()) < 1) {
    if (deadline.passed())
      return std::nullopt;
  }
  int status = 0;
  ::waitpid(pid_, &status, 0);
  status_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return status_;
}

void die_with_parent() {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
}

void execute(const std::vector<std::string>& arguments) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments)
    argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  ::execvp(argv[0], argv.data());
  std::perror(argv[0]);
  ::_exit(127);
}

}  // namespace chat::test
