// A program that writes to a terminal.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/unique_fd.hpp"
#include "tests/support/child.hpp"

namespace chat::test {

// A running program whose standard streams are a pseudo-terminal (pty(7)); what it writes is kept
// as it came, control sequences included. Ends with its owner. One thread.
class TerminalProgram {
 public:
  explicit TerminalProgram(const std::vector<std::string>& arguments);

  // Reads until the output contains `part`; false when it ends without it, or at the deadline.
  bool shows(std::string_view part, Deadline deadline = Deadline());
  // Reads to the end; as Child says it.
  std::optional<int> wait_for_exit(Deadline deadline = Deadline());

  // All that was read until now, with "\r\n" for a line's end.
  const std::string& output() const { return output_; }

 private:
  // Waits for output and keeps it; false at its end or at the deadline.
  bool read_some(Deadline deadline);

  net::UniqueFd terminal_;
  Child child_;
  std::string output_;
};

}  // namespace chat::test
