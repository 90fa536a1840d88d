#include "tests/support/server_process.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string_view>

namespace chat::test {
namespace {

std::vector<std::string> command(const std::vector<std::string>& more_arguments,
                                 const std::filesystem::path& folder) {
  std::vector<std::string> arguments{CHAT_SERVER, "--listen", "127.0.0.1:0"};
  arguments.insert(arguments.end(), more_arguments.begin(), more_arguments.end());
  const auto add_unless_given = [&](const char* option, const std::string& value) {
    if (std::ranges::find(arguments, option) == arguments.end())
      arguments.insert(arguments.end(), {option, value});
  };
  add_unless_given("--data", folder);
  add_unless_given("--durability", "none");
  const char* const reactors = std::getenv("EDGECHAT_TEST_REACTORS");
  if (reactors != nullptr)
    add_unless_given("--reactors", reactors);
  return arguments;
}

// Of itself (0), at a second signal (1), or killed by its test. A sanitizer may end it with either.
bool ended_as_told(std::optional<int> status, std::string_view log) {
  constexpr std::array expected{0, 1, 128 + SIGKILL};
  constexpr std::array<std::string_view, 3> faults{"Sanitizer", "runtime error: ", "event=failed"};
  return status && std::ranges::find(expected, *status) != expected.end() &&
         std::ranges::none_of(faults, [&](std::string_view fault) { return log.contains(fault); });
}

// What fits on a screen or two: there the reason stands.
std::string_view end_of(std::string_view log) {
  constexpr std::size_t kMost = 8000;
  return log.substr(log.size() - std::min(log.size(), kMost));
}

std::filesystem::path proc(pid_t pid) {
  return "/proc/" + std::to_string(pid);
}

}  // namespace

ServerProcess::ServerProcess(const std::vector<std::string>& more_arguments,
                             const std::function<void()>& prepare)
    : process_(command(more_arguments, folder_.path()), prepare) {
  const std::string_view before_port = "listening on 127.0.0.1:";
  const auto line = process_.wait_for_line(before_port);
  if (!line)
    throw std::runtime_error("the server does not listen: " + process_.standard_error());
  port_ = static_cast<std::uint16_t>(
      std::stoi(line->substr(line->find(before_port) + before_port.size())));
}

ServerProcess::~ServerProcess() {
  process_.signal(SIGTERM);
  const auto status = process_.wait_for_exit();
  const std::string log = process_.standard_error();
  CHECK_MESSAGE(ended_as_told(status, log), "the server ended with ", status.value_or(-1), "\n",
                end_of(log));
}

std::size_t ServerProcess::open_descriptors() const {
  const std::filesystem::directory_iterator descriptors(proc(process_.pid()) / "fd");
  return static_cast<std::size_t>(std::distance(begin(descriptors), end(descriptors)));
}

std::size_t ServerProcess::resident_bytes() const {
  std::ifstream statm(proc(process_.pid()) / "statm");
  std::size_t total_pages = 0;
  std::size_t resident_pages = 0;
  statm >> total_pages >> resident_pages;
  return resident_pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace chat::test
