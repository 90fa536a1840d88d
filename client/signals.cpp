#include "client/signals.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace chat::client {
namespace {

constexpr std::array kAboutTerminal{SIGWINCH, SIGCONT};
constexpr std::array kEnding{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

sigset_t handled() {
  sigset_t set;
  ::sigemptyset(&set);
  for (const int number : kAboutTerminal)
    ::sigaddset(&set, number);
  for (const int number : kEnding)
    ::sigaddset(&set, number);
  return set;
}

}  // namespace

bool Signals::ends(int number) {
  return std::ranges::find(kEnding, number) != kEnding.end();
}

Signals::Signals() {
  const sigset_t set = handled();
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

std::vector<int> Signals::take() {
  std::vector<int> numbers;
  signalfd_siginfo info;
  while (::read(fd_.get(), &info, sizeof info) == sizeof info)
    numbers.push_back(static_cast<int>(info.ssi_signo));
  return numbers;
}

}  // namespace chat::client
