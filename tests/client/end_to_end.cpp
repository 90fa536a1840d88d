#include "tests/client/end_to_end.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <regex>
#include <utility>

namespace chat::test {

std::string client_program() {
  return CHAT_CLIENT;
}

PtyProgram client_at(const std::string& address, std::string_view nickname, int columns, int rows,
                     std::filesystem::path state_home) {
  return PtyProgram({client_program(), address, "--nick", std::string(nickname)}, columns, rows,
                    std::move(state_home));
}

PtyProgram client_of(const ServerProcess& server, std::string_view nickname, int columns,
                     int rows) {
  return client_at(server.address(), nickname, columns, rows);
}

bool shows_after_tries(PtyProgram& program, std::string_view part) {
  for (const Deadline deadline; !deadline.passed();) {
    program.type("\x14");
    if (program.shows(part, Deadline(milliseconds(100))))
      return true;
  }
  return false;
}

ChatWithAnn::ChatWithAnn(int columns, int rows) : ann(client_of(server, "Ann", columns, rows)) {
  REQUIRE(ann.shows("→ Ann joined"));
}

std::string picture(const PtyProgram& program, std::string_view cursor_mark) {
  static const std::regex kTime("(^|\n|│ )[0-9][0-9]:[0-9][0-9] ");
  static const std::regex kDate("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} ");
  static const std::regex kPort("127\\.0\\.0\\.1:[0-9]{5}");
  std::string text = "\n" + program.screen(cursor_mark);
  text = std::regex_replace(text, kDate, "YYYY-MM-DD HH:MM ");
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
