#include "client/signals.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace chat::client {
namespace {

constexpr std::array kAboutTerminal{SIGWINCH, SIGCONT};
constexpr std::array kEnding{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

sigset_t handled(Signals::Stopping stopping) {
  sigset_t set;
  ::sigemptyset(&set);
  for (const int number : kAboutTerminal)
    ::sigaddset(&set, number);
  for (const int number : kEnding)
    ::sigaddset(&set, number);
  if (stopping == Signals::Stopping::when_ready)
    ::sigaddset(&set, SIGTSTP);
  return set;
}

// Lets a SIGTSTP that was sent have its effect; returns when the process goes on.
void let_stop() {
  sigset_t stop;
  ::sigemptyset(&stop);
  ::sigaddset(&stop, SIGTSTP);
  sigset_t before;
  ::sigprocmask(SIG_UNBLOCK, &stop, &before);
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace

bool Signals::ends(int number) {
  return std::ranges::find(kEnding, number) != kEnding.end();
}

Signals::Signals(Stopping stopping) {
  const sigset_t set = handled(stopping);
  ::sigprocmask(SIG_BLOCK, &set, &before_);
  fd_ = net::UniqueFd(::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC));
}

Signals::~Signals() {
  // The program ends. What comes so late, as SIGHUP does behind the end of the terminal, would only
  // make it look killed.
  for (const int number : kEnding)
    ::signal(number, SIG_IGN);
  ::sigprocmask(SIG_SETMASK, &before_, nullptr);
}

void Signals::stop() {
  ::raise(SIGTSTP);
  let_stop();
}

void Signals::stop_job() {
  ::kill(0, SIGTSTP);
  let_stop();
}

std::vector<int> Signals::take() {
  std::vector<int> numbers;
  signalfd_siginfo info;
  while (::read(fd_.get(), &info, sizeof info) == sizeof info)
    numbers.push_back(static_cast<int>(info.ssi_signo));
  return numbers;
}

}  // namespace chat::client
