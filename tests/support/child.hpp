// Ownership of a child process.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "net/unique_fd.hpp"
#include "tests/support/deadline.hpp"

namespace chat::test {

// Owns a child process: it is killed and reaped with its owner, whatever the test did. Move-only;
// one thread.
class Child {
 public:
  // Takes over the child that fork(2) or forkpty(3) gave.
  explicit Child(pid_t pid);
  Child(Child&& other) noexcept;
  Child& operator=(Child&& other) = delete;
  ~Child();

  // Valid as a process until wait_for_exit() has returned a value.
  pid_t pid() const { return pid_; }
  void signal(int number) const;
  // SIGSTOP, and waits until it has stopped: kill(2) returns before the process has.
  void stop() const;

  // How it ended: its exit status, or 128 + n when signal n ended it, as a shell says it. Nothing
  // when it still runs at the deadline. May be called again.
  std::optional<int> wait_for_exit(Deadline deadline = Deadline());

  // True while it has not ended.
  bool running() { return !wait_for_exit(Deadline(milliseconds(0))).has_value(); }

 private:
  pid_t pid_;
  net::UniqueFd pidfd_;
  std::optional<int> status_;
};

// To be called in the child, between fork and exec. The child gets SIGKILL when the thread that
// forked ends, so that nothing outlives a test that crashed.
void die_with_parent();

// A program with its arguments and its environment, all laid out before the fork: the child of a
// process with threads may take no memory (fork(2), signal-safety(7)).
class Program {
 public:
  // arguments[0] is looked up in PATH when it has no slash. `changes` to this process's environment
  // are "NAME=value", or "NAME" for what is left out.
  explicit Program(std::vector<std::string> arguments,
                   const std::vector<std::string>& changes = {});
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // Replaces the calling process. Does not return: exits with 127 when there is no such program.
  [[noreturn]] void execute() const noexcept;

 private:
  std::vector<std::string> arguments_;
  std::vector<std::string> environment_;
  std::vector<char*> argv_;
  std::vector<char*> envp_;
};

}  // namespace chat::test
