// What the tests' helpers assert with doctest holds in a fuzz target, too: there the first failure
// ends the program.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdlib>
#include <iostream>

namespace {

// What was captured around an assertion.
struct Contexts : doctest::IReporter {
  static void print(std::ostream& out) {
    for (int i = 0; i < get_num_active_contexts(); ++i) {
      get_active_contexts()[i]->stringify(&out);
      out << '\n';
    }
  }
};

void fail(const doctest::AssertData& assertion) {
  std::cerr << assertion.m_file << ':' << assertion.m_line << ": " << assertion.m_expr << "\n  is "
            << assertion.m_decomp << '\n';
  Contexts::print(std::cerr);
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  static doctest::Context context;
  context.setAsDefaultForAssertsOutOfTestCases();
  context.setAssertHandler(fail);
  return 0;
}
