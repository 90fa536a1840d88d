#include "tests/client/end_to_end.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <regex>

namespace chat::test {
namespace {

std::string path_from(const std::string& variable) {
  const char* path = std::getenv(variable.c_str());
  REQUIRE_MESSAGE(path != nullptr, variable << " must name a program");
  return path;
}

std::string address_in(const std::string& line) {
  std::smatch found;
  REQUIRE(std::regex_search(line, found, std::regex("127\\.0\\.0\\.1:[0-9]+")));
  return found.str();
}

std::vector<std::string> command_line(const std::vector<std::string>& options) {
  std::vector<std::string> all{server_program(), "--listen", "127.0.0.1:0"};
  all.insert(all.end(), options.begin(), options.end());
  return all;
}

}  // namespace

std::string server_program() {
  return path_from("CHAT_SERVER");
}

std::string client_program() {
  return path_from("CHAT_CLIENT");
}

ChatServer::ChatServer(const std::vector<std::string>& options) : process_(command_line(options)) {
  const auto line = process_.wait_for_line("listening on");
  REQUIRE(line.has_value());
  address_ = address_in(*line);
}

PtyProgram ChatServer::client(std::string_view nickname, int columns, int rows) const {
  return PtyProgram({client_program(), address_, "--nick", std::string(nickname)}, columns, rows);
}

std::string picture(const PtyProgram& program) {
  static const std::regex kTime("(^|\n)[0-9][0-9]:[0-9][0-9] ");
  static const std::regex kPort("127\\.0\\.0\\.1:[0-9]{5}");
  std::string text = "\n" + program.screen();
  text = std::regex_replace(text, kTime, "$1HH:MM ");
  return std::regex_replace(text, kPort, "127.0.0.1:PORT#");
}

std::string picture_like(PtyProgram& program, std::string_view expected) {
  program.read_until([&] { return picture(program) == expected; });
  return picture(program);
}

bool alike(const termios& a, const termios& b) {
  return a.c_iflag == b.c_iflag && a.c_oflag == b.c_oflag && a.c_cflag == b.c_cflag &&
         a.c_lflag == b.c_lflag && std::ranges::equal(a.c_cc, b.c_cc);
}

}  // namespace chat::test
