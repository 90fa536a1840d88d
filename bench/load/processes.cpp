#include "bench/load/processes.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "libchat/bytes.hpp"
#include "net/failure.hpp"
#include "net/unique_fd.hpp"

namespace chat::bench {
namespace {

// A child and the file in memory in which it leaves what it has to say: a file, so that it can
// leave everything and end, whether anybody reads or not.
struct Worker {
  pid_t pid = -1;
  net::UniqueFd result;
};

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(file, bytes.data(), bytes.size());
    if (count < 0 && errno != EINTR)
      return false;
    bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  }
  return true;
}

std::string read_all(int file) {
  std::string bytes;
  std::array<char, 4096> piece;
  for (ssize_t count;
       (count = pread(file, piece.data(), piece.size(), static_cast<off_t>(bytes.size()))) > 0;)
    bytes.append(piece.data(), static_cast<std::size_t>(count));
  return bytes;
}

// The child's whole life. Its exit status says which of the two it has left in the file.
[[noreturn]] void do_work(const Work& work, std::uint32_t process, pid_t parent, int file) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent)
    _exit(EXIT_FAILURE);
  const auto result = work(process);
  std::fflush(nullptr);
  const bool left = write_all(file, result ? *result : result.error());
  _exit(left && result ? EXIT_SUCCESS : EXIT_FAILURE);
}

std::expected<Worker, std::string> start(const Work& work, std::uint32_t process) {
  Worker worker{-1, net::UniqueFd(memfd_create("chat-bench", MFD_CLOEXEC))};
  if (!worker.result)
    return std::unexpected(describe(net::last_failure("memfd_create")));
  // Or the child would write it once more.
  std::fflush(nullptr);
  const pid_t parent = getpid();
  worker.pid = fork();
  if (worker.pid < 0)
    return std::unexpected(describe(net::last_failure("fork")));
  if (worker.pid == 0)
    do_work(work, process, parent, worker.result.get());
  return worker;
}

void end(std::vector<Worker>& workers) {
  for (const Worker& worker : workers)
    if (worker.pid > 0)
      kill(worker.pid, SIGKILL);
  for (Worker& worker : workers)
    if (std::exchange(worker.pid, -1) > 0)
      wait(nullptr);
}

// Why the run cannot go on, when a process has ended like this.
std::optional<std::string> what_went_wrong(const Worker& worker, std::size_t process,
                                           std::size_t processes, int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS)
    return std::nullopt;
  std::string sentence = read_all(worker.result.get());
  if (WIFEXITED(status) && !sentence.empty())
    return sentence;
  const std::string how = WIFSIGNALED(status)
                              ? fmt::format("was ended by signal {}", WTERMSIG(status))
                              : fmt::format("ended with status {}", WEXITSTATUS(status));
  return fmt::format("process {} of {} of this tool {}", process + 1, processes, how);
}

std::optional<std::string> wait_for_all(std::vector<Worker>& workers) {
  for (std::size_t running = workers.size(); running > 0; --running) {
    int status = 0;
    const pid_t pid = wait(&status);
    if (pid < 0)
      return describe(net::last_failure("wait"));
    const auto worker = std::ranges::find(workers, pid, &Worker::pid);
    worker->pid = -1;
    const auto process = static_cast<std::size_t>(worker - workers.begin());
    if (auto wrong = what_went_wrong(*worker, process, workers.size(), status))
      return wrong;
  }
  return std::nullopt;
}

}  // namespace

std::expected<std::vector<std::string>, std::string> run_in_processes(std::uint32_t count,
                                                                      const Work& work) {
  std::vector<Worker> workers;
  for (std::uint32_t process = 0; process < count; ++process) {
    auto worker = start(work, process);
    if (!worker) {
      end(workers);
      return std::unexpected(worker.error());
    }
    workers.push_back(std::move(*worker));
  }
  if (auto wrong = wait_for_all(workers)) {
    end(workers);
    return std::unexpected(std::move(*wrong));
  }
  std::vector<std::string> results;
  for (const Worker& worker : workers)
    results.push_back(read_all(worker.result.get()));
  return results;
}

}  // namespace chat::bench
