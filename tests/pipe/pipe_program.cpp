#include "tests/pipe/pipe_program.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <sstream>
#include <utility>

namespace chat::test {
namespace {

std::vector<std::string> command(const std::string& address,
                                 const std::vector<std::string>& more_arguments) {
  std::vector<std::string> arguments{CHAT_PIPE, address, "--nick", "builder", "--room", "ci"};
  arguments.insert(arguments.end(), more_arguments.begin(), more_arguments.end());
  return arguments;
}

template <class Ends>
Ends new_pipe() {
  int ends[2];
  REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
  return {net::UniqueFd(ends[0]), net::UniqueFd(ends[1])};
}

}  // namespace

PipeProgram::PipeProgram(const std::string& address, const std::vector<std::string>& more_arguments)
    : PipeProgram(address, more_arguments, new_pipe<Ends>()) {}

PipeProgram::PipeProgram(const std::string& address, const std::vector<std::string>& more_arguments,
                         Ends ends)
    : input_(std::move(ends.write)),
      process_(command(address, more_arguments),
               [fd = ends.read.get()] { ::dup2(fd, STDIN_FILENO); }) {}

void PipeProgram::write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t size = ::write(input_.get(), text.data(), text.size());
    REQUIRE(size > 0);
    text.remove_prefix(static_cast<std::size_t>(size));
  }
}

std::size_t PipeProgram::write_some(std::string_view text) {
  ::fcntl(input_.get(), F_SETFL, O_NONBLOCK);
  const ssize_t size = ::write(input_.get(), text.data(), text.size());
  return size < 0 ? 0 : static_cast<std::size_t>(size);
}

std::vector<nlohmann::json> PipeProgram::events() const {
  std::vector<nlohmann::json> events;
  const std::string output = process_.standard_output();
  // The rest of a line may still come.
  std::istringstream lines(output.substr(0, output.rfind('\n') + 1));
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    auto event = nlohmann::json::parse(line, nullptr, false);
    REQUIRE(event.is_object());
    events.push_back(std::move(event));
  }
  return events;
}

std::vector<nlohmann::json> PipeProgram::events(std::string_view kind) const {
  auto all = events();
  std::erase_if(all, [&](const nlohmann::json& event) { return event.at("event") != kind; });
  return all;
}

bool PipeProgram::tells(std::string_view kind, std::size_t count) {
  return wait_until([&] { return events(kind).size() >= count; });
}

std::vector<std::string> PipeProgram::texts() const {
  std::vector<std::string> texts;
  for (const auto& event : events("message"))
    texts.push_back(event.at("text"));
  return texts;
}

std::string numbered_lines(int first, int last) {
  std::string lines;
  for (int i = first; i <= last; ++i)
    lines += std::to_string(i) + "\n";
  return lines;
}

std::vector<std::string> numbered_texts(int last) {
  std::vector<std::string> texts;
  for (int i = 1; i <= last; ++i)
    texts.push_back(std::to_string(i));
  return texts;
}

}  // namespace chat::test
