#include "client/crash_guard.hpp"

#include <unistd.h>

#include <algorithm>
#include <cassert>

namespace chat::client {
namespace {

// All that a handler may touch: set before it is installed, then constant.
struct Restore {
  termios modes;
  std::array<char, 256> leave;
  std::size_t leave_bytes;
  bool armed;
};
Restore restore{};

// Calls only what signal-safety(7) allows.
void restore_terminal(int signal) {
  [[maybe_unused]] const auto written =
      ::write(STDOUT_FILENO, restore.leave.data(), restore.leave_bytes);
  ::tcsetattr(STDOUT_FILENO, TCSANOW, &restore.modes);
  // Again, and now with the default action: SA_RESETHAND.
  ::raise(signal);
}

}  // namespace

CrashGuard::CrashGuard(const termios& modes, std::string_view leave) {
  assert(!restore.armed);
  restore.modes = modes;
  restore.leave_bytes = std::min(leave.size(), restore.leave.size());
  std::ranges::copy(leave.substr(0, restore.leave_bytes), restore.leave.begin());
  restore.armed = true;

  const stack_t stack{.ss_sp = stack_.data(), .ss_flags = 0, .ss_size = stack_.size()};
  ::sigaltstack(&stack, &stack_before_);
  struct sigaction action{};
  action.sa_handler = restore_terminal;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_ONSTACK);
  for (std::size_t i = 0; i < kSignals.size(); ++i)
    ::sigaction(kSignals[i], &action, &before_[i]);
}

CrashGuard::~CrashGuard() {
  for (std::size_t i = 0; i < kSignals.size(); ++i)
    ::sigaction(kSignals[i], &before_[i], nullptr);
  ::sigaltstack(&stack_before_, nullptr);
  restore.armed = false;
}

}  // namespace chat::client
