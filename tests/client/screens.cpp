#include "tests/client/screens.hpp"

#include <doctest/doctest.h>

#include <regex>
#include <sstream>

#include "tests/client/end_to_end.hpp"

namespace chat::test {
namespace {

// Fewer rows are as quickly read as counted.
constexpr int kFewestCounted = 3;

void add_repeats(std::string& text, const std::string& row, int repeats) {
  if (repeats >= kFewestCounted) {
    text += "⋮ " + std::to_string(repeats) + " more of it\n";
    return;
  }
  for (int i = 0; i < repeats; ++i)
    text += row + "\n";
}

std::string with_repeats_counted(const std::string& screen) {
  std::istringstream rows(screen);
  std::string text;
  std::string above = "no row";
  std::string row;
  int repeats = 0;
  while (std::getline(rows, row)) {
    if (row == above) {
      ++repeats;
      continue;
    }
    add_repeats(text, above, repeats);
    text += row + "\n";
    above = row;
    repeats = 0;
  }
  add_repeats(text, above, repeats);
  return text;
}

}  // namespace

std::string whole_screen(const PtyProgram& program) {
  static const std::regex kSeconds("(next try in|Lost ·) [0-9]+ s");
  const std::string text = std::regex_replace(picture(program, "▏"), kSeconds, "$1 N s");
  return with_repeats_counted(text);
}

void check_screen(PtyProgram& program, int columns, int rows, std::string_view expected) {
  CAPTURE(columns);
  program.resize(columns, rows);
  program.read_until([&] { return whole_screen(program) == expected; });
  CHECK(whole_screen(program) == expected);
}

void check_screens(PtyProgram& program, const Screens& expected, std::source_location test) {
  INFO("screens of line ", test.line());
  check_screen(program, 120, 40, expected.large);
  check_screen(program, 20, 5, expected.small);
  check_screen(program, 80, 24, expected.usual);
}

}  // namespace chat::test
