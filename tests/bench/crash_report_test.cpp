#include <doctest/doctest.h>

#include "bench/scenarios/crash.hpp"

using namespace chat::bench;

namespace {

CrashResult good_result() {
  CrashResult result;
  result.verdict.sent = 1;
  return result;
}

bool is_clean(const CrashResult& result) {
  return report_of({}, result).clean;
}

}  // namespace

TEST_CASE("a run of crash is good when something was said, and nothing went wrong") {
  CHECK(is_clean(good_result()));
  CHECK_FALSE(is_clean({}));
}

TEST_CASE("each of the things that may go wrong makes a run of crash a bad one") {
  for (const auto count : {&Verdict::lost, &Verdict::duplicated, &Verdict::misordered,
                           &Verdict::foreign, &Verdict::unacknowledged}) {
    CrashResult result = good_result();
    result.verdict.*count = 1;
    CHECK_FALSE(is_clean(result));
  }
  for (const auto count : {&CrashResult::gaps, &CrashResult::other_epochs}) {
    CrashResult result = good_result();
    result.*count = 1;
    CHECK_FALSE(is_clean(result));
  }
  CrashResult result = good_result();
  result.troubles.add("the server said something strange");
  CHECK_FALSE(is_clean(result));
}

TEST_CASE("a new session is no fault by itself") {
  CrashResult result = good_result();
  result.fresh = 1;
  CHECK(is_clean(result));
}
