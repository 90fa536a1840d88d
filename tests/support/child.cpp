#include "tests/support/child.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <tuple>
#include <utility>

// The header of glibc 2.36 does not say that its functions have C linkage.
extern "C" {
#include <sys/pidfd.h>
}

namespace chat::test {
namespace {

// As exec(3) wants them; valid as long as the texts.
std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts)
    pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

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

void Child::stop() const {
  signal(SIGSTOP);
  siginfo_t stopped;
  ::waitid(P_PID, static_cast<id_t>(pid_), &stopped, WSTOPPED | WEXITED | WNOWAIT);
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

Program::Program(std::vector<std::string> arguments, const std::vector<std::string>& changes)
    : arguments_(std::move(arguments)) {
  const auto is_changed = [&](std::string_view variable) {
    const auto name = variable.substr(0, variable.find('='));
    return std::ranges::any_of(changes, [&](std::string_view change) {
      return change.substr(0, change.find('=')) == name;
    });
  };
  for (char** variable = environ; *variable != nullptr; ++variable)
    if (!is_changed(*variable))
      environment_.emplace_back(*variable);
  for (const std::string& change : changes)
    if (change.find('=') != change.npos)
      environment_.push_back(change);
  argv_ = pointers_to(arguments_);
  envp_ = pointers_to(environment_);
}

void Program::execute() const noexcept {
  ::execvpe(argv_[0], argv_.data(), envp_.data());
  // perror(3) may take memory.
  for (const char* part :
       {static_cast<const char*>(argv_[0]), ": ", ::strerrordesc_np(errno), "\n"})
    std::ignore = ::write(STDERR_FILENO, part, std::strlen(part));
  ::_exit(127);
}

}  // namespace chat::test
