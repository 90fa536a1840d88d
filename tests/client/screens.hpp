// Whole screens as text, in terminals of several sizes.
#pragma once

#include <source_location>
#include <string>
#include <string_view>

#include "tests/client/pty_program.hpp"

namespace chat::test {

// See picture(). "▏" stands before the cell where the cursor is, and the seconds to the next try to
// connect are N. Rows that repeat the one above them are counted: "⋮ 20 more of it".
std::string whole_screen(const PtyProgram& program);

// What a program shows in terminals of these sizes.
struct Screens {
  std::string_view usual;  // 80 columns, 24 rows
  std::string_view large;  // 120 columns, 40 rows
  std::string_view small;  // 20 columns, 5 rows
};

// Gives the program's terminal these sizes, one after the other, the usual one last, and checks
// what comes to stand on it.
void check_screens(PtyProgram& program, const Screens& expected,
                   std::source_location test = std::source_location::current());

// The same with one size.
void check_screen(PtyProgram& program, int columns, int rows, std::string_view expected);

}  // namespace chat::test
