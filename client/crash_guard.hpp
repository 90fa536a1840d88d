// Gives the terminal back when the program crashes, or is ended by a signal that nobody expects.
#pragma once

#include <termios.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <string_view>

namespace chat::client {

// While it lives, the signals that would end the process otherwise restore the terminal on standard
// output before they do; but for SIGKILL, and those that are blocked or ignored. One at a time:
// signal handlers can only reach it through a global.
class CrashGuard {
 public:
  // `modes` are to be restored, and `leave` is to be written: the sequences that leave full-screen
  // mode (terminfo(5): rmcup, rmkx, cnorm, sgr0).
  CrashGuard(const termios& modes, std::string_view leave);
  ~CrashGuard();
  CrashGuard(const CrashGuard&) = delete;
  CrashGuard& operator=(const CrashGuard&) = delete;

 private:
  static constexpr std::array kSignals{SIGSEGV, SIGABRT, SIGBUS,    SIGFPE,  SIGILL,   SIGTRAP,
                                       SIGSYS,  SIGXCPU, SIGXFSZ,   SIGIO,   SIGPWR,   SIGUSR1,
                                       SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGSTKFLT};
  static constexpr std::size_t kStackBytes = 64 * 1024;

  std::array<struct sigaction, kSignals.size()> before_{};
  // A handler needs a stack of its own when the crash is that there is no more stack.
  std::array<std::byte, kStackBytes> stack_{};
  stack_t stack_before_{};
};

}  // namespace chat::client
