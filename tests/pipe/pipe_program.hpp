// chat-pipe as a script runs it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "net/unique_fd.hpp"
#include "tests/support/process.hpp"

namespace chat::test {

// A running chat-pipe and the pipe into it. Move-only; one thread.
class PipeProgram {
 public:
  // Speaks as "builder" in the room "ci" of the server at this address.
  explicit PipeProgram(const std::string& address,
                       const std::vector<std::string>& more_arguments = {});

  // Blocks while the program does not read.
  void write(std::string_view text);
  // As much as it takes without waiting; returns how much.
  std::size_t write_some(std::string_view text);
  void end_input() { input_.reset(); }
  Process& process() { return process_; }
  std::optional<int> wait_for_exit() { return process_.wait_for_exit(); }

  // What it has told until now. The test fails when a line is not JSON.
  std::vector<nlohmann::json> events() const;
  // Those of a kind.
  std::vector<nlohmann::json> events(std::string_view kind) const;
  // Waits until there are so many of a kind.
  bool tells(std::string_view kind, std::size_t count = 1);
  // The texts of the messages in the room, in the order in which they came.
  std::vector<std::string> texts() const;

 private:
  struct Ends {
    net::UniqueFd read;
    net::UniqueFd write;
  };
  PipeProgram(const std::string& address, const std::vector<std::string>& more_arguments,
              Ends ends);

  net::UniqueFd input_;
  Process process_;
};

// "1\n2\n...", and as texts.
std::string numbered_lines(int first, int last);
std::vector<std::string> numbered_texts(int last);

}  // namespace chat::test
