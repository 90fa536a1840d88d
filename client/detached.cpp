#include "client/detached.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/close_range.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string_view>
#include <system_error>

namespace chat::client {
namespace {

using Words = std::vector<std::string>;

// As execve(2) wants them. They live as long as the words.
std::vector<char*> pointers_to(const Words& words) {
  std::vector<char*> pointers;
  for (const std::string& word : words)
    pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

std::string_view name_of(std::string_view entry) {
  return entry.substr(0, entry.find('='));
}

Words environment_with(const Words& added) {
  Words all = added;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const bool is_replaced = std::ranges::any_of(
        added, [&](const std::string& other) { return name_of(other) == name_of(*entry); });
    if (!is_replaced)
      all.emplace_back(*entry);
  }
  return all;
}

// What this program has changed for itself would stay so in the other one.
void forget_signals() {
  struct sigaction by_default{};
  by_default.sa_handler = SIG_DFL;
  for (int number = 1; number < NSIG; ++number)
    ::sigaction(number, &by_default, nullptr);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// In a child, between fork and exec: other threads may hold any lock, so nothing is allocated.
[[noreturn]] void become(char* const* arguments, char* const* environment, int trouble) {
  forget_signals();
  const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    ::dup2(nothing, standard);
  ::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
  ::execvpe(arguments[0], arguments, environment);
  const int error = errno;
  [[maybe_unused]] const auto written = ::write(trouble, &error, sizeof error);
  ::_exit(127);
}

// What goes wrong is written to `trouble`, which closes when the program runs.
void start(char* const* arguments, char* const* environment, int trouble) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::setsid();
    if (::fork() == 0)
      become(arguments, environment, trouble);
    ::_exit(0);
  }
  if (child > 0)
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
    }
}

}  // namespace

std::expected<void, std::string> run_detached(const std::vector<std::string>& arguments,
                                              const std::vector<std::string>& environment) {
  const Words whole = environment_with(environment);
  const auto given = pointers_to(arguments);
  const auto surroundings = pointers_to(whole);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    return std::unexpected(fmt::format("{} cannot be run.", arguments[0]));
  start(given.data(), surroundings.data(), ends[1]);
  ::close(ends[1]);
  int error = 0;
  const auto read = ::read(ends[0], &error, sizeof error);
  ::close(ends[0]);
  if (read != sizeof error)
    return {};
  return std::unexpected(
      fmt::format("{} cannot be run: {}.", arguments[0], std::generic_category().message(error)));
}

}  // namespace chat::client
