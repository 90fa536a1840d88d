#include "bench/load/backups.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include "net/failure.hpp"

namespace chat::bench {
namespace {

// Gives 0 or an error of errno's. What the program says is not heard.
int spawn(pid_t& child, std::vector<std::string>& arguments) {
  std::vector<char*> pointers;
  for (std::string& argument : arguments)
    pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0);
  const int error =
      posix_spawn(&child, pointers.front(), &actions, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

}  // namespace

Backups::Backups(const std::filesystem::path& program, const std::filesystem::path& data,
                 std::filesystem::path folder)
    : arguments_{program, "--data", data, "--backup", folder / "copy"},
      folder_(std::move(folder)) {}

std::expected<void, std::string> Backups::keep_running() {
  if (running_ == 0)
    return start();
  int status = 0;
  if (::waitpid(running_, &status, WNOHANG) == 0)
    return {};
  running_ = 0;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != EXIT_SUCCESS)
    return std::unexpected("a backup of the store failed");
  times_.record(Clock::now() - started_);
  return start();
}

std::expected<void, std::string> Backups::start() {
  std::error_code error;
  std::filesystem::remove_all(folder_, error);
  std::filesystem::create_directory(folder_, error);
  if (error)
    return std::unexpected("the folder " + folder_.string() +
                           " cannot be made: " + error.message());
  started_ = Clock::now();
  if (const int failed = spawn(running_, arguments_); failed != 0) {
    running_ = 0;
    return std::unexpected(describe(net::Failure{failed, "starting a backup"}));
  }
  return {};
}

void Backups::stop() {
  if (running_ != 0) {
    ::kill(running_, SIGKILL);
    ::waitpid(running_, nullptr, 0);
    running_ = 0;
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace chat::bench
