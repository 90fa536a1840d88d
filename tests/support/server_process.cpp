#include "tests/support/server_process.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace chat::test {
namespace {

std::vector<std::string> command(const std::vector<std::string>& more_arguments) {
  std::vector<std::string> arguments{CHAT_SERVER, "--listen", "127.0.0.1:0"};
  arguments.insert(arguments.end(), more_arguments.begin(), more_arguments.end());
  return arguments;
}

std::filesystem::path proc(pid_t pid) {
  return "/proc/" + std::to_string(pid);
}

}  // namespace

ServerProcess::ServerProcess(const std::vector<std::string>& more_arguments,
                             const std::function<void()>& prepare)
    : process_(command(more_arguments), prepare) {
  const std::string_view before_port = "listening on 127.0.0.1:";
  const auto line = process_.wait_for_line(before_port);
  if (!line)
    throw std::runtime_error("the server does not listen: " + process_.standard_error());
  port_ = static_cast<std::uint16_t>(
      std::stoi(line->substr(line->find(before_port) + before_port.size())));
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
