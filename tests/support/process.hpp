// A program run by a test.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/unique_fd.hpp"
#include "tests/support/child.hpp"

namespace chat::test {

// A running program whose output is kept, all of it: it never blocks on a pipe that nobody reads.
// Its standard input is empty. Ends with its owner, or with the thread that started it. Move-only;
// one thread.
class Process {
 public:
  // `prepare` runs in the child before exec; for limits. It may take no memory. `environment` as of
  // Program.
  explicit Process(const std::vector<std::string>& arguments,
                   const std::function<void()>& prepare = {},
                   const std::vector<std::string>& environment = {});

  pid_t pid() const { return child_.pid(); }
  void signal(int number) const { child_.signal(number); }
  void stop() const { child_.stop(); }
  std::optional<int> wait_for_exit(Deadline deadline = Deadline()) {
    return child_.wait_for_exit(deadline);
  }

  // All that it wrote until now.
  std::string standard_output() const;
  std::string standard_error() const;

  // Waits for a complete line on standard error that contains `part`, and returns the first such
  // line behind those that earlier calls returned. Nothing when there is none at the deadline, or
  // when the program has ended without it.
  std::optional<std::string> wait_for_line(std::string_view part, Deadline deadline = Deadline());

 private:
  std::optional<std::string> next_line_with(std::string_view part);

  // Files in memory (memfd_create(2)) that the child appends to.
  net::UniqueFd out_;
  net::UniqueFd err_;
  Child child_;
  std::size_t searched_ = 0;  // bytes of standard error that wait_for_line() is done with
};

}  // namespace chat::test
