#include "tests/support/process.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cassert>
#include <cstdio>

namespace chat::test {
namespace {

net::UniqueFd memory_file(const char* name) {
  net::UniqueFd file(::memfd_create(name, MFD_CLOEXEC));
  assert(file);
  ::fcntl(file.get(), F_SETFL, O_APPEND);
  return file;
}

std::string content_of(int fd) {
  std::string content;
  char piece[16 * 1024];
  ssize_t size;
  while ((size = ::pread(fd, piece, sizeof piece, static_cast<off_t>(content.size()))) > 0)
    content.append(piece, static_cast<std::size_t>(size));
  return content;
}

pid_t start(const Program& program, const std::function<void()>& prepare, int out, int err) {
  // Or the child would write it once more.
  std::fflush(nullptr);
  const pid_t pid = ::fork();
  if (pid != 0)
    return pid;
  die_with_parent();
  ::dup2(::open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  if (prepare)
    prepare();
  program.execute();
}

}  // namespace

Process::Process(const std::vector<std::string>& arguments, const std::function<void()>& prepare,
                 const std::vector<std::string>& environment)
    : out_(memory_file("stdout")),
      err_(memory_file("stderr")),
      child_(start(Program(arguments, environment), prepare, out_.get(), err_.get())) {}

std::string Process::standard_output() const {
  return content_of(out_.get());
}

std::string Process::standard_error() const {
  return content_of(err_.get());
}

std::optional<std::string> Process::wait_for_line(std::string_view part, Deadline deadline) {
  std::optional<std::string> line;
  wait_until(
      [&] {
        // In this order: what it wrote before it ended is not missed.
        const bool ended = !child_.running();
        line = next_line_with(part);
        return line.has_value() || ended;
      },
      deadline);
  return line;
}

std::optional<std::string> Process::next_line_with(std::string_view part) {
  const std::string content = standard_error();
  for (std::size_t end; (end = content.find('\n', searched_)) != content.npos;) {
    std::string line = content.substr(searched_, end - searched_);
    searched_ = end + 1;
    if (line.find(part) != line.npos)
      return line;
  }
  return std::nullopt;
}

}  // namespace chat::test
